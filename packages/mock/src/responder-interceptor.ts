/**
 * An undici interceptor that answers requests from a function instead of a socket.
 *
 * undici's own API (`request`, `stream`, `dispatch`) does not pass through the layers that MSW patches, so this is
 * how code written on undici is answered inside a test. It keeps the contract of a dispatcher: data is delivered
 * chunk by chunk as it is produced, a paused reader stops the source, an abort reaches the source and is reported
 * once, and a body that fails half-way is an error, never an end.
 */

import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { createDispatchControl, type DispatchControl, errorOf } from './dispatch-control.ts'
import { addressOf, bodyOf, type RequestBody, requestOf } from './dispatch-request.ts'

/** Answers a request, or leaves it to the network by resolving with undefined. */
export type Responder = (request: Request) => Promise<Response | undefined>

/** Creates an interceptor for `dispatcher.compose(...)` that asks `respond` before the network. */
export function createResponderInterceptor(respond: Responder): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const addressed = addressOf(options)
    if (addressed === undefined) return dispatch(options, handler)

    const control = createDispatchControl()
    const body = forBoth(bodyOf(options))
    const answer = async () => {
      // undici may announce a request several times (it does when it retries), so a request that turns out to be
      // for the network is simply announced again by the network. Announced early, it can be aborted while it waits.
      handler.onRequestStart?.(control, {})
      const response = await unlessAborted(control.signal, () =>
        respond(requestOf(addressed, body.toResponder, control.signal)),
      )
      if (response === undefined) dispatch({ ...options, ...body.toNetwork() }, handler)
      else await deliver(response, handler, control)
    }
    answer().catch((thrown: unknown) => handler.onResponseError?.(control, errorOf(thrown)))
    return true
  }
}

/**
 * A body that is a stream can be read once, yet the network needs it whole after the responder has looked at it.
 * Whatever is not a stream can be sent as it was given.
 */
function forBoth(body: RequestBody | undefined) {
  if (!(body instanceof ReadableStream)) return { toResponder: body, toNetwork: () => ({}) }
  const [toResponder, spare] = body.tee()
  return { toResponder, toNetwork: () => ({ body: Readable.fromWeb(spare) }) }
}

/** Runs `work`, but stops waiting for it when the signal aborts. */
async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  return await new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work().then(resolve, reject)
  })
}

async function deliver(response: Response, handler: Dispatcher.DispatchHandler, control: DispatchControl) {
  // The fetch standard's "network error" stands for no answer at all; MSW makes it by `HttpResponse.error()`.
  if (response.type === 'error') throw new TypeError('Failed to fetch')
  handler.onResponseStart?.(control, response.status, recordOf(response.headers), response.statusText)
  const reader = response.body?.getReader()
  // Cancelling settles a pending read at once. Its promise is not awaited: a source may take its time to stop.
  const stop = () => void reader?.cancel(control.signal.reason).catch(() => {})
  control.signal.addEventListener('abort', stop, { once: true })
  if (control.aborted) stop()
  for (;;) {
    await control.flowing()
    const chunk = await reader?.read()
    control.signal.throwIfAborted()
    if (chunk === undefined || chunk.done) break
    handler.onResponseData?.(control, bufferOver(chunk.value))
  }
  handler.onResponseEnd?.(control, {})
}

/** The same bytes as the `Buffer` that undici promises, without copying them. */
function bufferOver(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

/** Headers as undici hands them over: a repeated name (only `set-cookie` can be) is a list. */
function recordOf(headers: Headers): Record<string, string | string[]> {
  const cookies = headers.getSetCookie()
  const record: Record<string, string | string[]> = Object.fromEntries(headers)
  return cookies.length > 1 ? { ...record, 'set-cookie': cookies } : record
}
