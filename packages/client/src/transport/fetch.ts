import type { Connections } from './connections.ts'
import type { Transport, TransportResponse } from './transport.ts'

/** The part of the `fetch` signature that the transport uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * Sends requests with a `fetch` function: for runtimes without undici, and for tests whose tools
 * replace `globalThis.fetch`.
 *
 * @param currentFetch is asked before every request, because tools replace `fetch` at run time.
 * @param connections of the options `tls` and `proxy` are handed to `fetch`, because what has replaced it may only
 * observe requests and have Node's own send them. What mocks takes no notice.
 */
export function createFetchTransport(
  currentFetch: () => Fetch = () => globalThis.fetch,
  connections?: Connections,
): Transport {
  return {
    async request({ method, url, headers, body, signal }) {
      const init: RequestInit = {
        method,
        headers,
        signal,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
        ...(connections?.origin === 'options' ? await dispatching(connections) : {}),
      }
      const response = await unlessAborted(currentFetch()(url, init), signal)
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: readUntilAborted(response, signal),
      } satisfies TransportResponse
    },
  }
}

/** What Node's `fetch` takes beside what the standard names. */
async function dispatching(connections: Connections): Promise<object> {
  return { dispatcher: connections.dispatcher(await import('undici')) }
}

/** The response, unless the signal aborts before, which some replacements of `fetch` do not notice. */
async function unlessAborted(response: Promise<Response>, signal: AbortSignal): Promise<Response> {
  const aborted = abortion(signal)
  try {
    return await Promise.race([response, aborted.promise])
  } catch (error) {
    // If it comes after all, nobody is going to read it.
    response.then(({ body }) => body?.cancel()).catch(() => undefined)
    throw error
  } finally {
    aborted.release()
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
