/** What a specification has: a clock, and short words for the requests that it is made of. */

import type { FeatureName, ManualClock } from '@rioni/broker'
import type {
  Cursor,
  NewEventType,
  NewSubscription,
  StreamRequest,
  Subscription,
  SubscriptionCursor,
  SubscriptionPartitionStats,
  SubscriptionStats,
} from '@rioni/protocol'
import { jsonOf } from './answers.ts'
import { anEventType, aSubscription, ORDER_PLACED } from './builders.ts'
import { createEventStream, type EventStream } from './event-stream.ts'
import type { Requests } from './requests.ts'

/** Whatever has the id of a subscription. */
export type WithId = Pick<Subscription, 'id'>

type Awaiting<T> = (subscription: WithId, wanted: (answer: T) => boolean) => Promise<T>

export interface World {
  readonly clock: ManualClock
  /** The same world, seen by whoever has this token; undefined is no token. */
  as(token: string | undefined): World
  /** Closes the broker. */
  stop(): Promise<void>
  /** Sends a request. Rejects when the answer's status is not declared for the operation. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** POSTs JSON; a string is sent as it is. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** PUTs JSON; a string is sent as it is. */
  put(path: string, body: unknown): Promise<Response>
  /** Switches features of the broker on. */
  enable(...features: readonly FeatureName[]): Promise<void>
  /** Registers an event type; what is not said is as in `anEventType()`. */
  createEventType(overrides?: Partial<NewEventType>): Promise<void>
  /** Publishes events of which none may fail. */
  publish(events: readonly unknown[], eventType?: string): Promise<void>
  /** Continues an event type in a new timeline. */
  switchTimeline(eventType?: string): Promise<void>
  /** Registers a subscription; what is not said is as in `aSubscription()`. */
  createSubscription(overrides?: Partial<NewSubscription>): Promise<Subscription>
  /** Registers an event type and a subscription to it. */
  subscribe(eventType?: Partial<NewEventType>): Promise<Subscription>
  /** Asks for a stream, whatever the answer. Naming partitions takes a POST, all else a GET. */
  requestStream(subscription: WithId, parameters?: StreamRequest): Promise<Response>
  /** Opens a stream. Rejects when it is refused. */
  openStream(subscription: WithId, parameters?: StreamRequest): Promise<EventStream>
  /** Opens a low-level stream with a query such as `batch_limit=2`. Rejects when it is refused. */
  openEventStream(query?: string, cursors?: readonly Cursor[]): Promise<EventStream>
  /** Commits cursors in the name of the stream that received them. */
  commit(stream: EventStream, ...cursors: readonly SubscriptionCursor[]): Promise<Response>
  /** The consumption of each partition, event type after event type. */
  stats(subscription: WithId): Promise<readonly SubscriptionPartitionStats[]>
  /** The id of the stream that owns each partition, or nothing. */
  owners(subscription: WithId): Promise<readonly (string | null)[]>
  /** Asks again until the answer is as wanted, for what the broker notices by itself. Rejects when it never is. */
  readonly until: {
    owners: Awaiting<readonly (string | null)[]>
    stats: Awaiting<readonly SubscriptionPartitionStats[]>
  }
}

/** Asking this often without the wanted answer means that it never comes. */
const MAX_QUESTIONS = 200

export function createWorld(clock: ManualClock, requests: Requests, stop: () => Promise<void>): World {
  const fetch = async (path: string, init?: RequestInit) => (await requests.send(path, init)).response

  const post = (path: string, body: unknown, headers?: Record<string, string>) =>
    fetch(path, jsonPost(body, headers))

  const createEventType = async (overrides: Partial<NewEventType> = {}) => {
    await succeeded(post('/event-types', anEventType(overrides)))
  }
  const createSubscription = async (overrides: Partial<NewSubscription> = {}): Promise<Subscription> => {
    const response = await succeeded(post('/subscriptions', aSubscription(overrides)))
    return await jsonOf<Subscription>(response)
  }

  const stats = async ({ id }: WithId) => {
    const response = await succeeded(fetch(`/subscriptions/${id}/stats`))
    const { items } = await jsonOf<SubscriptionStats>(response)
    return items.flatMap(({ partitions }) => partitions)
  }

  const owners = async (subscription: WithId) => (await stats(subscription)).map(({ stream_id }) => stream_id)

  return {
    clock,
    as: (token) => createWorld(clock, requests.as(token), stop),
    stop,
    fetch,
    post,
    put: (path, body) => fetch(path, { ...jsonPost(body), method: 'PUT' }),
    async enable(...features) {
      for (const feature of features) {
        await succeeded(post('/settings/features', { feature, enabled: true }))
      }
    },
    createEventType,
    createSubscription,
    stats,
    async publish(events, eventType = ORDER_PLACED) {
      await succeeded(post(`/event-types/${eventType}/events`, events))
    },
    async switchTimeline(eventType = ORDER_PLACED) {
      await succeeded(post(`/event-types/${eventType}/timelines`, { storage_id: 'default' }))
    },
    async subscribe(eventType) {
      await createEventType(eventType)
      return await createSubscription()
    },
    requestStream: (subscription, parameters) => fetch(...streamRequest(subscription, parameters)),
    async openStream(subscription, parameters) {
      const { response, abort } = await requests.send(...streamRequest(subscription, parameters))
      await succeeded(Promise.resolve(response))
      return createEventStream({ response, abort, subscriptionId: subscription.id })
    },
    async openEventStream(query = '', cursors) {
      const headers: Record<string, string> =
        cursors === undefined ? {} : { 'x-nakadi-cursors': JSON.stringify(cursors) }
      const path = `/event-types/${ORDER_PLACED}/events?${query}`
      const { response, abort } = await requests.send(path, { headers })
      await succeeded(Promise.resolve(response))
      return createEventStream({ response, abort, subscriptionId: '', lines: 'EventStreamBatch' })
    },
    commit: ({ id, subscriptionId }, ...items) =>
      post(`/subscriptions/${subscriptionId}/cursors`, { items }, { 'x-nakadi-streamid': id }),
    owners,
    until: { owners: awaiting(owners, clock), stats: awaiting(stats, clock) },
  }
}

function awaiting<T>(ask: (subscription: WithId) => Promise<T>, clock: ManualClock): Awaiting<T> {
  return async (subscription, wanted) => {
    for (let question = 0; question < MAX_QUESTIONS; question += 1) {
      const answer = await ask(subscription)
      if (wanted(answer)) return answer
      await clock.advance(0)
    }
    throw new Error(`still not as wanted: ${JSON.stringify(await ask(subscription))}`)
  }
}

function streamRequest({ id }: WithId, parameters: StreamRequest = {}): [path: string, init: RequestInit] {
  const { partitions, ...others } = parameters
  if (partitions !== undefined) return [`/subscriptions/${id}/events`, jsonPost(parameters)]
  const query = Object.entries(others).map(([name, value]) => `${name}=${value}`)
  return [`/subscriptions/${id}/events?${query.join('&')}`, {}]
}

function jsonPost(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

/** Waits for an answer that must not be a refusal. */
async function succeeded(answer: Promise<Response>): Promise<Response> {
  const response = await answer
  if (response.status >= 207) throw new Error(`${response.status}: ${await response.text()}`)
  return response
}
