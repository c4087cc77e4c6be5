/** What a storage is asked to do until it crashes, and what must be true of it afterwards. */

import type { Random, Storage, TopicPartition } from '@rioni/broker'
import { completeEventType } from '@rioni/event-types'
import { expect } from 'vitest'

const TOPIC = 'topic'
/** The first partition keeps everything, the second is compacted, the third expires. */
const [KEPT, COMPACTED, EXPIRED] = ['0', '1', '2'] as const
const PARTITIONS = [KEPT, COMPACTED, EXPIRED]
const KEYS = 5
const POSITION = { event_type: 'order.placed', partition: KEPT }

/** What is known of one storage, over all its lives. */
export interface History {
  /** Everything that was appended, by partition, in order. */
  readonly submitted: Map<string, Submitted[]>
  /** What readers have seen: the text at an offset. */
  readonly seen: Map<string, string>
  /** Records from before this moment may be gone from the partition that expires. */
  expiredBefore: number
  isCreated: boolean
  isSubscribed: boolean
  /** The newest commit that was acknowledged, and the newest there was. */
  committed: { acknowledged: number; attempted: number }
  time: number
}

interface Submitted {
  readonly text: string
  readonly key: string
  readonly at: number
  isAcknowledged: boolean
}

export function emptyHistory(): History {
  return {
    submitted: new Map(PARTITIONS.map((partition) => [partition, []])),
    seen: new Map(),
    expiredBefore: 0,
    isCreated: false,
    isSubscribed: false,
    committed: { acknowledged: -1, attempted: -1 },
    time: 1,
  }
}

/** Works on a storage until it fails or a number of steps is made. */
export async function work(storage: Storage, history: History, random: Random): Promise<void> {
  if (!history.isCreated) await create(storage, history)
  const sessionId = random.uuid()
  await subscribe(storage, history, sessionId)
  for (let step = 0; step < 60; step += 1) {
    history.time += 1
    const choice = random.below(10)
    if (choice < 6)
      await Promise.all(Array.from({ length: 1 + random.below(4) }, () => append(storage, history, random)))
    else if (choice === 6)
      await storage.events.compact(of(COMPACTED), (await storage.events.bounds(of(COMPACTED))).next)
    else if (choice === 7) await expire(storage, history)
    else if (choice === 8) await commit(storage, history, sessionId)
    else await look(storage, history)
  }
}

async function create(storage: Storage, history: History): Promise<void> {
  const eventType = completeEventType(
    {
      name: POSITION.event_type,
      owning_application: 'shop',
      category: 'business',
      schema: { type: 'json_schema', schema: '{}' },
    },
    0,
  )
  // Unless it got that far before it crashed.
  if (!storage.commands.state.eventTypes.has(eventType.name)) {
    await storage.events.createTopic(TOPIC, PARTITIONS)
    await storage.commands.propose(
      { type: 'createEventType', eventType, partitions: PARTITIONS, topic: TOPIC },
      history.time,
    )
  }
  history.isCreated = true
}

async function subscribe(storage: Storage, history: History, sessionId: string): Promise<void> {
  const subscription = {
    id: 's',
    owning_application: 'a',
    event_types: [POSITION.event_type],
    consumer_group: 'g',
    read_from: 'end',
    initial_cursors: [],
    authorization: null,
    annotations: {},
    labels: {},
  } as const
  await storage.commands.propose({ type: 'createSubscription', subscription }, history.time)
  history.isSubscribed = true
  const session = { id: sessionId, requested: [] }
  const startAt = [{ ...POSITION, offset: '001-0001--1' }]
  await storage.commands.propose({ type: 'openSession', subscriptionId: 's', session, startAt }, history.time)
}

async function append(storage: Storage, history: History, random: Random): Promise<void> {
  const added = Array.from({ length: 1 + random.below(5) }, () => {
    const partition = String(random.below(PARTITIONS.length))
    const submitted = history.submitted.get(partition) ?? []
    const one: Submitted = {
      text: `${submitted.length} ${'x'.repeat(random.below(80))}`,
      key: `key ${random.below(KEYS)}`,
      at: history.time,
      isAcknowledged: false,
    }
    submitted.push(one)
    return { partition, one }
  })
  const records = added.map(({ partition, one: { text, key } }) => ({
    partition,
    key,
    value: new TextEncoder().encode(text),
  }))
  await storage.events.append(TOPIC, records, history.time)
  for (const { one } of added) one.isAcknowledged = true
}

async function expire(storage: Storage, history: History): Promise<void> {
  history.expiredBefore = history.time - 10
  await storage.events.expire(of(EXPIRED), history.expiredBefore)
}

async function commit(storage: Storage, history: History, sessionId: string): Promise<void> {
  const offset = history.committed.attempted + 1
  history.committed.attempted = offset
  const cursors = [{ ...POSITION, offset: `001-0001-${String(offset).padStart(18, '0')}` }]
  const outcome = await storage.commands.propose(
    { type: 'commitCursors', subscriptionId: 's', sessionId, cursors },
    history.time,
  )
  if (outcome.kind === 'committed') history.committed.acknowledged = offset
}

/** Remembers what a consumer would have got: it must never be anything else. */
async function look(storage: Storage, history: History): Promise<void> {
  for (const partition of PARTITIONS) {
    for (const { offset, text } of await readAll(storage, partition)) {
      const key = `${partition}/${offset}`
      expect(history.seen.get(key) ?? text).toBe(text)
      history.seen.set(key, text)
    }
  }
}

/** Checks a storage that was opened after a crash. */
export async function check(storage: Storage, history: History): Promise<void> {
  const { state } = storage.commands
  expect(state.eventTypes.size).toBeGreaterThanOrEqual(history.isCreated ? 1 : 0)
  if (state.eventTypes.size === 0) return
  await look(storage, history)
  for (const partition of PARTITIONS) await checkRecords(storage, history, partition)
  if (history.isSubscribed) checkCommits(storage, history)
}

async function checkRecords(storage: Storage, history: History, partition: string): Promise<void> {
  const submitted = history.submitted.get(partition) ?? []
  const records = await readAll(storage, partition)
  const indexes = records.map(({ text }) => Number.parseInt(text, 10))
  expect(records.map(({ text }) => text)).toEqual(indexes.map((index) => submitted[index]?.text))
  expect(indexes, 'order').toEqual([...new Set(indexes)].sort((a, b) => a - b))
  const found = new Set(indexes)
  const newest = new Map(indexes.map((index) => [submitted[index]?.key, index]))
  const mayBeGone = (one: Submitted, index: number): boolean => {
    if (!one.isAcknowledged || found.has(index)) return true
    if (partition === EXPIRED) return one.at < history.expiredBefore
    return partition === COMPACTED && (newest.get(one.key) ?? -1) > index
  }
  expect(
    submitted.filter((one, index) => !mayBeGone(one, index)),
    `lost in ${partition}`,
  ).toEqual([])
}

function checkCommits(storage: Storage, { committed }: History): void {
  const subscription = storage.commands.state.subscriptions.get('s')
  expect(subscription?.sessions).toEqual([])
  const [position] = subscription?.positions ?? []
  const offset = position === undefined ? -1 : Number(position.committed.slice(9))
  expect(offset).toBeGreaterThanOrEqual(committed.acknowledged)
  expect(offset).toBeLessThanOrEqual(committed.attempted)
}

async function readAll(
  storage: Storage,
  partition: string,
): Promise<readonly { readonly offset: number; readonly text: string }[]> {
  const records = await storage.events.read(of(partition), {
    from: 0,
    maxRecords: 100_000,
    maxBytes: 100_000_000,
  })
  return records.map(({ offset, value }) => ({ offset, text: new TextDecoder().decode(value) }))
}

function of(partition: string): TopicPartition {
  return { topic: TOPIC, partition }
}
