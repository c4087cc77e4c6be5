/**
 * The named types of the protocol are the types of the OpenAPI document. The proofs are the type arguments:
 * when one does not hold, this file does not compile.
 */

import type {
  BatchItemResponse,
  BusinessEvent,
  Cursor,
  CursorCommitResult,
  CursorDistance,
  CursorLag,
  CursorPair,
  CursorShift,
  DataChangeEvent,
  EventMetadata,
  EventStreamBatch,
  EventType,
  EventTypePartition,
  EventTypeSchema,
  NewBusinessEvent,
  NewDataChangeEvent,
  NewEventMetadata,
  NewEventType,
  NewEventTypeSchema,
  NewSubscription,
  OpenApiComponents,
  OpenApiOperations,
  OperationId,
  Partition,
  PathParameters,
  Problem,
  StreamBatch,
  StreamParameters,
  StreamRequest,
  Subscription,
  SubscriptionCursor,
  SubscriptionCursorWithoutToken,
  SubscriptionList,
  SubscriptionStats,
} from '@rioni/protocol'
import { describe, expectTypeOf, it } from 'vitest'

type Wire = OpenApiComponents['schemas']
type WireEvent = Wire['Event']
type AnyObject = { readonly [key: string]: unknown }

/** The same type with every intersection merged, so that only what it says is compared, not how. */
type Plain<T> = T extends object ? { [Key in keyof T]: Plain<T[Key]> } : T

describe('a named type is the type of the OpenAPI document', () => {
  it('of event types', () => {
    expectTypeOf<Plain<EventType>>().toEqualTypeOf<Plain<Wire['EventType']>>()
    expectTypeOf<Plain<NewEventType>>().toEqualTypeOf<Plain<Wire['NewEventType']>>()
    expectTypeOf<Plain<EventTypeSchema>>().toEqualTypeOf<Plain<Wire['EventTypeSchema']>>()
    expectTypeOf<Plain<NewEventTypeSchema>>().toEqualTypeOf<Plain<Wire['NewEventTypeSchema']>>()
  })

  it('of events', () => {
    expectTypeOf<Plain<EventMetadata>>().toEqualTypeOf<Plain<Wire['EventMetadata']>>()
    expectTypeOf<Plain<NewEventMetadata>>().toEqualTypeOf<Plain<Wire['NewEventMetadata']>>()
    expectTypeOf<Plain<BusinessEvent<AnyObject>>>().toEqualTypeOf<Plain<Wire['BusinessEvent']>>()
    expectTypeOf<Plain<DataChangeEvent<unknown>>>().toEqualTypeOf<Plain<Wire['DataChangeEvent']>>()
    expectTypeOf<Plain<BatchItemResponse>>().toEqualTypeOf<Plain<Wire['BatchItemResponse']>>()
  })

  it('of partitions and cursors', () => {
    expectTypeOf<Plain<Partition>>().toEqualTypeOf<Plain<Wire['Partition']>>()
    expectTypeOf<Plain<Cursor>>().toEqualTypeOf<Plain<Wire['Cursor']>>()
    expectTypeOf<Plain<CursorPair>>().toEqualTypeOf<Plain<Wire['CursorPair']>>()
    expectTypeOf<Plain<CursorDistance>>().toEqualTypeOf<Plain<Wire['CursorDistance']>>()
    expectTypeOf<Plain<CursorShift>>().toEqualTypeOf<Plain<Wire['CursorShift']>>()
    expectTypeOf<Plain<CursorLag>>().toEqualTypeOf<Plain<Wire['CursorLag']>>()
    expectTypeOf<Plain<SubscriptionCursor>>().toEqualTypeOf<Plain<Wire['SubscriptionCursor']>>()
    expectTypeOf<Plain<SubscriptionCursorWithoutToken>>().toEqualTypeOf<
      Plain<Wire['SubscriptionCursorWithoutToken']>
    >()
    expectTypeOf<Plain<CursorCommitResult>>().toEqualTypeOf<Plain<Wire['CursorCommitResult']>>()
    expectTypeOf<Plain<EventTypePartition>>().toEqualTypeOf<Plain<Wire['EventTypePartition']>>()
  })

  it('of subscriptions', () => {
    expectTypeOf<Plain<Subscription>>().toEqualTypeOf<Plain<Wire['Subscription']>>()
    expectTypeOf<Plain<NewSubscription>>().toEqualTypeOf<Plain<Wire['NewSubscription']>>()
    expectTypeOf<Plain<SubscriptionList>>().toEqualTypeOf<Plain<Wire['SubscriptionList']>>()
    expectTypeOf<Plain<SubscriptionStats>>().toEqualTypeOf<Plain<Wire['SubscriptionStats']>>()
  })

  it('of streams', () => {
    type Query = NonNullable<OpenApiOperations['streamSubscription']['parameters']['query']>
    expectTypeOf<Plain<StreamBatch<WireEvent>>>().toEqualTypeOf<Plain<Wire['StreamBatch']>>()
    expectTypeOf<Plain<EventStreamBatch<WireEvent>>>().toEqualTypeOf<Plain<Wire['EventStreamBatch']>>()
    expectTypeOf<Plain<StreamParameters>>().toEqualTypeOf<Plain<Query>>()
    expectTypeOf<Plain<StreamRequest>>().toEqualTypeOf<Plain<Wire['StreamRequest']>>()
  })

  it('of problems', () => {
    expectTypeOf<Plain<Problem>>().toEqualTypeOf<Plain<Wire['Problem']>>()
  })

  it('of operations', () => {
    type WirePath<Id extends OperationId> = OpenApiOperations[Id]['parameters'] extends {
      readonly path: infer Path
    }
      ? Plain<Path>
      : Record<never, string>
    type Wrong = {
      [Id in OperationId]: PathParameters<Id> extends { readonly [Name in keyof WirePath<Id>]: string }
        ? never
        : Id
    }[OperationId]
    expectTypeOf<OperationId>().toEqualTypeOf<keyof OpenApiOperations>()
    expectTypeOf<Wrong>().toEqualTypeOf<never>()
  })
})

describe('what a client reads', () => {
  it('can be sent back', () => {
    expectTypeOf<EventType>().toExtend<NewEventType>()
    expectTypeOf<Subscription>().toExtend<NewSubscription>()
  })
})

describe('what a producer takes', () => {
  it('admits every event of the wire, and events whose metadata is yet to be filled in', () => {
    expectTypeOf<Wire['NewBusinessEvent']>().toExtend<NewBusinessEvent<AnyObject>>()
    expectTypeOf<Wire['NewDataChangeEvent']>().toExtend<NewDataChangeEvent<unknown>>()
    expectTypeOf<{ readonly order_number: string }>().toExtend<NewBusinessEvent<{ order_number: string }>>()
  })

  it('admits an event that was consumed, as a service that forwards events sends it', () => {
    expectTypeOf<BusinessEvent<{ a: string }>>().toExtend<NewBusinessEvent<{ a: string }>>()
  })
})
