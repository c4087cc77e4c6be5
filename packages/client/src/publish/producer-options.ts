import { checkedNumber } from '../checked-number.ts'
import { invalidArgument } from '../error.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import type { EventValidator } from '../event-validator.ts'
import type { BatchPolicy } from './batcher.ts'
import { type Compression, createBodyEncoder } from './compression.ts'
import { keyByFields, type OrderingKey } from './ordering-key.ts'
import type { PartialRetry } from './outcomes.ts'
import type { MetadataDefaults } from './prepare-event.ts'

/**
 * How a producer batches, repeats and checks.
 *
 * @typeParam Event the event as it is published
 */
export interface ProducerOptions<Event = unknown> {
  /** Most events in one request, at least 1. @default 500 */
  readonly maxEvents?: number
  /** Most bytes in one request, before compression, at least 1; a single event may exceed it. @default 5000000 */
  readonly maxBatchBytes?: number
  /**
   * How many milliseconds an event waits for company while no request is in flight. 0 sends the first one at once;
   * what is published until its answer comes makes the next batch.
   *
   * @default 5
   */
  readonly lingerMs?: number
  /**
   * Most requests in flight, 1 .. 100. With more than one, events of one key still never overtake each other, so there must
   * be a key: see `orderingKey`.
   *
   * @default 1
   */
  readonly maxInFlight?: number
  /**
   * The key within which events stay in order: `'none'`, or a function. It should tell at least as much as the broker's
   * partition key does.
   *
   * @default the fields of `partitionKeyFields`, if the event type constant has them; otherwise the order of all events
   */
  readonly orderingKey?: ((event: Event) => string) | 'none'
  /** Most events accepted and not settled; further ones wait in the caller's hands. @default 10000 */
  readonly maxBufferedEvents?: number
  /** The same in bytes. @default 50000000 */
  readonly maxBufferedBytes?: number
  /**
   * Metadata to fill in, such as `flow_id`, `parent_eids`, `span_ctx` or an `eid` made of the event, the same for all events
   * or per event. What an event says itself comes first. Not for category `undefined`.
   *
   * @default a new `eid`, and the time of the call as `occurred_at`
   */
  readonly metadata?: MetadataDefaults | ((event: Event) => MetadataDefaults)
  /**
   * Checks every event before it is sent, such as the generated validator of the event type or any synchronous Standard
   * Schema; that of another event type does not compile. What it does not accept is `rejected` with step `validating` and
   * is not sent; the others are.
   *
   * @default none: the broker validates
   */
  readonly validator?: EventValidator<Event>
  /** Which request bodies are compressed. @default none */
  readonly compression?: Compression
  /** Which events go out again after a partial success (207). @default 'per-key' */
  readonly retry?: PartialRetry
  /**
   * How often events go out that the broker's log did not confirm (207), the first time included.
   *
   * @default 5
   */
  readonly maxRounds?: number
  /**
   * How often the broker may refuse a batch because of single events, which are then taken out of it. What is left after
   * that is `aborted`.
   *
   * @default 100
   */
  readonly maxRefusals?: number
  /**
   * What to do when nobody knows whether a batch was stored. `repeat` sends it again with the same
   * eids, so events may be duplicated and the outcome says so; `report` never repeats and reports the
   * outcome `unknown`, so events may be lost.
   *
   * @default 'repeat'
   */
  readonly onUnknown?: 'repeat' | 'report'
  /** The only subscription that shall get the events (`X-CONSUMER-TAG`). @default all */
  readonly onlyForSubscription?: string
}

/** A complete set of options. */
export interface NormalizedProducerOptions extends BatchPolicy {
  readonly maxInFlight: number
  readonly orderingKey: OrderingKey | undefined
  readonly metadata: ((event: object) => MetadataDefaults) | undefined
  readonly validator: EventValidator<unknown> | undefined
  readonly retry: PartialRetry
  readonly maxRounds: number
  readonly maxRefusals: number
  /** What every request of the producer is sent with. */
  readonly request: {
    readonly repeatUnknown: boolean
    readonly compression?: Compression
    readonly onlyForSubscription?: string
  }
}

/**
 * Completes the options.
 *
 * @throws NakadiError with code `invalid-argument`.
 */
export function normalizeProducerOptions<Event>(
  eventType: EventTypeConstant,
  options: ProducerOptions<Event> = {},
): NormalizedProducerOptions {
  const { onUnknown = 'repeat', retry = 'per-key', compression, onlyForSubscription } = options
  createBodyEncoder(compression)
  const maxInFlight = checkedNumber('maxInFlight', options.maxInFlight ?? 1, { least: 1, most: 100 })
  return {
    maxEvents: checkedNumber('maxEvents', options.maxEvents ?? 500, { least: 1 }),
    maxBatchBytes: checkedNumber('maxBatchBytes', options.maxBatchBytes ?? 5_000_000, { least: 1 }),
    lingerMs: checkedNumber('lingerMs', options.lingerMs ?? 5, { least: 0 }),
    maxBufferedEvents: checkedNumber('maxBufferedEvents', options.maxBufferedEvents ?? 10_000, { least: 1 }),
    maxBufferedBytes: checkedNumber('maxBufferedBytes', options.maxBufferedBytes ?? 50_000_000, { least: 1 }),
    maxInFlight,
    orderingKey: chosenKey(eventType, options.orderingKey, maxInFlight),
    metadata: metadataFunction(options.metadata),
    validator: options.validator,
    retry: checkedChoice('retry', retry, ['per-key', 'all', 'failed-only', 'none']),
    maxRounds: checkedNumber('maxRounds', options.maxRounds ?? 5, { least: 1 }),
    maxRefusals: checkedNumber('maxRefusals', options.maxRefusals ?? 100, { least: 1 }),
    request: {
      repeatUnknown: checkedChoice('onUnknown', onUnknown, ['repeat', 'report']) === 'repeat',
      ...(compression === undefined ? {} : { compression }),
      ...(onlyForSubscription === undefined ? {} : { onlyForSubscription }),
    },
  }
}

function chosenKey<Event>(
  eventType: EventTypeConstant,
  chosen: ProducerOptions<Event>['orderingKey'],
  maxInFlight: number,
): OrderingKey | undefined {
  if (chosen === 'none') return undefined
  const key = chosen === undefined ? keyByFields(eventType) : { keyOf: chosen }
  if (key === undefined && maxInFlight > 1) {
    throw invalidArgument(
      `maxInFlight ${maxInFlight} lets batches overtake each other, so orderingKey must say which events of ${eventType.name} stay in order; pass a function, or 'none' if no order matters`,
    )
  }
  return key
}

function metadataFunction<Event>(
  metadata: ProducerOptions<Event>['metadata'],
): NormalizedProducerOptions['metadata'] {
  if (metadata === undefined) return undefined
  const source: { metadataOf(event: unknown): MetadataDefaults } = {
    metadataOf: typeof metadata === 'function' ? metadata : () => metadata,
  }
  return (event) => source.metadataOf(event)
}

/** Callers without TypeScript may pass anything. */
function checkedChoice<T extends string>(option: string, value: T, choices: readonly T[]): T {
  if (choices.includes(value)) return value
  throw invalidArgument(`${option} must be one of ${choices.join(', ')}, not ${value}`)
}
