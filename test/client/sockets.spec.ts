// Every body is read or given up, whatever the answer was (client.md 3, rows 14 and 15).

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type ClientOptions, createClient, type NakadiError } from '@rioni/client'
import { Agent } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server that answers each request in the same way, and counts its connections. */
async function answering(answer: (response: ServerResponse) => void) {
  const connections = { made: 0, open: 0 }
  const server = createServer((_, response) => answer(response))
  server.on('connection', (socket) => {
    connections.made += 1
    connections.open += 1
    socket.on('close', () => {
      connections.open -= 1
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return { connections, baseUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` }
}

const kilobyte = 'x'.repeat(1024)
const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'a problem': (response) =>
    response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"title":"no"}'),
  'a refused token': (response) => response.writeHead(401).end(kilobyte),
  'an OAuth error': (response) => response.writeHead(403).end('{"error":"insufficient_scope"}'),
  'a page': (response) =>
    response.writeHead(400, { 'content-type': 'text/html' }).end(`<html>${kilobyte}</html>`),
  'plain text': (response) => response.writeHead(418).end(kilobyte),
  'nothing at all': (response) => response.writeHead(400).end(),
  'a redirect': (response) => response.writeHead(302, { location: '/' }).end(kilobyte),
  'a page instead of JSON': (response) => response.writeHead(200).end(`<html>${kilobyte}</html>`),
}

const endless = (response: ServerResponse) => {
  response.writeHead(500)
  const more = () => response.destroyed || response.write(kilobyte.repeat(64), more)
  more()
}

for (const transport of ['undici', 'fetch'] as const) {
  const options = (): Partial<ClientOptions> => {
    if (transport === 'fetch') return { transport }
    const dispatcher = new Agent()
    closing.push(() => dispatcher.destroy())
    return { dispatcher }
  }

  describe(`over ${transport}, a connection`, () => {
    for (const [what, answer] of Object.entries(answers)) {
      it(`is used again after ${what}`, async () => {
        const { connections, baseUrl } = await answering(answer)
        const client = createClient({ baseUrl, token: 'token', ...options() })
        for (let n = 0; n < 20; n++) await failing(client.eventTypes.list())
        // The next call may be faster than the pool, so there may be a second one.
        expect(connections.made).toBeLessThanOrEqual(2)
      })
    }

    it('does not wait for somebody to read a long explanation', async () => {
      const { connections, baseUrl } = await answering((response) =>
        response.writeHead(401).end(kilobyte.repeat(1024)),
      )
      const client = createClient({ baseUrl, token: () => 'token', ...options() })
      for (let n = 0; n < 20; n++) await failing(client.eventTypes.list())
      await expect.poll(() => connections.open).toBeLessThanOrEqual(1)
    })

    it('is closed when the explanation has no end', async () => {
      const { connections, baseUrl } = await answering(endless)
      const client = createClient({ baseUrl, retry: { maxAttempts: 1 }, ...options() })
      for (let n = 0; n < 5; n++) await failing(client.eventTypes.list())
      await expect.poll(() => connections.open).toBe(0)
    })

    it('is closed when the caller gives up', async () => {
      const { connections, baseUrl } = await answering((response) => response.writeHead(200).write('['))
      const client = createClient({ baseUrl, ...options() })
      const controller = new AbortController()
      const calls = [1, 2, 3].map(() => failing(client.eventTypes.list({ signal: controller.signal })))
      await expect.poll(() => connections.open).toBe(3)
      controller.abort()
      expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(['aborted', 'aborted', 'aborted'])
      await expect.poll(() => connections.open).toBe(0)
    })
  })
}

function failing(call: Promise<unknown>): Promise<NakadiError> {
  return call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: NakadiError) => error,
  )
}
