/** Things to send to a broker: valid as they are, and a specification names only what it is about. */

import type { NewEventMetadata, NewEventType, NewSubscription } from '@rioni/protocol'

/** The event type that specifications use when they need just one. */
export const ORDER_PLACED = 'order.placed'

const orderSchema = {
  type: 'object',
  properties: {
    order_number: { type: 'string' },
    amount: { type: 'number' },
    total: { type: 'object', properties: { amount: { type: 'number' } } },
  },
  required: ['order_number'],
}

/** A business event type of one partition. */
export function anEventType(overrides: Partial<NewEventType> = {}): NewEventType {
  return {
    name: ORDER_PLACED,
    owning_application: 'order-service',
    category: 'business',
    enrichment_strategies: ['metadata_enrichment'],
    schema: aSchema(orderSchema),
    ...overrides,
  }
}

/** A JSON schema as an event type carries it. */
export function aSchema(schema: object): NewEventType['schema'] {
  return { type: 'json_schema', schema: JSON.stringify(schema) }
}

/** What makes an event type have so many partitions. */
export function partitions(count: number): Pick<NewEventType, 'default_statistic'> {
  return {
    default_statistic: {
      messages_per_minute: 100,
      message_size: 1000,
      read_parallelism: count,
      write_parallelism: 1,
    },
  }
}

/** What lets a specification choose the partition of each event. */
export const chosenPartition: Pick<NewEventType, 'partition_strategy'> = {
  partition_strategy: 'user_defined',
}

/** The UUID of the n-th event. */
export function eid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
}

/** What a producer sends with the n-th event. */
export function someMetadata(n: number, overrides: Partial<NewEventMetadata> = {}): NewEventMetadata {
  return { eid: eid(n), occurred_at: '2026-02-03T04:05:06.789Z', ...overrides }
}

/** The n-th order. */
export function anOrder(n: number, overrides: object = {}, metadata: Partial<NewEventMetadata> = {}) {
  return { metadata: someMetadata(n, metadata), order_number: `order-${n}`, ...overrides }
}

/** The n-th order, for a partition of an event type with `chosenPartition`. */
export function anOrderIn(partition: string, n: number) {
  return anOrder(n, {}, { partition })
}

/** Orders `from` to `to`, both included. */
export function orders(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => anOrder(from + index))
}

/** A subscription of the billing service that misses no event. */
export function aSubscription(overrides: Partial<NewSubscription> = {}): NewSubscription {
  return { owning_application: 'billing', event_types: [ORDER_PLACED], read_from: 'begin', ...overrides }
}

/** The offset of the n-th event of a partition in a timeline, counted from zero. */
export function offset(n: number, timeline = 1): string {
  return `001-${String(timeline).padStart(4, '0')}-${String(n).padStart(18, '0')}`
}

/** The position before the first event of a timeline. */
export function beforeFirst(timeline: number): string {
  return `001-${String(timeline).padStart(4, '0')}--1`
}

/** The position before the first event of a partition. */
export const BEFORE_FIRST = '001-0001--1'
