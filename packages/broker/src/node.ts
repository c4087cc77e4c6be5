/**
 * Brings a broker to a port: translates between `node:http` and the fetch API, and knows nothing else. What
 * that API has no `Request` for (the methods TRACE and CONNECT) is cut off without an answer.
 *
 * @module
 */

import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Broker } from './broker.ts'
import { sendBody } from './send-body.ts'
import { type ServeOptions, toNodeLimits } from './serve-options.ts'
import { setHeaders } from './set-headers.ts'

export type { ServeOptions, ServerLimits, SlowClient } from './serve-options.ts'

/** A listening server. */
export interface NodeServer {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Resolves when the responses that are under way have been sent. Close the broker first, so that they end. */
  finish(): Promise<void>
  /** Stops listening and breaks off unfinished responses. */
  close(): Promise<void>
}

/** Serves a broker over HTTP. Rejects when the port cannot be had. */
export async function serve(broker: Pick<Broker, 'fetch'>, options: ServeOptions): Promise<NodeServer> {
  const { port: wanted, host = '127.0.0.1' } = options
  const limits = toNodeLimits(options)
  const exchanges = new Map<AbortController, Promise<void>>()
  const server = createServer(limits.server, (incoming, outgoing) => {
    const exchange = new AbortController()
    const sent = new Promise<void>((resolve) => outgoing.on('close', resolve))
    exchanges.set(exchange, sent)
    outgoing.on('close', () => {
      exchanges.delete(exchange)
      if (!outgoing.writableFinished) exchange.abort(new Error('The client has closed the connection.'))
    })
    const send = async () => {
      const { status, headers, body } = await broker.fetch(toRequest(incoming, exchange.signal))
      outgoing.statusCode = status
      setHeaders(outgoing, headers)
      await sendBody(outgoing, body, { ...limits, signal: exchange.signal })
    }
    const refusal = limits.refuse(incoming)
    // A response that is cut short must not look complete, so its connection is destroyed.
    if (refusal === undefined) send().catch(() => outgoing.destroy())
    else outgoing.writeHead(refusal, { Connection: 'close' }).end()
  })
  await once(Object.assign(server, limits.settings).listen(wanted, host), 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : wanted
  const finish = async () => {
    await Promise.all(exchanges.values())
  }
  const close = async () => {
    for (const exchange of exchanges.keys()) exchange.abort(new Error('The server is closing.'))
    const closed = once(server.close(), 'close')
    // Clients open connections ahead of need. One that has carried no request yet would hold up the close.
    server.closeAllConnections()
    await closed
  }
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port, finish, close }
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', url = '/', headers } = incoming
  const body = /^(GET|HEAD)$/.test(method) ? {} : { body: Readable.toWeb(incoming), duplex: 'half' as const }
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  // An absolute target loses its host. Joined as text: the URL parser would take the path `//x` for one.
  const target = `http://localhost${url.replace(/^https?:\/\/[^/?]*/i, '')}`
  return new Request(target, { method, headers: pairs, signal, ...body })
}
