// The least that a broker can do for a consumer: one subscription, streams of lines that are ready in memory, and commits
// that are thrown away. So what is measured is the client.
// GET /subscriptions/s/events?stream_limit=N streams N events in lines of 100; every other request is answered at once.

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { benchEventType, benchLine } from './workload.ts'

const EVENT_BYTES = Number(process.argv[2])
const EVENTS_PER_LINE = 100
const LINES = Array.from({ length: 8 }, (_, i) => Buffer.from(benchLine(i, EVENT_BYTES)))

const server = createServer((request, response) => {
  request.resume()
  const url = new URL(request.url ?? '/', 'http://bench')
  if (url.pathname.endsWith('/events')) void stream(response, Number(url.searchParams.get('stream_limit')))
  else if (url.pathname.endsWith('/cursors')) response.writeHead(204).end()
  else response.setHeader('content-type', 'application/json').end(subscription)
})

const subscription = JSON.stringify({ id: 's', event_types: [benchEventType.name] })

async function stream(response: ServerResponse, events: number): Promise<void> {
  response.writeHead(200, { 'x-nakadi-streamid': 'stream' })
  const left = { lines: Math.ceil(events / EVENTS_PER_LINE) }
  for (; left.lines > 0 && !response.destroyed; left.lines -= 1) {
    if (!response.write(LINES[left.lines % LINES.length])) await once(response, 'drain').catch(() => {})
  }
  response.end(END)
}

/** The broker's last words when a stream limit is reached. */
const END = `${LINES[0]?.toString().split(',"events"')[0]},"info":{"debug":"Stream limit in events reached: 1"}}\n`

await once(server.listen(0, '127.0.0.1'), 'listening')
console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`)
process.on('SIGTERM', () => process.exit(0))
