// A stream against a log with gaps and records that nobody gets, and a consumer that commits now and then.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogRecord } from './log-record.ts'
import { sift } from './skipped-offsets.ts'
import { partitionKey } from './state.ts'
import { start, step, wakesAt } from './stream.ts'
import type { StreamEffect, StreamInput, StreamPosition, StreamSettings } from './stream-state.ts'

const PARTITION = { event_type: 'e', partition: '0' }
const SETTINGS: Omit<StreamSettings, 'batchLimit' | 'maxUncommittedEvents' | 'batchTimespanMs'> = {
  batchFlushTimeoutMs: 1000,
  streamLimit: 0,
  maxBufferedBytes: 200,
  streamTimeoutMs: 1_000_000,
  commitTimeoutMs: 60_000,
  keepAliveLimit: 0,
  deadLetters: undefined,
}

interface Simulation {
  readonly log: readonly LogRecord[]
  readonly settings: StreamSettings
  readonly readSize: number
  /** Of the events that are uncommitted, how many of a hundred are committed at a time. */
  readonly commitShare: number
}

/** Runs until nothing is uncommitted and the broker has committed everything, or for ten minutes. */
function simulate({ log, settings, readSize, commitShare }: Simulation) {
  const end = log.at(-1)?.offset ?? -1
  const delivered: number[] = []
  const inputs: StreamInput[] = []
  let [state, committed, now, most] = [start('me', settings, 0) as Parameters<typeof step>[0], -1, 0, 0]

  const position = (): StreamPosition => ({
    ...PARTITION,
    state: 'assigned',
    session: 'me',
    nextSession: null,
    committed,
    failedCommits: 0,
    lastDeadLetterOffset: null,
    suspectedThrough: undefined,
  })
  const commit = (through: number) => {
    committed = Math.max(committed, through)
    inputs.push({ type: 'positions', positions: [position()] })
  }
  const uncommitted = () => delivered.filter((offset) => offset > committed)

  const perform = (effect: StreamEffect) => {
    if (effect.type === 'locate') {
      inputs.push({ type: 'located', key: partitionKey(PARTITION), bounds: { first: 0, next: end + 1 } })
    } else if (effect.type === 'read') {
      const { from } = effect
      const records = log
        .filter(({ offset }) => offset >= from)
        .slice(0, Math.min(readSize, effect.maxRecords))
      const read = sift(records, from, ({ value }) => value.byteLength > 0)
      if (records.length > 0) inputs.push({ type: 'records', key: partitionKey(PARTITION), from, ...read })
    } else if (effect.type === 'send') {
      delivered.push(...effect.batch.events.map(({ offset }) => offset))
      most = Math.max(most, uncommitted().length)
    } else if (effect.type === 'autoCommit') {
      const [owed = Number.POSITIVE_INFINITY] = uncommitted()
      for (const { through } of effect.commits) {
        expect(through).toBeLessThan(owed)
        commit(through)
      }
    }
  }

  inputs.push({ type: 'room', bytes: 1_000_000 }, { type: 'positions', positions: [position()] })
  while (now < 600_000) {
    for (let input = inputs.shift(); input !== undefined; input = inputs.shift()) {
      const [after, effects] = step(state, input, now)
      state = after
      for (const effect of effects) perform(effect)
    }
    const owed = uncommitted()
    const through = owed[Math.ceil((owed.length * commitShare) / 100) - 1]
    if (through !== undefined) commit(through)
    else if (committed === end) break
    now = Math.max(now, wakesAt(state) ?? now)
    inputs.push({ type: 'timer' })
  }
  return { delivered, committed, most, end }
}

const logs = fc
  .array(fc.record({ gap: fc.constantFrom(1, 1, 1, 3), size: fc.constantFrom(0, 10, 10, 40) }), {
    maxLength: 40,
  })
  .map((entries) => {
    let offset = -1
    return entries.map(({ gap, size }, index): LogRecord => {
      offset += gap
      return { offset, at: index * 500, value: new Uint8Array(size) }
    })
  })

const simulations = fc.record({
  log: logs,
  readSize: fc.integer({ min: 1, max: 10 }),
  commitShare: fc.integer({ min: 1, max: 100 }),
  settings: fc.record({
    batchLimit: fc.integer({ min: 1, max: 6 }),
    maxUncommittedEvents: fc.integer({ min: 1, max: 12 }),
    batchTimespanMs: fc.constantFrom(0, 2000),
  }),
})

describe('any stream', () => {
  it('delivers every event of its own once, in order, within what may be uncommitted, and commits the rest', () => {
    fc.assert(
      fc.property(simulations, ({ settings, ...given }) => {
        const { delivered, committed, most, end } = simulate({
          ...given,
          settings: { ...SETTINGS, ...settings },
        })
        const events = given.log.filter(({ value }) => value.byteLength > 0)
        expect(delivered).toEqual(events.map(({ offset }) => offset))
        expect(most).toBeLessThanOrEqual(settings.maxUncommittedEvents)
        expect(committed).toBe(end)
      }),
    )
  })
})
