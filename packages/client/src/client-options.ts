import type { Dispatcher } from 'undici'
import { checkedNumber } from './checked-number.ts'
import { type Clock, systemClock } from './clock.ts'
import { invalidArgument } from './error.ts'
import type { BrokerAddress, Instrumentation } from './observe/instrumentation.ts'
import type { Logger } from './observe/log-line.ts'
import type { Observation } from './observe/observation.ts'
import { createReporter } from './observe/reporter.ts'
import { type Random, systemRandom } from './random.ts'
import type { Endpoint } from './request/exchange.ts'
import { createTokens, type TokenSource } from './request/tokens.ts'
import { normalizeRetryPolicy, type RetryPolicy } from './retry.ts'
import { createAutoTransport } from './transport/auto.ts'
import { chosenConnections, type ProxyChoice, type TlsOptions } from './transport/connections.ts'
import { createFetchTransport, type Fetch } from './transport/fetch.ts'
import type { Transport } from './transport/transport.ts'
import { createUndiciTransport } from './transport/undici.ts'

/** How a client reaches its broker. */
export interface ClientOptions {
  /** Where the broker is, such as `https://nakadi.example.org`; a path in front of the API is kept. */
  readonly baseUrl: string
  /**
   * The bearer token, or a function that returns the current one; see `fileToken` and `@rioni/client/oauth2` for two.
   * It is asked again, once, when the broker answers 401. It never appears in errors.
   *
   * @default none: requests carry no `Authorization`
   */
  readonly token?: TokenSource
  /**
   * `auto` is undici, except while something has replaced `globalThis.fetch` (MSW, nock, a stub): then
   * it is that. So requests can be mocked without telling the client.
   *
   * @default 'auto'
   */
  readonly transport?: 'auto' | 'undici' | 'fetch' | Transport
  /** Certificates for TLS, over undici. @default what Node trusts, and no certificate of one's own */
  readonly tls?: TlsOptions
  /**
   * The proxy that requests go through, over undici: `environment` takes it from `HTTP_PROXY`, `HTTPS_PROXY` and
   * `NO_PROXY`.
   *
   * @default none, whatever the environment says
   */
  readonly proxy?: ProxyChoice
  /**
   * An undici dispatcher of one's own, in place of `tls` and `proxy`. Every open stream takes a connection of its
   * own, so one that limits connections must leave some for requests.
   *
   * @default the global one
   */
  readonly dispatcher?: Dispatcher
  /** The `fetch` to use; naming one chooses that transport. @default `globalThis.fetch` */
  readonly fetch?: Fetch
  /**
   * Milliseconds for one attempt of a request. The broker itself may take 40 s to publish, and 60 s to
   * reset cursors.
   *
   * @default 65000
   */
  readonly requestTimeoutMs?: number
  /** How often failed requests are repeated. What is left out keeps its default. */
  readonly retry?: Partial<RetryPolicy>
  /** Put in front of the client's own name in `User-Agent`. */
  readonly userAgent?: string
  /**
   * Where the client logs, such as pino: what it mends by itself as `info`, what costs time or events as `warn`, a
   * consumer that has ended as `error`, and every request as `debug`.
   *
   * @default none: it is silent
   */
  readonly logger?: Logger
  /** Traces and measures, such as `openTelemetry()` of `@rioni/client/opentelemetry`. @default none */
  readonly instrumentation?: Instrumentation
  /** @default the time of the machine */
  readonly clock?: Clock
  /** @default the chance of the machine */
  readonly random?: Random
}

/** A complete set of options. */
export interface NormalizedClientOptions {
  readonly endpoint: Endpoint
  readonly retry: RetryPolicy
  readonly observation: Observation
}

const ownName = 'rioni'

/**
 * Completes the options.
 *
 * @throws NakadiError with code `invalid-argument` or `token`.
 */
export function normalizeClientOptions(options: ClientOptions): NormalizedClientOptions {
  const { requestTimeoutMs = 65_000, userAgent, clock = systemClock } = options
  const reporter = createReporter(options.logger)
  const baseUrl = checkedBaseUrl(options.baseUrl)
  const timeoutMs = checkedNumber('requestTimeoutMs', requestTimeoutMs, { least: 1 })
  return {
    endpoint: {
      baseUrl,
      userAgent: userAgent === undefined ? ownName : `${userAgent} ${ownName}`,
      tokens: createTokens(options.token, { clock, timeoutMs }),
      transport: chosenTransport(options),
      clock,
      random: options.random ?? systemRandom,
      requestTimeoutMs: timeoutMs,
      reporter,
    },
    observation: { reporter, instrumentation: options.instrumentation, broker: addressOf(baseUrl) },
    retry: normalizeRetryPolicy(options.retry),
  }
}

/** A password or token in the URL would appear in every error message, so it is refused. */
function checkedBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw invalidArgument('baseUrl must be an absolute URL such as https://nakadi.example.org')
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalidArgument(
      'baseUrl must have no user, password, query or fragment; credentials go into the token option',
    )
  }
  return url.href.replace(/\/+$/, '')
}

function addressOf(baseUrl: string): BrokerAddress {
  const { hostname, port, protocol } = new URL(baseUrl)
  const usual = protocol === 'https:' ? 443 : 80
  return { host: hostname, port: port === '' ? usual : Number(port) }
}

function chosenTransport(options: ClientOptions): Transport {
  const { transport = 'auto', fetch, dispatcher, tls, proxy } = options
  if (typeof transport === 'object') return transport
  const connects = dispatcher !== undefined || tls !== undefined || proxy !== undefined
  if (fetch !== undefined && (connects || transport === 'undici')) {
    throw invalidArgument(
      'fetch goes with no dispatcher, tls or proxy, and not with transport undici; leave out one of them',
    )
  }
  if (transport === 'fetch') {
    if (connects) throw invalidArgument('dispatcher, tls and proxy need transport undici or auto')
    return createFetchTransport(fetch === undefined ? undefined : () => fetch)
  }
  const connections = chosenConnections({ dispatcher, tls, proxy })
  return transport === 'undici'
    ? createUndiciTransport(connections)
    : createAutoTransport({ fetch, connections })
}
