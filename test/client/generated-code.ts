// Code as the generator writes it, against the subpath that it imports. That it compiles is half of its test.

import {
  type BusinessEvent,
  type Client,
  type ConsumerOptions,
  type DataChangeEvent,
  EventConsumer,
  EventProducer,
  type EventValidator,
  type NewBusinessEvent,
  type NewDataChangeEvent,
  type ProducerOptions,
} from '@rioni/client/codegen-v1'

const orderPlacedEventType = {
  name: 'order.order-placed',
  category: 'business',
  partitionKeyFields: ['n'],
} as const
export interface OrderPlaced {
  readonly n: number
}
export type NewOrderPlacedEvent = NewBusinessEvent<OrderPlaced>
export type OrderPlacedEvent = BusinessEvent<OrderPlaced>
export const orderPlacedValidator: EventValidator<NewOrderPlacedEvent> = {
  '~standard': {
    version: 1,
    vendor: 'rioni',
    validate(value) {
      const event = value as NewOrderPlacedEvent
      return event.n < 0 ? { issues: [{ message: 'must be >= 0', path: ['n'] }] } : { value: event }
    },
  },
}
export class OrderPlacedProducer extends EventProducer<NewOrderPlacedEvent> {
  constructor(client: Client, options?: ProducerOptions<NewOrderPlacedEvent>) {
    super(client, orderPlacedEventType, options)
  }
}
export class OrderPlacedConsumer extends EventConsumer<{ 'order.order-placed': OrderPlacedEvent }> {
  constructor(client: Client, options: ConsumerOptions) {
    super(client, [orderPlacedEventType], options)
  }
}

export const customerEventType = { name: 'customer.customer', category: 'data' } as const
export interface Customer {
  readonly id: string
}
export type NewCustomerEvent = NewDataChangeEvent<Customer>
export type CustomerEvent = DataChangeEvent<Customer>
export class CustomerProducer extends EventProducer<NewCustomerEvent> {
  constructor(client: Client, options?: ProducerOptions<NewCustomerEvent>) {
    super(client, customerEventType, options)
  }
}

export const customerValidator: EventValidator<NewCustomerEvent> = {
  '~standard': { version: 1, vendor: 'rioni', validate: (value) => ({ value: value as NewCustomerEvent }) },
}

export interface Events {
  'order.order-placed': OrderPlacedEvent
  'customer.customer': CustomerEvent
}
export const eventTypes = {
  'order.order-placed': orderPlacedEventType,
  'customer.customer': customerEventType,
} as const
export class EventsConsumer extends EventConsumer<Events> {
  constructor(client: Client, options: ConsumerOptions) {
    super(client, [orderPlacedEventType, customerEventType], options)
  }
}
export const producers = {
  'order.order-placed': OrderPlacedProducer,
  'customer.customer': CustomerProducer,
} as const
