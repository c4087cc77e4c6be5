import { asNakadiError, NakadiError } from '../error.ts'
import {
  giveUp,
  isAboutContent,
  judge,
  judgeFailure,
  type OutgoingEvent,
  type PartialRetry,
  type Settled,
} from './outcomes.ts'
import type { PublishResult } from './publish-events.ts'

/** How batches go out. */
export interface DeliveryRoute<E extends OutgoingEvent> {
  /** Sends events in one request. Rejects with NakadiError. */
  send(events: readonly E[]): Promise<PublishResult>
  /** Waits before events that the broker's log did not confirm go out again; `round` counts from 1. */
  pause(round: number): Promise<void>
  /** Whether the retry budget has room for another such round, which it then pays for. */
  affordsRound(): boolean
  /** Which events go out again after 207. */
  readonly retry: PartialRetry
  /** How often such events go out at most, the first time included. */
  readonly maxRounds: number
  /** How often the broker may refuse a batch for the sake of single events. */
  readonly maxRefusals: number
}

/** An event and its outcome, or the error of a request that said nothing about its events. */
export type Delivered<E extends OutgoingEvent> =
  | Settled<E>
  | { readonly event: E; readonly error: NakadiError }

/** Whether an outcome is known for the event itself. */
export function isSettled<E extends OutgoingEvent>(delivered: Delivered<E>): delivered is Settled<E> {
  return 'outcome' in delivered
}

/** The rounds that a batch has had: those after trouble with the log, and those after a refusal. */
interface Rounds {
  troubled: number
  refused: number
}

/**
 * Delivers a batch in as many rounds as it takes until every event is settled. It ends: rounds after 207 are counted, and
 * so are refusals, after which the batch goes out without the event that is to blame (422), or cut in two until that
 * event is alone (400, 413).
 */
export function deliver<E extends OutgoingEvent>(
  events: readonly E[],
  route: DeliveryRoute<E>,
): AsyncGenerator<readonly Delivered<E>[], void> {
  return deliverRest(events, route, { troubled: 0, refused: 0 })
}

async function* deliverRest<E extends OutgoingEvent>(
  events: readonly E[],
  route: DeliveryRoute<E>,
  rounds: Rounds,
): AsyncGenerator<readonly Delivered<E>[], void> {
  let remaining = events
  while (remaining.length > 0) {
    if (rounds.refused >= route.maxRefusals)
      return yield remaining.map((event) => giveUp(event, rounds.refused))
    const result = await attempt(remaining, route)
    if (result instanceof NakadiError) {
      if (remaining.length === 1 || !isAboutContent(result)) return yield judgeFailure(remaining, result)
      rounds.refused += 1
      const middle = Math.ceil(remaining.length / 2)
      yield* deliverRest(remaining.slice(0, middle), route, rounds)
      remaining = remaining.slice(middle)
      continue
    }
    const lastRound =
      result.status === 207 && (rounds.troubled + 1 >= route.maxRounds || !route.affordsRound())
    const verdict = judge(remaining, result, { retry: route.retry, lastRound })
    yield verdict.settled
    remaining = verdict.again
    if (result.status === 422) rounds.refused += 1
    if (verdict.troubled) await route.pause(++rounds.troubled)
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
