import type { Connections } from './connections.ts'
import { createFetchTransport, type Fetch } from './fetch.ts'
import type { Transport } from './transport.ts'
import { createUndiciTransport } from './undici.ts'

/** What the caller gave that decides the transport. */
export interface TransportChoice {
  readonly fetch?: Fetch | undefined
  readonly connections: Connections
}

/**
 * Picks a transport for every request: a given `fetch`, a given dispatcher, or else undici while
 * `globalThis.fetch` is Node's own, and `globalThis.fetch` while something has replaced it. So a test
 * that mocks HTTP with MSW, nock or a stub just works, and goes back to undici when the mock is gone.
 */
export function createAutoTransport({ fetch, connections }: TransportChoice): Transport {
  if (fetch !== undefined) return createFetchTransport(() => fetch)
  // A dispatcher of the caller's own may be one that mocks.
  if (connections.origin === 'dispatcher') return createUndiciTransport(connections)
  const undici = createUndiciTransport(connections)
  const replaced = createFetchTransport(undefined, connections)
  let seen: { readonly fetch: unknown; readonly transport: Transport } | undefined
  return {
    request(request) {
      const { fetch } = globalThis
      if (seen?.fetch !== fetch) seen = { fetch, transport: isNodeFetch(fetch) ? undici : replaced }
      return seen.transport.request(request)
    },
  }
}

/**
 * Whether a `fetch` is the one that Node ships. Its source loads Node's bundled undici; no
 * replacement's does. Runtimes without undici (Bun, Deno) are told apart the same way.
 */
function isNodeFetch(fetch: unknown): boolean {
  return (
    typeof fetch === 'function' && Function.prototype.toString.call(fetch).includes('internal/deps/undici')
  )
}
