// The switch of an event type to its next timeline, and the end of those whose records have expired.

import type { Applier } from './commands.ts'
import { withEventType } from './event-type-commands.ts'
import type { EventTypeState, Timeline } from './state.ts'
import { startTimeline } from './timelines.ts'

/** Closes the active timeline of an event type and continues it in a new one. */
export const createTimeline: Applier<'createTimeline'> = (state, command, at) => {
  const { name, storageId, topic, closed } = command
  const existing = state.eventTypes.get(name)
  if (existing === undefined) return [state, { kind: 'unknownEventType' }]
  if (!state.storages.has(storageId)) return [state, { kind: 'unknownStorage' }]
  const active = existing.timelines.at(-1)
  if (active === undefined || active.order !== closed.order) return [state, { kind: 'outdated' }]
  const retention = existing.eventType.options.retention_time ?? 0
  const ended = { ...active, latestPosition: closed.latestPosition, cleanedUpAt: at + retention }
  const started = startTimeline({ order: active.order + 1, storageId, topic }, at)
  const [first = ended, ...others] = [...existing.timelines.slice(0, -1), ended, started]
  return [withEventType(state, { ...existing, timelines: [first, ...others] }), { kind: 'created' }]
}

/** Gives up the closed timelines whose time has come. They stay in the list. */
export const expireTimelines: Applier<'expireTimelines'> = (state, _command, at) => {
  const topics: string[] = []
  let after = state
  for (const eventType of state.eventTypes.values()) {
    const expired = eventType.timelines.filter((timeline) => isExpired(timeline, at))
    if (expired.length === 0) continue
    topics.push(...expired.map(({ topic }) => topic))
    after = withEventType(after, withoutRecords(eventType, at))
  }
  return [after, { kind: 'expired', topics }]
}

function isExpired({ cleanedUpAt, deleted }: Timeline, at: number): boolean {
  return !deleted && cleanedUpAt !== null && cleanedUpAt <= at
}

function withoutRecords(eventType: EventTypeState, at: number): EventTypeState {
  const [first, ...others] = eventType.timelines
  const mark = (timeline: Timeline) => (isExpired(timeline, at) ? { ...timeline, deleted: true } : timeline)
  return { ...eventType, timelines: [mark(first), ...others.map(mark)] }
}
