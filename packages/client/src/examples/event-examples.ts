import { decodePayload } from '../codec/decode-payload.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import { createDice } from './dice.ts'
import { makeExample } from './make-example.ts'
import type { ExampleRecipe } from './recipe.ts'

/**
 * Examples of one event type for tests. A seed gives the same example every time; different seeds give different ones
 * as far as the schema leaves a choice.
 *
 * @typeParam Payload what a producer supplies, without metadata and envelope
 * @typeParam Event what a consumer receives
 */
export interface EventExamples<Payload, Event> {
  /**
   * A payload that the broker accepts. What is overridden is not checked.
   *
   * @param seed - an integer @defaultValue 1
   */
  payload(seed?: number, overrides?: Partial<Payload>): Payload
  /** The event of a payload, with the metadata that the broker adds; for a data change an update (`U`). */
  event(seed?: number, overrides?: Partial<Payload>): Event
}

/** Makes the examples of an event type. Generated code calls it. */
export function createEventExamples<Payload, Event>(
  eventType: EventTypeConstant,
  recipes: readonly ExampleRecipe[],
): EventExamples<Payload, Event> {
  const payload = (seed = 1, overrides?: Partial<Payload>): Payload =>
    // The generator has tried the recipes against the schema that the type was made from.
    ({ ...(decoded(makeExample(recipes, createDice(seed)), eventType) as Payload), ...overrides })
  return {
    payload,
    event: (seed = 1, overrides) => inEnvelope(payload(seed, overrides) as object, eventType, seed) as Event,
  }
}

function decoded(payload: unknown, { codec }: EventTypeConstant): unknown {
  return codec === undefined ? payload : decodePayload(payload, codec)
}

function inEnvelope(payload: object, { name, category }: EventTypeConstant, seed: number): object {
  if (category === 'undefined') return payload
  const metadata = makeExample(METADATA, createDice(seed)) as { readonly occurred_at: string }
  const complete = { metadata: { ...metadata, received_at: metadata.occurred_at, event_type: name } }
  if (category === 'business') return { ...payload, ...complete }
  return { ...complete, data_type: name, data_op: 'U', data: payload }
}

/** What the broker sets beside what producers send (Nakadi API, "EventMetadata"). */
const METADATA: readonly ExampleRecipe[] = [
  {
    object: {
      eid: { format: 'uuid' },
      occurred_at: { format: 'date-time' },
      version: { pick: ['1.0.0'] },
      published_by: { pick: ['unauthenticated'] },
      flow_id: { text: [24, 24] },
      partition: { pick: ['0'] },
    },
    optional: [],
  },
]
