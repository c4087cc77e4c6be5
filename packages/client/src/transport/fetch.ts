import type { Transport, TransportResponse } from './transport.ts'

/** The part of the `fetch` signature that the transport uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * Sends requests with a `fetch` function: for runtimes without undici, and for tests whose tools
 * replace `globalThis.fetch`.
 *
 * @param currentFetch is asked before every request, because tools replace `fetch` at run time.
 */
export function createFetchTransport(currentFetch: () => Fetch = () => globalThis.fetch): Transport {
  return {
    async request({ method, url, headers, body, signal }) {
      const response = await currentFetch()(url, {
        method,
        headers,
        signal,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
      })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: readUntilAborted(response, signal),
      } satisfies TransportResponse
    },
  }
}

/**
 * The chunks of a body. Some replacements of `fetch` never settle a read after an abort, so every
 * read races with the signal, and `cancel()` is called but never waited for.
 */
async function* readUntilAborted(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  if (response.body === null) return
  const reader = response.body.getReader()
  const aborted = abortion(signal)
  try {
    while (true) {
      const { done, value } = await Promise.race([reader.read(), aborted.promise])
      if (done) return
      yield value
    }
  } finally {
    aborted.release()
    reader.cancel(signal.reason).catch(() => undefined)
  }
}

/** A promise that rejects when `signal` aborts, until it is released. */
function abortion(signal: AbortSignal): { readonly promise: Promise<never>; release(): void } {
  let abort: () => void = () => undefined
  const promise = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
  promise.catch(() => undefined)
  return { promise, release: () => signal.removeEventListener('abort', abort) }
}
