import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { parseEvents } from './batch-line.ts'
import { longLineBytes, parseInPieces } from './parse-in-pieces.ts'

const front = '{"cursor":{"partition":"0","offset":"1"},"events":['
const lineOf = (events: readonly unknown[]) =>
  Buffer.from(`${front}${events.map((event) => JSON.stringify(event)).join(',')}]}`)
const orders = (count: number, note: string) =>
  Array.from({ length: count }, (_, i) => ({ metadata: { eid: String(i) }, lines: [{ note }, { note }] }))

describe('a line that is long', () => {
  it('is parsed in texts that are short', () => {
    const events = orders(300, 'ü'.repeat(400))
    const parse = vi.fn(JSON.parse)
    expect(parseInPieces(lineOf(events), front.length, parse)).toEqual(events)
    expect(Math.max(...parse.mock.calls.map(([text]) => text.length))).toBeLessThan(65_000)
  })

  const nested = { metadata: { eid: 'x' } }
  const table = [
    { title: 'objects that begin like an event', event: { metadata: [nested, nested, nested] } },
    { title: 'texts that look like two events', event: { metadata: '},{"metadata":},{"metadata":' } },
    { title: 'no key in common', event: ['},{', { a: 1 }, 5] },
    { title: 'characters of four bytes', event: { metadata: '\u{1f600}'.repeat(999) } },
  ]
  for (const { title, event } of table) {
    it(`is read whatever is in it: ${title}`, () => {
      const events = Array.from({ length: 5_000 }, () => event)
      expect(parseEvents(lineOf(events))).toEqual(events)
    })
  }

  it('is read when one event is longer than a piece', () => {
    const events = [...orders(2, 'short'), ...orders(1, 'x'.repeat(longLineBytes)), ...orders(2, 'short')]
    expect(parseEvents(lineOf(events))).toEqual(events)
  })

  it('is refused when it was damaged', () => {
    const line = lineOf(orders(300, 'x'.repeat(400)))
    line.write('}', longLineBytes)
    line.write('"', line.length - 3)
    expect(() => parseEvents(line)).toThrow(/is no batch/)
  })

  it('has the events that JSON.parse finds', () => {
    const anyEvent = fc.record(
      { metadata: fc.jsonValue(), data: fc.jsonValue() },
      { requiredKeys: ['metadata'] },
    )
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 9 }), fc.nat(40_000), (some, size) => {
        const events = Array.from({ length: 9 }, (_, i) => ({
          ...some[i % some.length],
          note: 'y'.repeat(size),
        }))
        const line = lineOf(events)
        expect(parseEvents(line)).toEqual(JSON.parse(line.toString()).events)
      }),
      { numRuns: 30 },
    )
  })
})
