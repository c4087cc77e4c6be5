// The broker's own events, on their way into its own event types: gathered, and published like any others.

import { createPartitionResolver } from '@rioni/event-types'
import { type AppendEnvironment, appendEvents } from '../append-events.ts'
import { createEnrich } from '../core/enrichment.ts'
import { splitEvents } from '../core/event-batch.ts'
import { prepareBatch } from '../core/publishing.ts'
import { toRecords } from '../publishing/records.ts'
import type { Random } from '../random.ts'
import { ensureSystemEventTypes } from './ensure-event-types.ts'
import { createEventBatcher, type EventBatcher } from './event-batcher.ts'
import type { SystemEvent } from './kpi-events.ts'
import { AUDIT_LOG, KPI, type LogEventType, SYSTEM_OWNER } from './system-event-types.ts'

/** Takes the broker's events about itself. */
export interface SystemLog {
  /**
   * Publishes an event soon. Never waits and never fails: what does not fit into the queue, or cannot be
   * published, is dropped and counted.
   */
  record(event: SystemEvent, flowId: string): void
  /** How many events have been dropped. */
  dropped(): number
  /** Publishes what waits. Events that come later are dropped. */
  close(): Promise<void>
}

/** What it takes to publish them. */
export interface SystemLogEnvironment extends AppendEnvironment {
  readonly random: Random
  readonly onFailure: (error: unknown) => void
}

/** The figures of Nakadi: a hundred events or a second, and a hundred batches in the queue. */
const MAX_BATCH_EVENTS = 100
const MAX_DELAY_MS = 1000
const MAX_WAITING_EVENTS = 100 * MAX_BATCH_EVENTS

/** Creates a log with nothing in it. */
export function createSystemLog(environment: SystemLogEnvironment): SystemLog {
  const { clock, onFailure, random } = environment
  const names: readonly LogEventType[] = [AUDIT_LOG, ...Object.values(KPI)]
  const batchers = new Map(names.map((name) => [name, batcher(name)]))

  function batcher(name: LogEventType): EventBatcher<string> {
    return createEventBatcher<string>({
      clock,
      maxItems: MAX_BATCH_EVENTS,
      maxDelayMs: MAX_DELAY_MS,
      maxWaiting: MAX_WAITING_EVENTS,
      send: (texts) => publish(name, texts, environment),
      onFailure,
    })
  }

  return {
    record({ eventType, fields }, flowId) {
      const metadata = {
        eid: random.uuid(),
        occurred_at: new Date(clock.now()).toISOString(),
        flow_id: flowId,
      }
      batchers.get(eventType)?.add(JSON.stringify({ ...fields, metadata }))
    },
    dropped: () => [...batchers.values()].reduce((sum, each) => sum + each.dropped(), 0),
    async close() {
      await Promise.all([...batchers.values()].map((each) => each.close()))
    },
  }
}

async function publish(
  name: LogEventType,
  texts: readonly string[],
  environment: SystemLogEnvironment,
): Promise<void> {
  const { clock, random, storage } = environment
  // Somebody may have deleted it.
  if (!storage.commands.state.eventTypes.has(name)) await ensureSystemEventTypes(environment)
  const stored = storage.commands.state.eventTypes.get(name)
  const batch = splitEvents(`[${texts.join(',')}]`)
  if (stored === undefined || !batch.ok) throw new Error(`Events of ${name} cannot be published.`)
  const { eventType, partitions } = stored
  const prepared = prepareBatch(batch.events, {
    eventType,
    claim: () => ({}),
    // The broker knows what it writes, and whoever has changed the event type since must not keep it from that.
    validate: () => undefined,
    resolvePartition: createPartitionResolver({ eventType, partitions, random }),
    toText: createEnrich({
      eventType: name,
      version: eventType.schema.version,
      flowId: '',
      publishedBy: SYSTEM_OWNER,
      receivedAt: new Date(clock.now()).toISOString(),
    }),
    maxEventBytes: Number.POSITIVE_INFINITY,
  })
  if (prepared.kind !== 'accepted') throw new Error(`Events of ${name} cannot be published.`)
  const appended = await appendEvents(name, toRecords(prepared.events, {}), environment)
  if (appended.kind !== 'appended') {
    throw new Error(`Events of ${name} were not appended: ${appended.kind}.`)
  }
}
