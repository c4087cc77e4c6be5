import { deadLetterPolicy } from '@rioni/event-types'
import type { EventTypePartition } from '@rioni/protocol'
import { mayTouchEventsOf } from '../core/authorization.ts'
import { blocksConsumer } from '../core/settings.ts'
import { partitionKey, type SubscriptionState } from '../core/state.ts'
import { type WriteBatch, writeAvroBatch, writeJsonBatch } from '../streaming/event-encoding.ts'
import { openStream, type RefusedStream } from '../streaming/open-stream.ts'
import type { StreamGuard } from '../streaming/stream-guard.ts'
import { meterOf } from './consumption.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, shuttingDown, tooManyStreams, unknownSubscription } from './problem.ts'
import { readJson } from './request-body.ts'
import { readStreamBody, readStreamQuery, type StreamQuery } from './stream-parameters.ts'

/** Streams the events of a subscription. */
export function createStreamHandlers(context: BrokerContext): Handlers {
  return {
    streamSubscription: async (request) => {
      const query = readStreamQuery(request.query, context)
      return query.ok ? await stream(query.value, request, context) : query.response
    },
    streamSubscriptionPartitions: async (request) => {
      const body = readJson(request)
      if (!body.ok) return body.response
      const query = readStreamBody(body.value, context)
      return query.ok ? await stream(query.value, request, context) : query.response
    },
  }
}

async function stream(query: StreamQuery, request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const forbidden = context.access.refuseStream('ofSubscription', request)
  if (forbidden !== undefined) return forbidden
  const id = request.path['subscription_id'] ?? ''
  const subscription = context.storage.commands.state.subscriptions.get(id)
  if (subscription === undefined) return unknownSubscription(id)
  const refusal = refusePartitions(query.partitions, subscription, context)
  if (refusal !== undefined) return refusal

  // Annotations that change later count for later streams.
  const deadLetters = deadLetterPolicy(subscription.subscription.annotations)
  const settings = { ...query.settings, deadLetters }
  const guard = guardOf(request, subscription, context)
  const { headers, signal } = request
  const writeBatch = batchWriterFor(headers.get('Accept'))
  const meter = meterOf(request, id, context)
  const { partitions: requested } = query
  const wanted = { subscription, settings, requested, guard, writeBatch, meter, signal }
  if (context.streams.size >= context.limits.maxOpenStreams)
    return tooManyStreams(context.limits.maxOpenStreams)
  const opened = await context.streams.open(() => openStream(wanted, context))
  if (opened === undefined) return shuttingDown()
  if (opened.kind !== 'opened') return refuse(opened, id)
  return new Response(opened.stream.body, {
    headers: { 'Content-Type': 'application/x-json-stream', 'X-Nakadi-StreamId': opened.sessionId },
  })
}

/** Avro is for those who accept nothing else. The content type of the answer does not say that it is Avro. */
function batchWriterFor(accept: string | null): WriteBatch {
  return accept?.trim().toLowerCase() === 'application/avro-binary' ? writeAvroBatch : writeJsonBatch
}

function guardOf(
  { principal, path }: RoutedRequest,
  { subscription }: SubscriptionState,
  { access, storage }: BrokerContext,
): StreamGuard {
  // As when the stream was opened, the first event type stands for all.
  const who = { app: principal.subject, eventType: subscription.event_types[0] }
  return {
    mayDeliver: ({ headers }) => mayTouchEventsOf(principal, headers?.owner),
    verdict() {
      if (blocksConsumer(storage.commands.state.settings, who)) return 'blocked'
      return access.refuseStream('ofSubscription', { principal, path }) === undefined ? 'allowed' : 'revoked'
    },
  }
}

function refuse(refused: RefusedStream, id: string): Response {
  switch (refused.kind) {
    case 'unknownSubscription':
      return unknownSubscription(id)
    case 'noFreeSlots':
      return problem(
        409,
        `No free slots for streaming available for subscription ${id}. Total slots: ${refused.slots}`,
      )
    case 'partitionsTaken':
      return problem(
        409,
        `The following partitions are already requested by other stream(s) of this subscription: ${print(refused.partitions)}`,
      )
    case 'closingStreams':
      return problem(409, 'Resetting subscription cursors request is still in progress')
  }
}

function refusePartitions(
  requested: readonly EventTypePartition[],
  { subscription }: SubscriptionState,
  { storage }: BrokerContext,
): Response | undefined {
  if (new Set(requested.map(partitionKey)).size < requested.length) {
    return problem(422, 'Duplicated partition specified')
  }
  const foreign = requested.filter(({ event_type, partition }) => {
    const eventType = storage.commands.state.eventTypes.get(event_type)
    return !subscription.event_types.includes(event_type) || !eventType?.partitions.includes(partition)
  })
  if (foreign.length === 0) return undefined
  return problem(
    422,
    `Wrong partitions specified - some partitions don't belong to subscription: ${print(foreign)}`,
  )
}

function print(partitions: readonly EventTypePartition[]): string {
  return partitions
    .map(
      ({ event_type, partition }) =>
        `EventTypePartition{eventType='${event_type}', partition='${partition}'}`,
    )
    .join(', ')
}
