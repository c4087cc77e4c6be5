/**
 * Brings a broker to a port: translates between `node:http` and the fetch API, and knows nothing else. What
 * that API has no `Request` for (the methods TRACE and CONNECT) is cut off without an answer.
 *
 * @module
 */

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Broker } from './broker.ts'

/** Where to listen. */
export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** @default '127.0.0.1' */
  readonly host?: string
}

/** A listening server. */
export interface NodeServer {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Stops listening and breaks off unfinished responses. Close the broker first to let them finish. */
  close(): Promise<void>
}

/** Against clients that hold a connection without using it. A response may take as long as it likes. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 }

/** Serves a broker over HTTP. Rejects when the port cannot be had. */
export async function serve(broker: Pick<Broker, 'fetch'>, options: ServeOptions): Promise<NodeServer> {
  const { port: wanted, host = '127.0.0.1' } = options
  const exchanges = new Set<AbortController>()
  const server = createServer(TIMEOUTS, (incoming, outgoing) => {
    const exchange = new AbortController()
    exchanges.add(exchange)
    outgoing.on('close', () => {
      exchanges.delete(exchange)
      if (!outgoing.writableFinished) exchange.abort(new Error('The client has closed the connection.'))
    })
    const request = async () => await broker.fetch(toRequest(incoming, exchange.signal))
    // A response that is cut short must not look complete, so its connection is destroyed.
    send(request(), outgoing, exchange.signal).catch(() => outgoing.destroy())
  })
  await once(server.listen(wanted, host), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : wanted
  const close = async () => {
    for (const exchange of exchanges) exchange.abort(new Error('The server is closing.'))
    const closed = once(server.close(), 'close')
    // Clients open connections ahead of need. One that has carried no request yet would hold up the close.
    server.closeAllConnections()
    await closed
  }
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port, close }
}

async function send(answer: Promise<Response>, outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
  const { status, headers, body } = await answer
  outgoing.statusCode = status
  outgoing.setHeaders(headers)
  if (body !== null && !headers.has('Content-Length')) outgoing.flushHeaders()
  for await (const chunk of body ?? []) {
    if (!outgoing.write(chunk)) await once(outgoing, 'drain', { signal })
  }
  outgoing.end()
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', url = '/', headers } = incoming
  const body = /^(GET|HEAD)$/.test(method) ? {} : { body: Readable.toWeb(incoming), duplex: 'half' as const }
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  // An absolute target loses its host. Joined as text: the URL parser would take the path `//x` for one.
  const target = `http://localhost${url.replace(/^https?:\/\/[^/?]*/i, '')}`
  return new Request(target, { method, headers: pairs, signal, ...body })
}
