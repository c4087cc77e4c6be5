import type { EventTypePartition } from '@rioni/protocol'
import type { Outcomes } from '../core/commands.ts'
import type { SubscriptionState } from '../core/state.ts'
import type { StreamSettings } from '../core/stream-state.ts'
import type { ConsumptionMeter } from './consumption-meter.ts'
import type { WriteBatch } from './event-encoding.ts'
import { initialPositions } from './initial-positions.ts'
import { type RunningStream, runStream, type StreamEnvironment } from './run-stream.ts'
import type { StreamGuard } from './stream-guard.ts'

/** What a client wants to stream. */
export interface WantedStream {
  readonly subscription: SubscriptionState
  readonly settings: StreamSettings
  /** Exactly these partitions; any when empty. */
  readonly requested: readonly EventTypePartition[]
  readonly guard: StreamGuard
  /** The form of its batches. */
  readonly writeBatch: WriteBatch
  readonly meter: ConsumptionMeter
  /** Aborts when the client gives up its request. */
  readonly signal: AbortSignal
}

/** A stream with its id, or why there is none. */
export type OpenedStream =
  | { readonly kind: 'opened'; readonly sessionId: string; readonly stream: RunningStream }
  | RefusedStream

/** Why there is no stream. */
export type RefusedStream =
  | Extract<Outcomes['openSession'], { readonly kind: 'noFreeSlots' | 'partitionsTaken' }>
  | { readonly kind: 'unknownSubscription' | 'closingStreams' }

/** Asks for a slot of the subscription and, having got one, starts to stream. */
export async function openStream(
  wanted: WantedStream,
  environment: StreamEnvironment,
): Promise<OpenedStream> {
  const { clock, random, storage } = environment
  const { id: subscriptionId } = wanted.subscription.subscription
  const session = { id: random.uuid(), requested: wanted.requested }
  const startAt = await initialPositions(wanted.subscription, storage)
  const outcome = await storage.commands.propose(
    { type: 'openSession', subscriptionId, session, startAt },
    clock.now(),
  )
  if (outcome.kind === 'noFreeSlots' || outcome.kind === 'partitionsTaken') return outcome
  if (outcome.kind !== 'opened') return { kind: outcome.kind }
  const { settings, guard, writeBatch, meter, signal } = wanted
  const registered = { subscriptionId, sessionId: session.id, settings, guard, writeBatch, meter, signal }
  const stream = runStream(registered, environment)
  return { kind: 'opened', sessionId: session.id, stream }
}
