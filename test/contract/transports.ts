/**
 * The ways in which a request gets to the broker. Every specification of this folder runs on each of them, so that
 * the server, the mock and the bare function are the same broker or the suite fails.
 */

import type { Broker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import { nakadiHandlers } from '@rioni/mock'
import { nakadiInterceptor } from '@rioni/mock/undici'
import { setupServer } from 'msw/node'
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici'

/** One way to reach a broker. */
export interface Transport {
  readonly name: 'direct' | 'node' | 'msw' | 'undici'
  connect(broker: Broker): Promise<Connection>
}

/** A broker within reach. */
export interface Connection {
  readonly baseUrl: string
  fetch(request: Request): Promise<Response>
  close(): Promise<void>
}

/** A function call: no bytes travel. */
const direct: Transport = {
  name: 'direct',
  connect: async (broker) => ({
    baseUrl: 'http://direct.test',
    fetch: async (request) => inflated(await broker.fetch(request)),
    close: async () => {},
  }),
}

/** What every `fetch` does with a compressed body. The header stays. */
function inflated(response: Response): Response {
  const { body, headers, status } = response
  if (body === null || headers.get('content-encoding') !== 'gzip') return response
  return new Response(body.pipeThrough(new DecompressionStream('gzip')), { status, headers })
}

/** A server on a loopback port, real sockets, and the fetch that Node brings. */
const node: Transport = {
  name: 'node',
  connect: async (broker) => {
    const server = await serve(broker, { port: 0 })
    return { baseUrl: server.url, fetch: (request) => fetch(request), close: () => server.close() }
  },
}

/** Node's fetch, answered by MSW as in a test of an application. */
const msw: Transport = {
  name: 'msw',
  connect: async (broker) => {
    const baseUrl = 'https://nakadi.example.org'
    const server = setupServer(...nakadiHandlers(broker, baseUrl))
    server.listen({ onUnhandledRequest: 'error' })
    return { baseUrl, fetch: (request) => fetch(request), close: async () => server.close() }
  },
}

/** Node's fetch, answered by an interceptor of the undici beneath it. */
const undici: Transport = {
  name: 'undici',
  connect: async (broker) => {
    const baseUrl = 'https://nakadi.example.org'
    const network = getGlobalDispatcher()
    const agent = new Agent()
    setGlobalDispatcher(agent.compose(nakadiInterceptor(broker, baseUrl)))
    const close = async () => {
      setGlobalDispatcher(network)
      await agent.close()
    }
    return { baseUrl, fetch: (request) => fetch(request), close }
  },
}

/** All of them, the simplest first. */
export const transports: readonly Transport[] = [direct, node, msw, undici]
