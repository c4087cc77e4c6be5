import { pause } from '../clock.ts'
import type { Client } from '../create-client.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import { defaultRetryPolicy, fullJitter, fullRetryBudget, payForRetry, reward } from '../retry.ts'
import type { EventOperation } from './batcher.ts'
import type { DeliveryRoute } from './deliver.ts'
import { bodyOf, type WrittenEvent } from './event-writer.ts'
import type { OutgoingEvent } from './outcomes.ts'
import type { NormalizedProducerOptions } from './producer-options.ts'

/** A route for each of the two things that are done with events. */
export type DeliveryRoutes<E extends OutgoingEvent> = Readonly<Record<EventOperation, DeliveryRoute<E>>>

/**
 * Makes the routes of one producer. They share a budget for the rounds after partial successes, so that a log in trouble is
 * not asked for more than it bears; failed requests have the budget of their client.
 */
export function createDeliveryRoutes<E extends OutgoingEvent & WrittenEvent>(
  client: Client,
  { name }: EventTypeConstant,
  { retry, maxRounds, maxRefusals, request }: NormalizedProducerOptions,
): DeliveryRoutes<E> {
  const { clock, random } = client
  const { baseDelayMs, maxDelayMs } = defaultRetryPolicy
  let budget = fullRetryBudget

  function routeOf(operation: EventOperation): DeliveryRoute<E> {
    return {
      retry,
      maxRounds,
      maxRefusals,
      async send(events) {
        const result = await client[operation](name, bodyOf(events), request)
        if (result.status === 200) budget = reward(budget, 0)
        return result
      },
      pause: (round) =>
        pause(clock, fullJitter(Math.min(maxDelayMs, baseDelayMs * 2 ** (round - 1)), random)),
      affordsRound() {
        const paid = payForRetry(budget)
        if (paid === undefined) return false
        budget = paid
        return true
      },
    }
  }

  return { publishEvents: routeOf('publishEvents'), deleteEvents: routeOf('deleteEvents') }
}
