import { beforeEach, describe, expect, it } from 'vitest'
import type { EventLog, NewRecord } from './event-log.ts'
import { createMemoryCommandLog, createMemoryEventLog } from './memory.ts'

const P0 = { topic: 't', partition: '0' }
const P1 = { topic: 't', partition: '1' }
const ALL = { from: 0, maxRecords: 100, maxBytes: 1000 }

function record(partition: string, text: string): NewRecord {
  return { partition, value: new TextEncoder().encode(text) }
}

describe('an event log in memory', () => {
  let log: EventLog
  beforeEach(async () => {
    log = createMemoryEventLog()
    await log.createTopic('t', ['0', '1'])
  })

  async function texts(...parameters: Parameters<EventLog['read']>): Promise<readonly string[]> {
    const records = await log.read(...parameters)
    return records.map(({ offset, at, value }) => `${offset} ${at} ${new TextDecoder().decode(value)}`)
  }

  it('keeps the order within each partition and counts offsets from 0', async () => {
    await log.append('t', [record('0', 'a'), record('1', 'b'), record('0', 'c')], 5)
    await log.append('t', [record('0', 'd')], 6)
    expect(await texts(P0, ALL)).toEqual(['0 5 a', '1 5 c', '2 6 d'])
    expect(await texts(P1, ALL)).toEqual(['0 5 b'])
    expect(await log.bounds(P0)).toEqual({ first: 0, next: 3 })
  })

  it('reads from an offset, as much as is wanted', async () => {
    await log.append('t', [record('0', 'aa'), record('0', 'bb'), record('0', 'cc')], 0)
    expect(await texts(P0, { ...ALL, from: 1 })).toEqual(['1 0 bb', '2 0 cc'])
    expect(await texts(P0, { ...ALL, maxRecords: 1 })).toEqual(['0 0 aa'])
    expect(await texts(P0, { ...ALL, maxBytes: 5 })).toEqual(['0 0 aa', '1 0 bb'])
    expect(await texts(P0, { ...ALL, maxBytes: 1 })).toEqual(['0 0 aa'])
    expect(await texts(P0, { ...ALL, from: 3 })).toEqual([])
    expect(await texts(P0, { ...ALL, from: 99 })).toEqual([])
  })

  it('forgets what is trimmed and keeps the offsets of the rest', async () => {
    await log.append('t', [record('0', 'a'), record('0', 'b'), record('0', 'c')], 0)
    await log.trim(P0, 2)
    expect(await log.bounds(P0)).toEqual({ first: 2, next: 3 })
    expect(await texts(P0, ALL)).toEqual(['2 0 c'])
    await log.append('t', [record('0', 'd')], 0)
    await log.trim(P0, 1)
    expect(await texts(P0, { ...ALL, from: 3 })).toEqual(['3 0 d'])
  })

  it('adds empty partitions and leaves those that a topic has', async () => {
    await log.append('t', [record('1', 'a')], 0)
    await log.addPartitions('t', ['1', '2'])
    expect(await texts(P1, ALL)).toEqual(['0 0 a'])
    expect(await log.bounds({ topic: 't', partition: '2' })).toEqual({ first: 0, next: 0 })
    await expect(log.addPartitions('x', ['0'])).rejects.toThrow('topic x')
  })

  it('tells the watchers of a partition about its appends until they stop watching', async () => {
    const seen: string[] = []
    const unwatch = log.watch(P0, () => seen.push('0'))
    log.watch(P1, () => seen.push('1'))
    await log.append('t', [record('0', 'a'), record('0', 'b')], 0)
    unwatch()
    await log.append('t', [record('0', 'c'), record('1', 'd')], 0)
    expect(seen).toEqual(['0', '1'])
  })

  it('rejects whatever concerns a topic or a partition that does not exist', async () => {
    const unknown = { topic: 't', partition: '9' }
    await expect(log.bounds(unknown)).rejects.toThrow('no partition 9')
    await expect(log.read({ topic: 'x', partition: '0' }, ALL)).rejects.toThrow('topic x')
    await log.deleteTopic('t')
    await expect(log.bounds(P0)).rejects.toThrow('topic t')
  })

  it('appends nothing when one of the records has no partition', async () => {
    await expect(log.append('t', [record('0', 'a'), record('9', 'b')], 0)).rejects.toThrow('no partition 9')
    expect(await log.bounds(P0)).toEqual({ first: 0, next: 0 })
  })
})

describe('a command log in memory', () => {
  it('has the change in its state when the outcome is there, and tells its watchers before', async () => {
    const log = createMemoryCommandLog()
    const seen: number[] = []
    const unwatch = log.watch(() => seen.push(log.state.subscriptions.size))
    const subscription = {
      id: 's',
      owning_application: 'a',
      event_types: [],
      consumer_group: 'g',
      read_from: 'end',
      initial_cursors: [],
      authorization: null,
      annotations: {},
      labels: {},
    } as const
    const outcome = await log.propose({ type: 'createSubscription', subscription }, 0)
    expect(outcome.kind).toBe('created')
    expect(log.state.subscriptions.has('s')).toBe(true)
    await log.propose({ type: 'deleteSubscription', id: 'unknown' }, 0)
    unwatch()
    await log.propose({ type: 'deleteSubscription', id: 's' }, 0)
    expect(seen).toEqual([1])
  })
})
