import { type HttpHandler, http } from 'msw'

/** Whatever answers requests as a broker does; `createBroker()` returns one. */
export interface BrokerFetch {
  fetch(request: Request): Promise<Response>
}

/**
 * The MSW handlers that make a broker answer at `baseUrl`, for `setupServer(...)` or `server.use(...)`.
 *
 * They are a transport and nothing else: every status, header and body comes from the broker.
 *
 * @param baseUrl where the code under test believes Nakadi to be, for example `https://nakadi.example.org`; a path
 * in front of the API is not shown to the broker
 * @throws TypeError when `baseUrl` is not an absolute URL
 */
export function nakadiHandlers(broker: BrokerFetch, baseUrl: string): HttpHandler[] {
  const { origin, pathname } = new URL(baseUrl)
  const prefix = pathname.replace(/\/+$/, '')
  return [http.all(`${origin}${prefix}/*`, ({ request }) => broker.fetch(withoutPrefix(request, prefix)))]
}

function withoutPrefix(request: Request, prefix: string): Request {
  if (prefix === '') return request
  const url = new URL(request.url)
  return new Request(`${url.origin}${url.pathname.slice(prefix.length)}${url.search}`, request)
}
