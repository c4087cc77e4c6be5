import type { IncomingMessage, Server, ServerOptions } from 'node:http'

/** Where to listen, and what to put up with. */
export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** @default '127.0.0.1' */
  readonly host?: string
  /** Bounds; those left out keep their defaults. */
  readonly limits?: Partial<ServerLimits>
  /** Told of every connection that is cut because its client does not read. @default nobody is told */
  readonly onSlowClient?: (client: SlowClient) => void
}

/** A client that has not read what was written to it. */
export interface SlowClient {
  readonly address: string | undefined
  /** Method and path of what it asked for, without the query. */
  readonly request: string
}

/** Bounds on what clients may do to a server before a broker sees anything of it. Times are in milliseconds. */
export interface ServerLimits {
  /** Bytes of a request's line and headers together; more is a 431. @default 16384 */
  readonly maxHeaderBytes: number
  /** Headers of a request; more is a 431. @default 100 */
  readonly maxHeaders: number
  /** Open connections; further ones are closed as soon as they are opened. @default 10000 */
  readonly maxConnections: number
  /** Time for all headers of a request to arrive, or the connection is closed with a 408. @default 10000 */
  readonly headersTimeoutMs: number
  /** The same for a whole request. @default 30000 */
  readonly requestTimeoutMs: number
  /** How long a connection may wait for its next request. @default 65000 */
  readonly keepAliveTimeoutMs: number
  /** How long a client may take nothing of what is written to it before its connection is cut. @default 30000 */
  readonly drainTimeoutMs: number
}

const DEFAULTS: ServerLimits = {
  maxHeaderBytes: 16 * 1024,
  maxHeaders: 100,
  maxConnections: 10_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 65_000,
  drainTimeoutMs: 30_000,
}

/** What a server has to know of its limits, in the words of `node:http`. */
export interface NodeLimits {
  /** What a server is created with. */
  readonly server: ServerOptions
  /** What can only be set on a server that exists. */
  readonly settings: Pick<Server, 'maxConnections' | 'maxHeadersCount'>
  /** The status of a request that Node lets through and the broker need not see; undefined for all others. */
  refuse(incoming: IncomingMessage): number | undefined
  readonly drainTimeoutMs: number
  readonly onSlowClient: (client: SlowClient) => void
}

/** How often the server looks for connections that are late. */
const LOOK_INTERVAL_MS = 1000

/** Fills in the defaults. */
export function toNodeLimits({ limits, onSlowClient = () => {} }: ServeOptions): NodeLimits {
  const complete = { ...DEFAULTS, ...limits }
  const { maxHeaders, headersTimeoutMs } = complete
  return {
    server: {
      maxHeaderSize: complete.maxHeaderBytes,
      headersTimeout: headersTimeoutMs,
      requestTimeout: Math.max(complete.requestTimeoutMs, headersTimeoutMs),
      keepAliveTimeout: complete.keepAliveTimeoutMs,
      connectionsCheckingInterval: LOOK_INTERVAL_MS,
    },
    // Node drops headers beyond a count without a word. One more than is allowed shows that there were too many.
    settings: { maxConnections: complete.maxConnections, maxHeadersCount: maxHeaders + 1 },
    refuse({ httpVersionMajor, rawHeaders }) {
      // A request line without a version is HTTP 0.9, which has neither headers nor a status.
      if (httpVersionMajor < 1) return 400
      return rawHeaders.length > 2 * maxHeaders ? 431 : undefined
    },
    drainTimeoutMs: complete.drainTimeoutMs,
    onSlowClient,
  }
}
