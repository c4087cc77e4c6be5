// The broker: its parts put together, and the frame around every request.

import { createAccess } from './http/access.ts'
import { createRoute } from './http/app.ts'
import type { BrokerContext } from './http/handler.ts'
import { problem, shuttingDown } from './http/problem.ts'
import { refuseEncoding } from './http/request-body.ts'
import { type BrokerOptions, normalizeBrokerOptions } from './options.ts'
import { alphanumeric } from './random.ts'
import { createStreamRegistry } from './streaming/stream-registry.ts'

/** A broker that speaks the Nakadi API. */
export interface Broker {
  /**
   * Answers one HTTP request. Never rejects: a failure is a response with a problem document. The
   * scheme, host and port of the URL do not matter.
   */
  fetch(request: Request): Promise<Response>
  /**
   * Ends all streams, those too that are just being opened, and closes the storage. Requests after that
   * are answered 503. Closing again does nothing.
   */
  close(): Promise<void>
}

const FLOW_ID_LENGTH = 24
const REFERENCE_LENGTH = 24

/** Creates a broker. It needs no port and no file; adapters bring it to HTTP. */
export function createBroker(options: BrokerOptions = {}): Broker {
  const { onInternalError, ...environment } = normalizeBrokerOptions(options)
  const { random, storage } = environment
  const access = createAccess(storage.commands, environment)
  const context: BrokerContext = { ...environment, access, streams: createStreamRegistry() }
  const route = createRoute(context)
  let closing: Promise<void> | undefined

  async function answer(request: Request, flowId: string): Promise<Response> {
    if (closing !== undefined) return shuttingDown()
    if (isSuspicious(new URL(request.url).pathname))
      return problem(400, 'The path of the request was rejected')
    return refuseEncoding(request) ?? (await route(request, flowId))
  }

  function fail(error: unknown): Response {
    const reference = `ETI${alphanumeric(random, REFERENCE_LENGTH)}`
    try {
      onInternalError(error, reference)
    } catch {
      // Whoever is told has failed too. The client is answered all the same.
    }
    return problem(500, `An internal error happened. Please report it. (${reference})`)
  }

  async function shutdown(): Promise<void> {
    await context.streams.shutdown()
    await storage.close()
  }

  return {
    async fetch(request) {
      let flowId = ''
      try {
        flowId = request.headers.get('X-Flow-Id') ?? alphanumeric(random, FLOW_ID_LENGTH)
        return withFlowId(await answer(request, flowId), flowId)
      } catch (error) {
        return withFlowId(fail(error), flowId)
      }
    },
    close() {
      closing ??= shutdown()
      return closing
    },
  }
}

function withFlowId(response: Response, flowId: string): Response {
  response.headers.set('X-Flow-Id', flowId)
  return response
}

/**
 * Paths that mean different things to different software: empty segments, parameters in a segment, and
 * encoded slashes, backslashes, dots or percent signs. The real broker's firewall rejects them too.
 */
function isSuspicious(path: string): boolean {
  return /\/\/|;|%2f|%5c|%2e|%25/i.test(path)
}
