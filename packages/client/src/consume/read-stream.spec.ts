import { describe, expect, it } from 'vitest'
import { readBatchLine } from './batch-line.ts'
import { readStream } from './read-stream.ts'

const cursor = { partition: '0', offset: '1', event_type: 'e', cursor_token: 't' }
const events = `${JSON.stringify({ cursor, events: [{ n: 1 }] })}\n`
const keepAlive = `${JSON.stringify({ cursor })}\n`
const timeout = `${JSON.stringify({ cursor, info: { debug: 'Stream timeout reached' } })}\n`

async function* chunksOf(chunks: readonly (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    if (chunk instanceof Error) throw chunk
    yield new TextEncoder().encode(chunk)
  }
}

/** Reads a stream of these chunks: how many lines had events, and why it ended. */
async function read(chunks: readonly (string | Error)[], keepAliveLimit = 0) {
  let lines = 0
  const reason = await readStream(
    { body: chunksOf(chunks) },
    {
      maxLineBytes: 1000,
      keepAliveLimit,
      readLine: readBatchLine,
      onLine: ({ hasEvents }) => {
        lines += hasEvents ? 1 : 0
      },
      ready: async () => undefined,
    },
  )
  return [lines, reason.kind]
}

describe('a stream', () => {
  const table: readonly {
    title: string
    given: readonly (string | Error)[]
    want: readonly [number, string]
  }[] = [
    { title: 'may end without a word', given: [events], want: [1, 'ended'] },
    { title: 'may say why it ends', given: [events, timeout], want: [1, 'stream-timeout'] },
    {
      title: 'has ended for the reason it gave, even if its connection breaks then',
      given: [timeout, new Error('reset')],
      want: [0, 'stream-timeout'],
    },
    {
      title: 'is broken when its connection breaks',
      given: [events, new Error('reset')],
      want: [1, 'broken'],
    },
    {
      title: 'is broken when it ends inside a line',
      given: [events, events.slice(0, -1)],
      want: [1, 'broken'],
    },
    { title: 'is broken when a line is no batch', given: [events, '<html>\n', events], want: [1, 'broken'] },
    {
      title: 'is unreadable when a line is too long',
      given: [events, 'x'.repeat(2000)],
      want: [1, 'unreadable'],
    },
    { title: 'may be cut into chunks anywhere', given: [...(events + events)], want: [2, 'ended'] },
  ]
  for (const { title, given, want } of table) it(title, async () => expect(await read(given)).toEqual(want))

  it('has ended by its keep-alive limit when nothing new came for that long', async () => {
    expect(await read([events, keepAlive, keepAlive], 2)).toEqual([1, 'keep-alive-limit'])
    expect(await read([keepAlive, keepAlive, events], 2)).toEqual([1, 'ended'])
  })
})
