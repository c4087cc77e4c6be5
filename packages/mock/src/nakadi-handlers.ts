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
 * @param baseUrl where the code under test believes Nakadi to be, for example `https://nakadi.example.org`
 */
export function nakadiHandlers(broker: BrokerFetch, baseUrl: string): HttpHandler[] {
  return [http.all(`${baseUrl.replace(/\/+$/, '')}/*`, ({ request }) => broker.fetch(request))]
}
