import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type InputItem, readEvents } from './event-reader.ts'
import { findInexactNumber } from './inexact-number.ts'

const encoder = new TextEncoder()

async function* chunksOf(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
}

/** Reads `input` to its end; the second value is the error that ended it. */
async function read(input: string | Uint8Array, chunkBytes = 1_000): Promise<[InputItem[], unknown]> {
  const items: InputItem[] = []
  const bytes = typeof input === 'string' ? encoder.encode(input) : input
  try {
    for await (const item of readEvents(chunksOf(bytes, chunkBytes))) items.push(item)
    return [items, undefined]
  } catch (error) {
    return [items, error]
  }
}

function event(place: string, value: object): InputItem {
  return { kind: 'event', place, event: value, bytes: expect.any(Number) }
}

describe('input of events', () => {
  it.each([
    { given: 'nothing', text: '', want: [] },
    { given: 'white space', text: ' \n\n', want: [] },
    {
      given: 'lines',
      text: '{"a":1}\n{"a":2}\n',
      want: [event('line 1', { a: 1 }), event('line 2', { a: 2 })],
    },
    { given: 'a last line without line feed', text: '{"a":1}', want: [event('line 1', { a: 1 })] },
    {
      given: 'lines that end in CR LF',
      text: '{}\r\n{}\r\n',
      want: [event('line 1', {}), event('line 2', {})],
    },
    { given: 'empty lines', text: '\n{}\n\n \n{}\n', want: [event('line 2', {}), event('line 5', {})] },
    { given: 'a byte order mark', text: '\ufeff{}\n', want: [event('line 1', {})] },
    { given: 'an empty array', text: '[]', want: [] },
    {
      given: 'an array',
      text: '\n [{"a":1},\n {"a":2}]\n',
      want: [event('index 0', { a: 1 }), event('index 1', { a: 2 })],
    },
  ])('that is $given gives its events and their places', async ({ text, want }) => {
    expect(await read(text)).toEqual([want, undefined])
    expect(await read(text, 1)).toEqual([want, undefined])
  })

  it('gives the same events however its bytes are split', async () => {
    const exactValue = fc.jsonValue().filter((value) => findInexactNumber(value) === undefined)
    const events = fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), exactValue))
    await fc.assert(
      fc.asyncProperty(
        events,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (values, chunkBytes, asLines) => {
          const text = asLines
            ? values.map((value) => JSON.stringify(value)).join('\n')
            : JSON.stringify(values)
          const [items, error] = await read(text, chunkBytes)
          expect(error).toBeUndefined()
          expect(items.map((item) => item.kind === 'event' && item.event)).toEqual(
            JSON.parse(JSON.stringify(values)),
          )
        },
      ),
    )
  })
})

describe('an element that is no event', () => {
  it.each([
    { given: '{}\n{"a":\n{}', place: 'line 2', reason: 'not JSON' },
    { given: '{}\n"text"\n{}', place: 'line 2', reason: 'not a JSON object' },
    { given: '{}\n[1]\n{}', place: 'line 2', reason: 'not a JSON object' },
    { given: '{}\n{"id":9007199254740993}\n{}', place: 'line 2', reason: 'not exact: the number at /id' },
    { given: '[{},null,{}]', place: 'index 1', reason: 'not a JSON object' },
    { given: '[{},,{}]', place: 'index 1', reason: 'not JSON' },
  ])('in $given is named by its place and leaves its neighbours alone', async ({ given, place, reason }) => {
    const [items, error] = await read(given)
    expect(error).toBeUndefined()
    expect(items.map(({ kind }) => kind)).toEqual(['event', 'malformed', 'event'])
    expect(items[1]).toMatchObject({ place, reason: expect.stringContaining(reason) })
  })

  it('may be bytes that are not UTF-8', async () => {
    const [items] = await read(Uint8Array.of(...encoder.encode('{}\n"'), 0xff, ...encoder.encode('"\n')))
    expect(items[1]).toEqual({ kind: 'malformed', place: 'line 2', reason: 'not UTF-8' })
  })
})

describe('input that cannot be read on', () => {
  it('gives nothing when its first line is no event, because it is some other format', async () => {
    const [items, error] = await read('{\n  "list": [\n    {}\n  ]\n}\n')
    expect(items).toEqual([])
    expect(String(error)).toContain('neither JSON lines nor a JSON array: line 1 is not JSON')
  })

  it('gives the events before the end of an array that is not closed', async () => {
    const [items, error] = await read('[{"a":1},{"a":2}')
    expect(items).toEqual([event('index 0', { a: 1 })])
    expect(String(error)).toContain('the array is not closed')
  })

  it('gives the events before text that follows an array', async () => {
    const [items, error] = await read('[{"a":1}] {}')
    expect(items).toEqual([event('index 0', { a: 1 })])
    expect(String(error)).toContain('text follows the end of the array')
  })

  it('gives the events before a line of more than 8 MiB', async () => {
    const [items, error] = await read(`{"a":1}\n{"a":"${'x'.repeat(8 * 1024 * 1024)}"}\n`, 65_536)
    expect(items).toEqual([event('line 1', { a: 1 })])
    expect(String(error)).toContain('8388608')
  })
})
