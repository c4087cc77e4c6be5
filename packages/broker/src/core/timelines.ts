import { type BrokerState, DEFAULT_STORAGE_ID, type Timeline } from './state.ts'

/** What a timeline begins with. */
export interface NewTimeline {
  readonly order: number
  readonly storageId: string
  readonly topic: string
}

/** A timeline that events are published into from `at` on. Its id is the name of its topic, a UUID. */
export function startTimeline({ order, storageId, topic }: NewTimeline, at: number): Timeline {
  return {
    id: topic,
    order,
    storageId,
    topic,
    createdAt: at,
    switchedAt: at,
    cleanedUpAt: null,
    latestPosition: null,
    deleted: false,
  }
}

/** The storage of a new event type. Compaction happens in one storage only, whatever the default is. */
export function storageOf(cleanupPolicy: string, { storages }: BrokerState): string {
  if (cleanupPolicy !== 'delete') return DEFAULT_STORAGE_ID
  return [...storages.values()].find(({ isDefault }) => isDefault)?.id ?? DEFAULT_STORAGE_ID
}
