import { describe, expect, it } from 'vitest'
import { parseEvents, readBatchLine } from './batch-line.ts'

const cursor = {
  partition: '0',
  offset: '001-0001-000000000000000042',
  event_type: 'order.placed',
  cursor_token: 't',
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

describe('a line of a stream', () => {
  it('has a cursor and events', () => {
    const line = bytes(JSON.stringify({ cursor, events: [{ n: 1 }, { n: 'ნ' }] }))
    expect(readBatchLine(line)).toEqual({ cursor, hasEvents: true, closeReason: undefined })
    expect(parseEvents(line)).toEqual([{ n: 1 }, { n: 'ნ' }])
  })

  it('is read without parsing its events', () => {
    const line = bytes(`{"cursor":${JSON.stringify(cursor)},"events":[this is no JSON`)
    expect(readBatchLine(line)).toMatchObject({ cursor, hasEvents: true })
    expect(() => parseEvents(line)).toThrow(/no batch/)
  })

  it('is a keep-alive batch without events', () => {
    const line = bytes(JSON.stringify({ cursor }))
    expect(readBatchLine(line)).toEqual({ cursor, hasEvents: false, closeReason: undefined })
    expect(parseEvents(line)).toEqual([])
  })

  it('may have its members in any order', () => {
    const line = bytes(JSON.stringify({ info: { debug: 'Stream started' }, events: [{ n: 1 }], cursor }))
    expect(readBatchLine(line)).toMatchObject({ cursor, hasEvents: true })
  })

  it('may have a brace in a string of its cursor', () => {
    const odd = { ...cursor, cursor_token: 'a}b"c' }
    const line = bytes(JSON.stringify({ cursor: odd, events: [{ n: 1 }] }))
    expect(readBatchLine(line)).toMatchObject({ cursor: odd, hasEvents: true })
  })

  it('is read where it lies inside a larger chunk', () => {
    const text = JSON.stringify({ cursor, events: [{ n: 1 }] })
    const chunk = bytes(`xxxxx${text}yyyyy`)
    const line = chunk.subarray(5, 5 + text.length)
    expect(readBatchLine(line)).toMatchObject({ cursor })
    expect(parseEvents(line)).toEqual([{ n: 1 }])
  })

  const table = [
    { title: 'is no batch when it is no JSON', given: '<html>Bad Gateway</html>' },
    { title: 'is no batch without a cursor', given: '{"events":[]}' },
    { title: 'is no batch with half a cursor', given: '{"cursor":{"partition":"0"},"events":[{}]}' },
    { title: 'is no batch when its events are no list', given: JSON.stringify({ cursor, events: 7 }) },
    { title: 'is no batch when it is null', given: 'null' },
  ]
  for (const { title, given } of table) {
    it(title, () => expect(() => readBatchLine(bytes(given))).toThrow(/\[protocol\] A line of \d+ bytes/))
  }
})

describe('a remark on a line without events', () => {
  const table = [
    { given: 'Stream timeout reached', want: 'stream-timeout' },
    { given: 'Commit timeout reached', want: 'commit-timeout' },
    { given: 'Resetting subscription cursors', want: 'cursors-reset' },
    { given: 'Stream limit in events reached: 10', want: 'stream-limit' },
    { given: 'Consumption is blocked', want: 'blocked' },
    { given: 'Stream started', want: undefined },
  ]
  for (const { given, want } of table) {
    it(`"${given}" announces ${want === undefined ? 'no end' : `the end by ${want}`}`, () => {
      const line = bytes(JSON.stringify({ cursor, info: { debug: given } }))
      expect(readBatchLine(line).closeReason?.kind).toBe(want)
    })
  }
})
