/** What clients do to a broker until it is gone, and what they know of it afterwards. */

import { createLineFramer, type Subscription, type SubscriptionCursor } from '@rioni/protocol'
import {
  anEventType,
  anOrderIn,
  aSubscription,
  chosenPartition,
  eid,
  ORDER_PLACED,
  partitions,
} from '../contract/builders.ts'
import type { OrderBatch } from '../contract/event-stream.ts'

const PARTITIONS = ['0', '1', '2', '3'] as const
const PUBLISHERS = 4

/** One event that a client has sent, perhaps several times. */
export interface SentEvent {
  readonly eid: string
  /** What `eid` is made of; publishers count up. */
  readonly number: number
  readonly partition: string
  readonly publisher: number
  attempts: number
  isAcknowledged: boolean
}

/** What the clients know, over all lives of the broker. */
export interface Knowledge {
  readonly sent: Map<string, SentEvent>
  /** The eid at each offset that a consumer has got, by `partition/offset`. */
  readonly consumed: Map<string, string>
  /** The newest acknowledged commit of each partition. */
  readonly committed: Map<string, string>
  subscriptionId: string | undefined
  isEventTypeCreated: boolean
}

export function noKnowledge(): Knowledge {
  return {
    sent: new Map(),
    consumed: new Map(),
    committed: new Map(),
    subscriptionId: undefined,
    isEventTypeCreated: false,
  }
}

/** Called before each request is sent, and before each answer of a stream is taken. */
export type OnStep = () => void

/** Publishes, consumes and commits until the broker is gone. Rejects when it answers what it must not. */
export async function loadBroker(url: string, knowledge: Knowledge, onStep: OnStep): Promise<void> {
  const client: Client = { url, knowledge, onStep }
  if (!(await untilGone(create(client)))) return
  const publishers = Array.from({ length: PUBLISHERS }, (_, publisher) => publish(client, publisher))
  await Promise.all([...publishers, consume(client)].map(untilGone))
}

interface Client {
  readonly url: string
  readonly knowledge: Knowledge
  readonly onStep: OnStep
}

/** Whether the work ended by itself. The other end is what a kill looks like to a client. */
async function untilGone(work: Promise<void>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    // What `fetch` throws when the connection fails.
    if (error instanceof TypeError) return false
    throw error
  }
}

async function create(client: Client): Promise<void> {
  const { knowledge } = client
  if (!knowledge.isEventTypeCreated) {
    await post(client, '/event-types', {
      body: anEventType({ ...partitions(PARTITIONS.length), ...chosenPartition }),
      // It may have been created by a request whose answer did not arrive.
      expected: [201, 409],
    })
    knowledge.isEventTypeCreated = true
  }
  const answer = await post(client, '/subscriptions', {
    body: aSubscription({ read_from: 'begin' }),
    expected: knowledge.subscriptionId === undefined ? [200, 201] : [200],
  })
  const { id } = (await answer.json()) as Subscription
  if (knowledge.subscriptionId !== undefined && knowledge.subscriptionId !== id)
    throw new Error('The subscription is another one.')
  knowledge.subscriptionId = id
  await checkCommits(client, id)
}

async function checkCommits({ url, knowledge, onStep }: Client, id: string): Promise<void> {
  onStep()
  const answer = await fetch(`${url}/subscriptions/${id}/cursors`)
  const { items } = (await answer.json()) as { readonly items: readonly SubscriptionCursor[] }
  for (const [partition, committed] of knowledge.committed) {
    const { offset } = items.find((cursor) => cursor.partition === partition) ?? { offset: 'nothing' }
    if (offset < committed)
      throw new Error(`Committed ${committed} in ${partition}, and now it is ${offset}.`)
  }
}

/** Publishes batches one after the other, those first that may not have arrived. */
async function publish(client: Client, publisher: number): Promise<void> {
  const { sent } = client.knowledge
  for (;;) {
    const unknown = [...sent.values()].filter(
      (event) => event.publisher === publisher && !event.isAcknowledged,
    )
    const batch = unknown.length > 0 ? unknown : newEvents(sent, publisher)
    for (const event of batch) event.attempts += 1
    const body = batch.map(({ number, partition }) => anOrderIn(partition, number))
    await post(client, `/event-types/${ORDER_PLACED}/events`, { body, expected: [200] })
    for (const event of batch) event.isAcknowledged = true
  }
}

function newEvents(sent: Map<string, SentEvent>, publisher: number): readonly SentEvent[] {
  return Array.from({ length: 1 + (sent.size % 5) }, () => {
    const number = sent.size
    const partition = PARTITIONS[(number * 7) % PARTITIONS.length] ?? PARTITIONS[0]
    const event = { eid: eid(number), number, partition, publisher, attempts: 0, isAcknowledged: false }
    sent.set(event.eid, event)
    return event
  })
}

/** Reads a stream and commits each batch. */
async function consume(client: Client): Promise<void> {
  const { url, knowledge, onStep } = client
  const path = `${url}/subscriptions/${knowledge.subscriptionId}/events?batch_limit=20&batch_flush_timeout=1`
  const response = await fetch(path)
  if (response.status !== 200 || response.body === null)
    throw new Error(`The stream answered ${response.status}.`)
  const streamId = response.headers.get('x-nakadi-streamid') ?? ''
  const lines: string[] = []
  const framer = createLineFramer({
    maxLineBytes: 10_000_000,
    onLine: (line) => lines.push(new TextDecoder().decode(line)),
  })
  for await (const chunk of response.body) {
    framer.feed(chunk)
    for (const line of lines.splice(0)) {
      onStep()
      const batch = JSON.parse(line) as OrderBatch
      remember(batch, knowledge)
      await commit(client, { streamId, cursor: batch.cursor })
    }
  }
}

function remember({ cursor, events = [] }: OrderBatch, { consumed }: Knowledge): void {
  const last = Number(cursor.offset.slice(9))
  for (const [index, { metadata }] of events.entries()) {
    const at = `${cursor.partition}/${last - events.length + 1 + index}`
    const before = consumed.get(at)
    if (before !== undefined && before !== metadata.eid)
      throw new Error(`The offset ${at} was ${before}, and now it is ${metadata.eid}.`)
    consumed.set(at, metadata.eid)
  }
}

interface Commit {
  readonly streamId: string
  readonly cursor: SubscriptionCursor
}

async function commit(client: Client, { streamId, cursor }: Commit): Promise<void> {
  const { subscriptionId, committed } = client.knowledge
  await post(client, `/subscriptions/${subscriptionId}/cursors`, {
    body: { items: [cursor] },
    expected: [200, 204],
    headers: { 'x-nakadi-streamid': streamId },
  })
  committed.set(cursor.partition, cursor.offset)
}

interface Post {
  readonly body: unknown
  readonly expected: readonly number[]
  readonly headers?: Readonly<Record<string, string>>
}

async function post(client: Client, path: string, { body, expected, headers }: Post): Promise<Response> {
  client.onStep()
  const response = await fetch(client.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (expected.includes(response.status)) return response
  throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
}
