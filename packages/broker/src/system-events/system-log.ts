// The broker's own events, on their way into its own event types: gathered, and published like any others.

import { type AppendEnvironment, appendEvents } from '../append-events.ts'
import type { Random } from '../random.ts'
import { ensureSystemEventTypes } from './ensure-event-types.ts'
import { createEventBatcher, type EventBatcher } from './event-batcher.ts'
import type { SystemEvent } from './kpi-events.ts'
import { AUDIT_LOG, KPI, type LogEventType } from './system-event-types.ts'
import { type LoggedEvent, systemRecords } from './system-records.ts'

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

  function batcher(name: LogEventType): EventBatcher<LoggedEvent> {
    return createEventBatcher<LoggedEvent>({
      clock,
      maxItems: MAX_BATCH_EVENTS,
      maxDelayMs: MAX_DELAY_MS,
      maxWaiting: MAX_WAITING_EVENTS,
      send: (events) => publish(name, events, environment),
      onFailure,
    })
  }

  return {
    record({ eventType, fields }, flowId) {
      batchers.get(eventType)?.add({ fields, eid: random.uuid(), occurredAt: clock.now(), flowId })
    },
    dropped: () => [...batchers.values()].reduce((sum, each) => sum + each.dropped(), 0),
    async close() {
      await Promise.all([...batchers.values()].map((each) => each.close()))
    },
  }
}

async function publish(
  name: LogEventType,
  events: readonly LoggedEvent[],
  environment: SystemLogEnvironment,
): Promise<void> {
  const { clock, random, storage } = environment
  // Somebody may have deleted it.
  if (!storage.commands.state.eventTypes.has(name)) await ensureSystemEventTypes(environment)
  const stored = storage.commands.state.eventTypes.get(name)
  if (stored === undefined) throw new Error(`Events of ${name} cannot be published.`)
  const records = systemRecords(events, stored, { random, at: clock.now() })
  const appended = await appendEvents(name, records, environment)
  if (appended.kind !== 'appended') {
    throw new Error(`Events of ${name} were not appended: ${appended.kind}.`)
  }
}
