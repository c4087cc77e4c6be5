// A consumer that costs next to nothing: it looks for the ends of lines and for the cursors, and parses nothing.

import { request } from 'undici'

/** How much to consume, and where to commit. */
export interface Consumption {
  /** Lines of 100 events each are read until there have been so many. */
  readonly events: number
  /** Without it nothing is committed. */
  readonly commitTo?: string
}

const EVENTS_PER_LINE = 100
const LINE_FEED = 0x0a
/** Enough for the cursor at the beginning of a line. */
const HEAD_BYTES = 250

/** Reads a stream of full batches and commits the newest cursors after every chunk. Resolves with the bytes read. */
export async function consumeLines(url: string, { events, commitTo }: Consumption): Promise<number> {
  const { body, headers } = await request(url)
  const streamId = String(headers['x-nakadi-streamid'])
  let seen = 0
  let bytes = 0
  let line: Buffer[] = []
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length
    const cursors = new Map<string, object>()
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const head = Buffer.concat([...line, chunk.subarray(start, end)]).toString('latin1', 0, HEAD_BYTES)
      const { cursor } = JSON.parse(`${head.slice(0, head.indexOf('}') + 1)}}`)
      cursors.set(cursor.partition, cursor)
      if (head.includes('"events"')) seen += EVENTS_PER_LINE
      line = []
      start = end + 1
    }
    line.push(chunk.subarray(start, start + HEAD_BYTES))
    if (seen >= events) break
    if (commitTo !== undefined && cursors.size > 0) void commit(commitTo, streamId, [...cursors.values()])
  }
  return bytes
}

async function commit(url: string, streamId: string, items: readonly object[]): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-nakadi-streamid': streamId }
  const { body } = await request(url, { method: 'POST', headers, body: JSON.stringify({ items }) })
  await body.dump()
}
