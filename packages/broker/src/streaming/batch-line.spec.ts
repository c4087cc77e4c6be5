import { describe, expect, it } from 'vitest'
import type { Batch } from '../core/batching.ts'
import { batchLine, eventStreamLine } from './batch-line.ts'

function text(batch: Partial<Batch>): string {
  const complete = {
    partition: { event_type: 'e', partition: '0' },
    ordinal: 3,
    isStart: false,
    events: [],
  }
  return new TextDecoder().decode(
    batchLine({ ...complete, ...batch }, { offset: '001-0001-000000000000000003', token: 'token' }),
  )
}

const CURSOR =
  '{"cursor":{"partition":"0","offset":"001-0001-000000000000000003","event_type":"e","cursor_token":"token"}'

describe('a line of a stream', () => {
  it('holds the stored bytes of the events', () => {
    const events = ['{"a":1.10}', '{"b":"ä"}'].map((json, offset) => ({
      offset,
      at: 0,
      value: new TextEncoder().encode(json),
    }))
    expect(text({ events })).toBe(`${CURSOR},"events":[{"a":1.10},{"b":"ä"}]}\n`)
    expect(text({ events, debug: 'Stream started' })).toBe(
      `${CURSOR},"events":[{"a":1.10},{"b":"ä"}],"info":{"debug":"Stream started"}}\n`,
    )
  })

  it('leaves out what there is nothing of', () => {
    expect(text({})).toBe(`${CURSOR}}\n`)
    expect(text({ debug: 'Stream timeout reached' })).toBe(
      `${CURSOR},"info":{"debug":"Stream timeout reached"}}\n`,
    )
  })
})

describe('a line of a low-level stream', () => {
  it('has a cursor of a partition and an offset, and no remark', () => {
    const offset = '001-0001-000000000000000003'
    const partition = { event_type: 'e', partition: '0' }
    const batch = { partition, ordinal: 3, isStart: false, events: [], debug: 'nothing' }
    const line = new TextDecoder().decode(eventStreamLine(batch, offset))
    expect(line).toBe(`{"cursor":{"partition":"0","offset":"${offset}"}}\n`)
  })
})
