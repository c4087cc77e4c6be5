// What the specifications of the client share: a broker, a clock that the test turns, and clients that reach
// the broker by a function call, so that a test can stand between the two.

import {
  type Broker,
  createBroker,
  createManualClock,
  createMemoryStorage,
  type ManualClock,
  type Storage,
  seededRandom,
} from '@rioni/broker'
import { type Client, type ClientOptions, type Clock, createClient, type Fetch } from '@rioni/client'
import type { NewEventType } from '@rioni/protocol'

/** A broker with one event type, and the way to it. */
export interface World {
  readonly broker: Broker
  readonly clock: CountingClock
  /** A client over a function call; `options` may put something in between. */
  client(options?: Partial<ClientOptions>): Client
  /** Calls the broker. */
  readonly fetch: Fetch
}

/** The name of the event type that every world has. */
export const ORDER_PLACED = 'order.order-placed'

/** The events of that type. */
export interface Order {
  readonly n: number
}

/** Address of a broker that is only ever called. */
export const baseUrl = 'http://broker.test'

/** What a world is made of. */
export interface WorldOptions {
  readonly partitions?: number
  readonly storage?: Storage
}

/** Starts a broker with `order.order-placed`, of as many partitions as asked for, hashed by `n`. */
export async function createWorld({
  partitions = 1,
  storage = createMemoryStorage(),
}: WorldOptions = {}): Promise<World> {
  const manualClock = createManualClock()
  const clock = countTimers(manualClock)
  const random = seededRandom(1)
  const broker = createBroker({ clock: manualClock, random, storage })
  const fetch: Fetch = (url, init) => broker.fetch(new Request(url, init))
  const client = (options: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl, clock, random, fetch, ...options })
  await client().eventTypes.create(orderPlaced(partitions))
  return { broker, clock, client, fetch }
}

/** Its definition. */
export function orderPlaced(partitions = 1): NewEventType {
  const parallelism = { read_parallelism: partitions, write_parallelism: partitions }
  return {
    name: ORDER_PLACED,
    owning_application: 'shop',
    category: 'business',
    enrichment_strategies: ['metadata_enrichment'],
    partition_strategy: 'hash',
    partition_key_fields: ['n'],
    default_statistic: { messages_per_minute: 1, message_size: 1, ...parallelism },
    schema: {
      type: 'json_schema',
      schema: JSON.stringify({ properties: { n: { type: 'number' } }, required: ['n'] }),
    },
  }
}

/** A manual clock that knows how many timers the clients have set on it; those of the broker do not count. */
export interface CountingClock extends ManualClock {
  readonly pending: number
}

function countTimers(clock: ManualClock): CountingClock {
  const timers = new Set<object>()
  const after: Clock['after'] = (ms, fn) => {
    const timer = {}
    timers.add(timer)
    const cancel = clock.after(ms, () => {
      timers.delete(timer)
      fn()
    })
    return () => {
      timers.delete(timer)
      cancel()
    }
  }
  return {
    now: clock.now,
    advance: clock.advance,
    after,
    get pending() {
      return timers.size
    },
  }
}

/** Waits for a promise while time passes in steps of 100 ms, at most 10 minutes of it. */
export async function whileTimePasses<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  let settled = false
  const settle = () => {
    settled = true
  }
  promise.then(settle, settle)
  for (let step = 0; step < 6000 && !settled; step++) await clock.advance(100)
  if (!settled) throw new Error('nothing came of it in 10 minutes')
  return promise
}

/** Orders `from` to `to`, both included. */
export function orders(from: number, to: number): Order[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ n: from + index }))
}

/** A `fetch` that answers as told, and remembers what it was asked. */
export function scripted(
  ...answers: readonly (Response | Error)[]
): Fetch & { readonly requests: Request[] } {
  const requests: Request[] = []
  const left = [...answers]
  const fetch: Fetch = async (url, init) => {
    requests.push(new Request(url, init))
    const answer = left.shift()
    if (answer === undefined) throw new Error('the script has no further answer')
    if (answer instanceof Error) throw answer
    return answer
  }
  return Object.assign(fetch, { requests })
}

/** A problem document. */
export function problem(status: number, detail: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { title: 'Problem', status, detail },
    { status, headers: { 'content-type': 'application/problem+json', ...headers } },
  )
}
