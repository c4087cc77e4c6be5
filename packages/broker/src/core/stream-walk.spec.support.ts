// Leads a stream through its life, for the specifications of its machine.

import type { LogBounds, LogRecord } from './log-record.ts'
import { partitionKey } from './state.ts'
import { start, step, wakesAt } from './stream.ts'
import type {
  StreamEffect,
  StreamInput,
  StreamPosition,
  StreamSettings,
  StreamState,
} from './stream-state.ts'

const SETTINGS: StreamSettings = {
  batchLimit: 2,
  batchFlushTimeoutMs: 1000,
  batchTimespanMs: 0,
  maxUncommittedEvents: 4,
  streamLimit: 0,
  maxBufferedBytes: 1000,
  streamTimeoutMs: 60_000,
  commitTimeoutMs: 5000,
  keepAliveLimit: 0,
  deadLetters: undefined,
}

function key(partition: string): string {
  return partitionKey({ event_type: 'e', partition })
}

/** Partition 0, 1, … with the given owners; `me` is the stream under test, `me>b` is wanted by b. */
export function positions(text: string, committed: readonly number[] = []): readonly StreamPosition[] {
  return text.split(' ').map((word, index): StreamPosition => {
    const [session = '-', nextSession = null] = word.split('>')
    const state = session === '-' ? 'unassigned' : nextSession === null ? 'assigned' : 'reassigning'
    return {
      event_type: 'e',
      partition: String(index),
      state,
      session: session === '-' ? null : session,
      nextSession,
      committed: committed[index] ?? -1,
      failedCommits: 0,
      lastDeadLetterOffset: null,
      suspectedThrough: undefined,
    }
  })
}

function records(from: number, to: number): readonly LogRecord[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    offset: from + index,
    at: 0,
    value: new Uint8Array(10),
  }))
}

/** A stream that a test leads through its life, with the effects of each step in short words. */
export function createWalk(settings: Partial<StreamSettings> = {}) {
  let state: StreamState = start('me', { ...SETTINGS, ...settings }, 0)
  const take = (input: StreamInput, at: number): readonly string[] => {
    const [after, effects] = step(state, input, at)
    state = after
    return effects.map(word)
  }
  return {
    take,
    phase: () => state.phase,
    wakesAt: () => wakesAt(state),
    positions: (text: string, at: number, committed: readonly number[] = []) =>
      take({ type: 'positions', positions: positions(text, committed) }, at),
    located: (partition: string, at: number, bounds: LogBounds = { first: 0, next: 0 }) =>
      take({ type: 'located', key: key(partition), bounds }, at),
    records: (partition: string, at: number, [from, to]: readonly [number, number]) =>
      take(
        { type: 'records', key: key(partition), from, records: records(from, to), skipped: [], through: to },
        at,
      ),
    /** What was read from the first offset on, of which the consumer gets nothing after the second one. */
    skips: (partition: string, at: number, [from, after, through]: readonly [number, number, number]) =>
      take(
        {
          type: 'records',
          key: key(partition),
          from,
          records: records(from, after),
          skipped: [{ after, through }],
          through,
        },
        at,
      ),
    timer: (at: number) => take({ type: 'timer' }, at),
    /** Partition 0, assigned and started at its beginning. */
    begin() {
      take({ type: 'room', bytes: 1_000_000 }, 0)
      this.positions('me', 0)
      return this.located('0', 0)
    },
  }
}

/** `send 0:0-1 (Stream started)`, `read 0 from 2`, `release 0 1`, or just the type. */
function word(effect: StreamEffect): string {
  switch (effect.type) {
    case 'send': {
      const { partition, ordinal, events, debug } = effect.batch
      const place = events[0] === undefined ? `@${ordinal}` : `:${events[0].offset}-${ordinal}`
      return `send ${partition.partition}${place}${debug === undefined ? '' : ` (${debug})`}`
    }
    case 'read':
      return `read ${effect.partition.partition} from ${effect.from}`
    case 'locate':
    case 'stopReading':
      return `${effect.type} ${effect.partition.partition}`
    case 'autoCommit':
      return `autoCommit ${effect.commits.map(({ partition, through }) => `${partition.partition}@${through}`).join(' ')}`
    case 'suspect':
      return `suspect ${effect.partition.partition} through ${effect.through}`
    case 'giveUp':
      return `giveUp ${effect.partition.partition}:${effect.record.offset} after ${effect.failedCommits}${effect.keeps ? ', keep' : ''}`
    case 'unregister':
      return ['unregister', ...effect.failed.map(({ partition }) => partition)].join(' ')
    case 'release':
      return `release ${effect.partitions.map(({ partition }) => partition).join(' ')}`
    default:
      return effect.type
  }
}
