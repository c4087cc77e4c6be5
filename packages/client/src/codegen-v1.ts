/**
 * What generated code imports, and all of it. Its shape is a promise: code that was generated once
 * keeps compiling and working with every later version of the client. A change that cannot keep the
 * promise gets a subpath of its own.
 *
 * @module
 */

import { SubscriptionConsumer } from './consume/consumer.ts'
import type { ConsumerOptions } from './consume/consumer-options.ts'
import type { Client } from './create-client.ts'
import type { EventTypeConstant } from './event-type-constant.ts'
import { BatchingProducer } from './publish/producer.ts'
import type { ProducerOptions } from './publish/producer-options.ts'

export type {
  BusinessEvent,
  DataChangeEvent,
  NewBusinessEvent,
  NewDataChangeEvent,
} from '@rioni/protocol'
export type { CodecPart, CodecReference, PayloadCodec, TextType } from './codec/payload-codec.ts'
export type { EventValidator } from './event-validator.ts'
export { createDice, type Dice } from './examples/dice.ts'
export { createEventExamples, type EventExamples } from './examples/event-examples.ts'
export { makeExample } from './examples/make-example.ts'
export type { ExampleFormat, ExampleRecipe } from './examples/recipe.ts'
export type { Client, ConsumerOptions, EventTypeConstant, ProducerOptions }

/**
 * A producer of one event type. Generated producers extend it.
 *
 * @typeParam Input the event as it is published, with optional metadata
 */
export class EventProducer<Input> extends BatchingProducer<Input> {
  /** @throws NakadiError with code `invalid-argument`. */
  constructor(client: Client, eventType: EventTypeConstant, options?: ProducerOptions<Input>) {
    super(client, eventType, options)
  }
}

/**
 * A consumer of one or several event types. Generated consumers extend it.
 *
 * @typeParam Events the events as they are consumed, by event type name
 */
export class EventConsumer<Events extends object> extends SubscriptionConsumer<Events> {
  /** @throws NakadiError with code `invalid-argument`. */
  constructor(client: Client, eventTypes: readonly EventTypeConstant[], options: ConsumerOptions) {
    super(client, eventTypes, options)
  }
}
