import type { Client } from '../create-client.ts'
import { NakadiError } from '../error.ts'
import type { ReconnectEvent } from '../observe/diagnostics.ts'
import type { ConnectionState } from './connection.ts'

type BackingOff = Extract<ConnectionState, { readonly kind: 'backingOff' }>

/** Tells whoever looks on that no stream is open, and that another one will be opened. */
export function reportReconnect(client: Client, subscriptionId: string, state: BackingOff): void {
  const { reporter, instrumentation } = client.observation
  const event = reconnectEvent(subscriptionId, state)
  instrumentation?.reconnecting(event)
  reporter.report('reconnect', event)
}

/** Tells that a consumer has ended for good. */
export function reportEnd(client: Client, subscriptionId: string, error: NakadiError): void {
  client.observation.reporter.report('error', { origin: 'consumer', subscriptionId, error: error.toJSON() })
}

function reconnectEvent(
  subscriptionId: string,
  { cause, conflict, failures, since, until }: BackingOff,
): ReconnectEvent {
  const reason = conflict ?? (cause instanceof NakadiError ? cause.code : cause.kind)
  return { subscriptionId, reason, message: cause.message, failures, delayMs: until - since }
}
