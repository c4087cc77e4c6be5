import type { EventTypePartition, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import type { Outcomes } from '../core/commands.ts'
import { formatOffset } from '../core/offsets.ts'
import { activeTimeline, type EventTypeState, type SubscriptionState } from '../core/state.ts'
import type { StreamSettings } from '../core/stream-state.ts'
import type { EventLog } from '../storage/event-log.ts'
import { type RunningStream, runStream, type StreamEnvironment } from './run-stream.ts'

/** What a client wants to stream. */
export interface WantedStream {
  readonly subscription: SubscriptionState
  readonly settings: StreamSettings
  /** Exactly these partitions; any when empty. */
  readonly requested: readonly EventTypePartition[]
  /** Aborts when the client gives up its request. */
  readonly signal: AbortSignal
}

/** A stream with its id, or why there is none. */
export type OpenedStream =
  | { readonly kind: 'opened'; readonly sessionId: string; readonly stream: RunningStream }
  | Exclude<Outcomes['openSession'], { readonly kind: 'opened' | 'unknownSubscription' }>
  | { readonly kind: 'unknownSubscription' }

/** Asks for a slot of the subscription and, having got one, starts to stream. */
export async function openStream(
  wanted: WantedStream,
  environment: StreamEnvironment,
): Promise<OpenedStream> {
  const { clock, random, storage } = environment
  const { id: subscriptionId } = wanted.subscription.subscription
  const session = { id: random.uuid(), requested: wanted.requested }
  const startAt = await initialPositions(wanted.subscription, environment)
  const outcome = await storage.commands.propose(
    { type: 'openSession', subscriptionId, session, startAt },
    clock.now(),
  )
  if (outcome.kind === 'noFreeSlots' || outcome.kind === 'partitionsTaken') return outcome
  if (outcome.kind === 'unknownSubscription') return { kind: 'unknownSubscription' }
  const { settings, signal } = wanted
  const stream = runStream({ subscriptionId, sessionId: session.id, settings, signal }, environment)
  return { kind: 'opened', sessionId: session.id, stream }
}

/**
 * Where the partitions of a subscription start: before the oldest event, after the newest one at this
 * moment (not when the subscription was created), or exactly where its creator said.
 */
async function initialPositions(
  { subscription, positions }: SubscriptionState,
  { storage }: StreamEnvironment,
): Promise<readonly SubscriptionCursorWithoutToken[]> {
  if (positions.length > 0) return []
  if (subscription.read_from === 'cursors') return subscription.initial_cursors
  const eventTypes = subscription.event_types.flatMap(
    (name) => storage.commands.state.eventTypes.get(name) ?? [],
  )
  const edges = eventTypes.map((eventType) =>
    edgePositions(eventType, subscription.read_from, storage.events),
  )
  return (await Promise.all(edges)).flat()
}

async function edgePositions(
  eventTypeState: EventTypeState,
  edge: 'begin' | 'end' | 'cursors',
  events: EventLog,
): Promise<readonly SubscriptionCursorWithoutToken[]> {
  const { eventType, partitions } = eventTypeState
  const { order, topic } = activeTimeline(eventTypeState)
  return await Promise.all(
    partitions.map(async (partition) => {
      const { first, next } = await events.bounds({ topic, partition })
      const offset = formatOffset({ timeline: order, offset: (edge === 'begin' ? first : next) - 1 })
      return { event_type: eventType.name, partition, offset }
    }),
  )
}
