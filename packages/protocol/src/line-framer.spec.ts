import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { createLineFramer, LineTooLongError } from './line-framer.ts'

const UNLIMITED = Number.MAX_SAFE_INTEGER

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (line: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(line)

/** Feeds the chunks to one framer and returns the lines that came out as text. */
function linesOf(chunks: readonly Uint8Array[], maxLineBytes = UNLIMITED) {
  const lines: string[] = []
  const framer = createLineFramer({ maxLineBytes, onLine: (line) => lines.push(text(line)) })
  for (const chunk of chunks) framer.feed(chunk)
  return { lines, unterminated: framer.end() }
}

/** The same bytes as chunks that begin at the given positions. */
function cut(whole: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const edges = [0, ...positions.toSorted((a, b) => a - b), whole.length]
  return edges.slice(1).map((edge, index) => whole.slice(edges[index], edge))
}

describe('a byte stream', () => {
  const table = [
    { title: 'gives one line per line feed', given: 'a\nb\n', want: ['a', 'b'], left: 0 },
    { title: 'may end its lines in CR LF', given: 'a\r\nb\n', want: ['a', 'b'], left: 0 },
    { title: 'keeps a CR that is not before a line feed', given: 'a\rb\n', want: ['a\rb'], left: 0 },
    { title: 'drops one CR at a line end', given: 'a\r\r\n', want: ['a\r'], left: 0 },
    { title: 'has no empty lines', given: '\n\r\na\n\n', want: ['a'], left: 0 },
    { title: 'may be empty', given: '', want: [], left: 0 },
    { title: 'never gives its unterminated end as a line', given: 'a\nfür', want: ['a'], left: 4 },
    { title: 'is unterminated after a lone CR', given: 'a\r', want: [], left: 2 },
  ]

  for (const { title, given, want, left } of table) {
    it(title, () => expect(linesOf([bytes(given)])).toEqual({ lines: want, unterminated: left }))
  }

  it('gives the same lines wherever one batch is cut in three', () => {
    const line = '{"cursor":{"partition":"0"},"events":[{"a":"ნაკადი 𝄞"}]}'
    const whole = bytes(`${line}\r\n\n${line}\n{"tail`)
    for (let first = 0; first <= whole.length; first++) {
      for (let second = first; second <= whole.length; second++) {
        expect(linesOf(cut(whole, [first, second]))).toEqual({ lines: [line, line], unterminated: 6 })
      }
    }
  })

  it('gives the lines of its text, wherever it is cut', () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'ü', '𝄞', ' ') }))
    fc.assert(
      fc.property(lines, fc.array(fc.nat()), (words, cuts) => {
        const whole = bytes(words.join('\n'))
        const pieces = words.join('\n').split('\n')
        const rest = pieces.pop() ?? ''
        const chunks = cut(
          whole,
          cuts.map((position) => position % (whole.length + 1)),
        )
        expect(linesOf(chunks)).toEqual({
          lines: pieces.map((piece) => piece.replace(/\r$/, '')).filter((piece) => piece !== ''),
          unterminated: bytes(rest).length,
        })
      }),
    )
  })

  it('gives any bytes unchanged, valid text or not', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1 })), (chunks) => {
        const out: number[] = []
        const framer = createLineFramer({ maxLineBytes: UNLIMITED, onLine: (line) => out.push(...line, 10) })
        for (const chunk of chunks) framer.feed(chunk)
        const kept = (all: readonly number[]) => all.filter((byte) => byte !== 10 && byte !== 13)
        const whole = chunks.flatMap((chunk) => [...chunk])
        expect(kept(out)).toEqual(kept(whole.slice(0, whole.lastIndexOf(10) + 1)))
      }),
    )
  })
})

describe('a line', () => {
  afterEach(() => vi.restoreAllMocks())

  it('is a view of the chunk when it lies in one', () => {
    const chunk = bytes('ab\ncd\n')
    const buffers: unknown[] = []
    createLineFramer({ maxLineBytes: 2, onLine: (line) => buffers.push(line.buffer) }).feed(chunk)
    expect(buffers).toEqual([chunk.buffer, chunk.buffer])
    expect(buffers[0]).toBe(chunk.buffer)
  })

  it('costs one copy of its bytes when it lies in many chunks, and none when it lies in one', () => {
    const set = vi.spyOn(Uint8Array.prototype, 'set')
    const copiedBytes = () => set.mock.calls.reduce((sum, [source]) => sum + source.length, 0)
    const framer = createLineFramer({ maxLineBytes: UNLIMITED, onLine: () => undefined })

    framer.feed(bytes('whole\nwhole\n'))
    expect(copiedBytes()).toBe(0)

    for (let n = 0; n < 10_000; n++) framer.feed(bytes('x'))
    expect(copiedBytes()).toBe(0)

    framer.feed(bytes('y\nwhole\n'))
    expect(copiedBytes()).toBe(10_001)
  })
})

describe('a line limit', () => {
  it('admits a line of exactly that many bytes, its CR counted', () => {
    expect(linesOf([bytes('abc\nab\r\n')], 3).lines).toEqual(['abc', 'ab'])
  })

  it('refuses a longer line with an error that names the limit', () => {
    expect(() => linesOf([bytes('abcd\n')], 3)).toThrow(new LineTooLongError(3))
    expect(new LineTooLongError(3)).toMatchObject({
      maxLineBytes: 3,
      message: 'a line is longer than the limit of 3 bytes',
    })
  })

  it('refuses a line that never ends as soon as it exceeds the limit', () => {
    const framer = createLineFramer({ maxLineBytes: 10, onLine: () => undefined })
    for (let n = 0; n < 10; n++) framer.feed(bytes('x'))
    expect(() => framer.feed(bytes('x'))).toThrow(LineTooLongError)
  })

  it('gives the lines before the long one first, and nothing after it', () => {
    const lines: string[] = []
    const framer = createLineFramer({ maxLineBytes: 3, onLine: (line) => lines.push(text(line)) })
    expect(() => framer.feed(bytes('a\nb\nlong line\nc\n'))).toThrow(LineTooLongError)
    expect(() => framer.feed(bytes('\nd\n'))).toThrow(LineTooLongError)
    expect(lines).toEqual(['a', 'b'])
  })

  it('is met or exceeded alike wherever the bytes are cut', () => {
    const whole = fc.string({ unit: fc.constantFrom('a', '\n', '\r') }).map(bytes)
    const outcome = (chunks: readonly Uint8Array[]) => {
      const lines: string[] = []
      const framer = createLineFramer({ maxLineBytes: 4, onLine: (line) => lines.push(text(line)) })
      try {
        for (const chunk of chunks) framer.feed(chunk)
        return { lines, exceeded: false }
      } catch {
        return { lines, exceeded: true }
      }
    }
    fc.assert(
      fc.property(whole, fc.array(fc.nat()), (all, cuts) => {
        const positions = cuts.map((position) => position % (all.length + 1))
        expect(outcome(cut(all, positions))).toEqual(outcome([all]))
      }),
    )
  })
})
