import { describe, expect, it } from 'vitest'
import type { LogRecord } from './log-record.ts'
import { commit, committable, createBuffer, discard, nextOffset, receive } from './partition-buffer.ts'

function records(...offsets: readonly number[]): readonly LogRecord[] {
  return offsets.map((offset) => ({ offset, at: 0, value: new Uint8Array(10) }))
}

const partition = { event_type: 'e', partition: '0' }

/** Events 0 to 5 are sent, 6 waits, 7 and 8 are skipped. */
const sent = {
  ...receive(
    createBuffer(partition, -1, 0),
    { records: records(6), skipped: [{ after: 6, through: 8 }], through: 8 },
    0,
  ),
  sent: 5,
}

describe('a commit', () => {
  it('of what was sent keeps what waits', () => {
    const after = commit(sent, 3)
    expect(after).toMatchObject({ committed: 3, sent: 5, bytes: 10 })
    expect(nextOffset(after)).toBe(9)
  })

  it('beyond what was sent leaves out the events up to it', () => {
    expect(commit(sent, 6)).toMatchObject({ committed: 6, sent: 6, records: [], bytes: 0 })
    expect(nextOffset(commit(sent, 6))).toBe(9)
    expect(nextOffset(commit(sent, 20))).toBe(21)
  })

  it('before the last one starts over from there', () => {
    const after = commit(commit(sent, 3), 1)
    expect(after).toMatchObject({ committed: 1, sent: 1, records: [], skipped: [], bytes: 0 })
    expect(nextOffset(after)).toBe(2)
  })

  it('lets the broker commit what is skipped after it', () => {
    expect(committable(commit(sent, 5))).toBeUndefined()
    expect(committable(commit(sent, 6))).toBe(8)
    expect(committable(commit(sent, 8))).toBeUndefined()
  })
})

describe('discarding what waits', () => {
  it('goes back to what was sent', () => {
    expect(discard(sent)).toMatchObject({ sent: 5, records: [], skipped: [], bytes: 0 })
    expect(nextOffset(discard(sent))).toBe(6)
  })
})
