// Code as the generator writes it, against the subpath that it imports. That it compiles is half of its test.

import {
  type BusinessEvent,
  type Client,
  type ConsumerOptions,
  type DataChangeEvent,
  EventConsumer,
  EventProducer,
  type NewBusinessEvent,
  type NewDataChangeEvent,
  type ProducerOptions,
} from '@rioni/client/codegen-v1'

const orderPlacedEventType = {
  name: 'order.order-placed',
  category: 'business',
  partition_strategy: 'hash',
} as const
export interface OrderPlaced {
  readonly n: number
}
export type OrderPlacedEvent = BusinessEvent<OrderPlaced>
export class OrderPlacedProducer extends EventProducer<NewBusinessEvent<OrderPlaced>> {
  constructor(client: Client, options?: ProducerOptions) {
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
export type CustomerEvent = DataChangeEvent<Customer>
export class CustomerProducer extends EventProducer<NewDataChangeEvent<Customer>> {
  constructor(client: Client, options?: ProducerOptions) {
    super(client, customerEventType, options)
  }
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
