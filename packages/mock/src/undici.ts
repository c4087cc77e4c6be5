/**
 * Answers undici's own API (`request`, `stream`, `dispatch`) inside a test.
 *
 * Its own entry point, `@rioni/mock/undici`, because its types need undici to be installed.
 *
 * @module
 */

import { getResponse, RequestHandler } from 'msw'
import type { Dispatcher } from 'undici'
import { type BrokerFetch, nakadiHandlers } from './nakadi-handlers.ts'
import { createResponderInterceptor } from './responder-interceptor.ts'

/** What `mswInterceptor` asks for handlers: a server of `setupServer(...)`, or anything that lists them. */
export interface HandlerSource {
  listHandlers(): readonly unknown[]
}

/**
 * Makes a broker answer what undici sends to `baseUrl`; other requests go on to the network.
 *
 * ```ts
 * setGlobalDispatcher(new Agent().compose(nakadiInterceptor(broker, 'https://nakadi.example.org')))
 * ```
 */
export function nakadiInterceptor(
  broker: BrokerFetch,
  baseUrl: string,
): Dispatcher.DispatcherComposeInterceptor {
  const handlers = nakadiHandlers(broker, baseUrl)
  return mswInterceptor({ listHandlers: () => handlers })
}

/**
 * Makes the handlers of an MSW server answer what undici sends. They are listed anew for every request, so
 * `server.use(...)` and `server.resetHandlers()` take effect; what no handler answers goes on to the network.
 * MSW's life-cycle events and `onUnhandledRequest` belong to the server's own interception and do not fire here.
 *
 * @param server the server of `setupServer(...)`; it need not listen
 */
export function mswInterceptor(server: HandlerSource): Dispatcher.DispatcherComposeInterceptor {
  return createResponderInterceptor((request) => getResponse(requestHandlersOf(server), request))
}

/** The handlers that answer HTTP; WebSocket handlers are listed beside them. */
function requestHandlersOf(server: HandlerSource): RequestHandler[] {
  return server.listHandlers().filter((handler) => handler instanceof RequestHandler)
}
