import type { Client } from '../create-client.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import type { PublishOutcome } from './outcomes.ts'
import { createProducer } from './producer.ts'
import type { ProducerOptions } from './producer-options.ts'

/** What goes for one batch: everything about a producer but how it gathers batches. */
export type BatchOptions<Event = unknown> = Omit<
  ProducerOptions<Event>,
  'maxEvents' | 'maxBatchBytes' | 'lingerMs' | 'maxInFlight' | 'maxBufferedEvents' | 'maxBufferedBytes'
>

/**
 * Publishes events in one request of their own, for those who batch themselves, such as an outbox. As with a producer,
 * metadata is filled in, events are checked, and the events of a request that was taken only in part or was refused because
 * of one of them are sent again. Resolves with one outcome per event, in order.
 *
 * @throws NakadiError when the request as a whole failed and no event was stored, or with code `invalid-argument`.
 */
export function publishBatch<Event>(
  client: Client,
  eventType: string | EventTypeConstant,
  batch: { readonly events: readonly Event[]; readonly options?: BatchOptions<Event> },
): Promise<readonly PublishOutcome[]> {
  const { events, options } = batch
  const unlimited = Number.POSITIVE_INFINITY
  const producer = createProducer<Event>(client, eventType, {
    ...options,
    lingerMs: 0,
    maxEvents: unlimited,
    maxBatchBytes: unlimited,
    maxBufferedEvents: unlimited,
    maxBufferedBytes: unlimited,
  })
  return producer.publish(events)
}
