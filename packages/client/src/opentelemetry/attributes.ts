// attributes.ts - the names of the semantic conventions for messaging that are used here, all of low cardinality: event
// types, subscriptions, groups and closed sets of words. Offsets, event ids and flow ids are none.
//
// https://opentelemetry.io/docs/specs/semconv/messaging/

import type { Attributes } from '@opentelemetry/api'
import type { BrokerAddress } from '../observe/instrumentation.ts'

/** Every attribute has a value. */
export type KnownAttributes = Record<string, string | number>

/** What the client does, by the names that the conventions have for it. */
export type MessagingOperation = 'send' | 'process' | 'commit'

const operationTypes: Readonly<Record<MessagingOperation, string>> = {
  send: 'send',
  process: 'process',
  commit: 'settle',
}

/** The attributes that everything has. */
export function operationAttributes(
  operation: MessagingOperation,
  { host, port }: BrokerAddress,
): KnownAttributes {
  return {
    'server.address': host,
    'server.port': port,
    'messaging.system': 'nakadi',
    'messaging.operation.name': operation,
    'messaging.operation.type': operationTypes[operation],
  }
}

/** The event type. */
export function destination(eventType: string): KnownAttributes {
  return { 'messaging.destination.name': eventType }
}

/** The subscription, and its group if it is known. */
export function subscription(subscriptionId: string, consumerGroup?: string): KnownAttributes {
  return {
    'messaging.destination.subscription.name': subscriptionId,
    ...(consumerGroup !== undefined && { 'messaging.consumer.group.name': consumerGroup }),
  }
}

/** The kind of an error: a word of a closed set, or the name of a class. */
export function errorType(type: string | undefined): Attributes {
  return type === undefined ? {} : { 'error.type': type }
}

/** The kind of anything that was thrown. */
export function typeOfError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  // Codes of the client and of Node are closed sets; others could be anything.
  return 'code' in error && error.name === 'NakadiError' ? String(error.code) : error.name
}
