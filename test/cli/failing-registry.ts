// A registry that fails when a test wants it to: a server before the broker of a scene.

import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

/** What becomes of a request: it is passed on, its connection is cut, or it is answered with 403. */
type Fate = 'pass' | 'cut' | 'forbid'

/** A running server. */
interface FailingRegistry extends AsyncDisposable {
  readonly url: string
}

/** Starts the server. `fateOf` is told which request it is, counted from 1. */
export async function startFailingRegistry(
  broker: string,
  fateOf: (count: number) => Fate,
): Promise<FailingRegistry> {
  let count = 0
  const server = createServer(async (request, response) => {
    count += 1
    const fate = fateOf(count)
    if (fate === 'cut') return request.socket.destroy()
    const answer = fate === 'forbid' ? forbidden() : await passOn(broker, request)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    return response.end(await answer.text())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function forbidden(): Response {
  const problem = { type: 'about:blank', title: 'Forbidden', status: 403, detail: 'not yours' }
  return new Response(JSON.stringify(problem), {
    status: 403,
    headers: { 'content-type': 'application/problem+json' },
  })
}

async function passOn(broker: string, request: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { method = 'GET', url = '/', headers } = request
  return fetch(new URL(url, broker), {
    method,
    headers: { 'content-type': headers['content-type'] ?? 'application/json' },
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  })
}
