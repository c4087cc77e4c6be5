// Storage that lasts as long as the process: the default, and the one that tests use.

import { apply } from '../core/apply.ts'
import type { Command, CommandType } from '../core/commands.ts'
import type { LogRecord } from '../core/log-record.ts'
import { emptyState } from '../core/state.ts'
import type { CommandLog } from './command-log.ts'
import { newestOffsets, survivesCompaction } from './compaction.ts'
import type { EventLog, ReadRange, TopicPartition } from './event-log.ts'
import type { Storage } from './storage.ts'

/** Creates an empty storage in memory. */
export function createMemoryStorage(): Storage {
  return { events: createMemoryEventLog(), commands: createMemoryCommandLog(), close: async () => {} }
}

/** Creates an event log in memory. */
export function createMemoryEventLog(): EventLog {
  const topics = new Map<string, Map<string, MemoryPartition>>()

  function find({ topic, partition }: TopicPartition): MemoryPartition {
    const found = topics.get(topic)?.get(partition)
    if (found === undefined) throw new Error(`There is no partition ${partition} of a topic ${topic}.`)
    return found
  }

  return {
    async createTopic(topic, partitions) {
      if (topics.has(topic)) throw new Error(`There is a topic ${topic} already.`)
      topics.set(topic, new Map(partitions.map((partition) => [partition, emptyPartition()])))
    },
    async addPartitions(topic, added) {
      const partitions = topics.get(topic)
      if (partitions === undefined) throw new Error(`There is no topic ${topic}.`)
      for (const partition of added) {
        if (!partitions.has(partition)) partitions.set(partition, emptyPartition())
      }
    },
    async deleteTopic(topic) {
      topics.delete(topic)
    },
    async append(topic, records, at) {
      // Every partition is looked up before the first record is written: all or nothing.
      const targets = records.map(({ partition }) => find({ topic, partition }))
      records.forEach(({ partition: _, ...record }, index) => {
        const target = targets[index]
        if (target === undefined) return
        target.records.push({ offset: target.next, at, ...record })
        target.next += 1
      })
      for (const target of new Set(targets)) for (const onAppend of [...target.watchers]) onAppend()
    },
    read: async (from, range) => slice(find(from).records, range),
    async bounds(of) {
      const { first, next } = find(of)
      return { first, next }
    },
    async trim(of, before) {
      const found = find(of)
      found.first = Math.max(found.first, Math.min(before, found.next))
      found.records.splice(0, indexOf(found.records, found.first))
    },
    async expire(of, before) {
      const found = find(of)
      const kept = found.records.findIndex(({ at }) => at >= before)
      found.records.splice(0, kept < 0 ? found.records.length : kept)
      found.first = found.records[0]?.offset ?? found.next
    },
    async compact(of, before) {
      const found = find(of)
      const newest = newestOffsets(found.records, before)
      found.records = found.records.filter((record) => survivesCompaction(record, newest))
    },
    watch(of, onAppend) {
      const { watchers } = find(of)
      watchers.add(onAppend)
      return () => watchers.delete(onAppend)
    },
  }
}

interface MemoryPartition {
  first: number
  next: number
  /** By offset. */
  records: LogRecord[]
  readonly watchers: Set<() => void>
}

function emptyPartition(): MemoryPartition {
  return { first: 0, next: 0, records: [], watchers: new Set() }
}

function slice(records: readonly LogRecord[], range: ReadRange): readonly LogRecord[] {
  const begin = indexOf(records, range.from)
  const limit = Math.min(records.length, begin + range.maxRecords)
  let end = begin
  for (let bytes = 0; end < limit; end += 1) {
    bytes += records[end]?.value.byteLength ?? 0
    if (bytes > range.maxBytes && end > begin) break
  }
  return records.slice(begin, end)
}

/** The index of the first record at or after an offset. */
function indexOf(records: readonly LogRecord[], offset: number): number {
  let low = 0
  let high = records.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((records[middle]?.offset ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Creates a command log in memory. */
function createMemoryCommandLog(): CommandLog {
  const watchers = new Set<() => void>()
  let current = emptyState
  return {
    get state() {
      return current
    },
    async propose<T extends CommandType>(command: Command<T>, at: number) {
      const [state, outcome] = apply(current, command, at)
      if (state !== current) {
        current = state
        for (const onChange of [...watchers]) onChange()
      }
      return outcome
    },
    watch(onChange) {
      watchers.add(onChange)
      return () => watchers.delete(onChange)
    },
  }
}
