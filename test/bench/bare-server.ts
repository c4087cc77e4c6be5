// The least that a server can do for the same bytes: what `node:http` costs when there is no broker in it.
// POST / reads the body and answers 200; POST /parse parses it too. GET /?lines=N streams N lines like those of a broker.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { benchLine } from './workload.ts'

const EVENT_BYTES = Number(process.argv[2])
const LINES = Array.from({ length: 8 }, (_, i) => Buffer.from(benchLine(i, EVENT_BYTES)))

const server = createServer((request, response) => {
  if (request.method === 'POST') void take(request, response)
  else void stream(request, response)
})

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  if (request.url === '/parse') JSON.parse(body.toString())
  response.end()
}

async function stream(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const count = Number(new URL(request.url ?? '/', 'http://bare').searchParams.get('lines'))
  for (let line = 0; line < count; line += 1) {
    if (!response.write(LINES[line % LINES.length])) await once(response, 'drain')
  }
  response.end()
}

await once(server.listen(0, '127.0.0.1'), 'listening')
console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`)
process.on('SIGTERM', () => process.exit(0))
