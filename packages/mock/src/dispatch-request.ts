/** Reads the options of an undici dispatch as the web `Request` that they describe. */

import type { Dispatcher } from 'undici'

/** What a `Request` takes as its body. */
export type RequestBody = NonNullable<RequestInit['body']>

/** A dispatch whose destination is known, so that it can be written as a `Request`. */
export interface AddressedDispatch {
  readonly url: URL
  readonly options: Dispatcher.DispatchOptions
}

/**
 * Finds the URL that a dispatch goes to.
 *
 * @returns undefined when it cannot be answered by a `Response`: tunnels, upgrades, and dispatches of a client
 * that alone knows its origin.
 */
export function addressOf(options: Dispatcher.DispatchOptions): AddressedDispatch | undefined {
  if (options.origin === undefined || options.method === 'CONNECT' || options.upgrade) return undefined
  // The path is put behind the origin as text: resolved as a reference, `//x` would name another host.
  const { origin } = new URL(options.origin)
  const url = new URL(options.path.startsWith('/') ? origin + options.path : options.path)
  for (const [name, value] of Object.entries(options.query ?? {})) {
    for (const item of [value].flat()) url.searchParams.append(name, String(item))
  }
  return { url, options }
}

/** Writes a dispatch as a `Request` with the given body; `signal` reports that the sender aborted it. */
export function requestOf(
  { url, options }: AddressedDispatch,
  body: RequestBody | undefined,
  signal: AbortSignal,
): Request {
  return new Request(url, {
    method: options.method,
    headers: headersOf(options.headers),
    signal,
    // A body that is a stream needs `duplex` by the fetch standard; other bodies do not mind.
    ...(body === undefined ? {} : { body, duplex: 'half' }),
  })
}

/** The body of a dispatch for a `Request`, or undefined when the dispatch has none. */
export function bodyOf({ method, body }: Dispatcher.DispatchOptions): RequestBody | undefined {
  if (method === 'GET' || method === 'HEAD' || body === null || body === undefined) return undefined
  if (typeof body === 'string' || ArrayBuffer.isView(body)) return body
  if (Symbol.asyncIterator in body) return ReadableStream.from<Uint8Array>(body)
  return body
}

function headersOf(given: Dispatcher.DispatchOptions['headers']): Headers {
  const headers = new Headers()
  for (const [name, value] of headerPairs(given)) {
    for (const item of [value ?? []].flat()) headers.append(name, item)
  }
  return headers
}

/** undici takes headers as a flat list of names and values, as an iterable of pairs, or as a record. */
function headerPairs(
  headers: Dispatcher.DispatchOptions['headers'],
): Iterable<readonly [string, string | readonly string[] | undefined]> {
  if (headers === null || headers === undefined) return []
  if (Array.isArray(headers)) return pairsOfFlatList(headers)
  return Symbol.iterator in headers ? headers : Object.entries(headers)
}

function* pairsOfFlatList(list: readonly string[]): Iterable<readonly [string, string]> {
  for (let index = 0; index + 1 < list.length; index += 2)
    yield [String(list[index]), String(list[index + 1])]
}
