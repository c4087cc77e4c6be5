import { asNakadiError, NakadiError } from '../error.ts'
import { isAboutContent, judge, judgeFailure, type OutgoingEvent, type Settled } from './outcomes.ts'
import type { PublishResult } from './publish-events.ts'

/** How batches go out. */
export interface DeliveryRoute<E extends OutgoingEvent> {
  /** Sends events in one request. Rejects with NakadiError. */
  send(events: readonly E[]): Promise<PublishResult>
  /** Waits before events that the broker's log refused go out again; `round` counts from 1. */
  pause(round: number): Promise<void>
  /** How often such events go out at most, the first time included. */
  readonly maxRounds: number
}

/** An event and its outcome, or the error of a request that said nothing about its events. */
export type Delivered<E extends OutgoingEvent> =
  | Settled<E>
  | { readonly event: E; readonly error: NakadiError }

/** Whether an outcome is known for the event itself. */
export function isSettled<E extends OutgoingEvent>(delivered: Delivered<E>): delivered is Settled<E> {
  return 'outcome' in delivered
}

/**
 * Delivers a batch in as many rounds as it takes until every event is settled. It ends: a round after
 * 422 has fewer events, rounds after 207 are counted, and a batch that was refused as a whole is cut
 * in two until the event that is to blame is alone.
 */
export async function* deliver<E extends OutgoingEvent>(
  events: readonly E[],
  route: DeliveryRoute<E>,
): AsyncGenerator<readonly Delivered<E>[], void> {
  let [remaining, troubledRounds] = [events, 0]
  while (remaining.length > 0) {
    const result = await attempt(remaining, route)
    if (result instanceof NakadiError) return yield* deliverFailed(remaining, result, route)
    const verdict = judge(remaining, result, troubledRounds + 1 >= route.maxRounds)
    yield verdict.settled
    remaining = verdict.again
    if (verdict.troubled) await route.pause(++troubledRounds)
  }
}

async function attempt<E extends OutgoingEvent>(
  events: readonly E[],
  route: DeliveryRoute<E>,
): Promise<PublishResult | NakadiError> {
  try {
    return await route.send(events)
  } catch (error) {
    return asNakadiError(error)
  }
}

async function* deliverFailed<E extends OutgoingEvent>(
  events: readonly E[],
  error: NakadiError,
  route: DeliveryRoute<E>,
): AsyncGenerator<readonly Delivered<E>[], void> {
  if (events.length === 1 || !isAboutContent(error)) return yield judgeFailure(events, error)
  const middle = Math.ceil(events.length / 2)
  yield* deliver(events.slice(0, middle), route)
  yield* deliver(events.slice(middle), route)
}
