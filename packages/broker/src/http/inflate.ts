// Compressed request bodies. A small body must not become a large one, so inflating stops as soon as more
// comes out than is allowed.

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { problem } from './problem.ts'
import { InflatedSizeError, inflateZstd } from './zstd.ts'

/** Up to here a body may inflate to any multiple of its size. */
const FREE_BYTES = 1024 * 1024
/** Events shrink to a tenth; what shrinks to less than a hundredth was made to hurt. */
const MAX_RATIO = 100

/** Only POST may be compressed. Any other method is refused, whatever the encoding is. */
export function refuseEncoding({ method, headers }: Request): Response | undefined {
  if (method === 'POST' || !headers.has('Content-Encoding')) return undefined
  const refusal = problem(406, `${method} method doesn't support gzip content encoding`)
  // The real broker sends this one problem from so early on that it has no content type yet.
  refusal.headers.delete('Content-Type')
  return refusal
}

/** How a body is to be inflated. */
export interface Inflation {
  /** The value of `Content-Encoding`. It only has to contain `gzip` or `zstd`; any other means none. */
  readonly encoding: string | null
  /** Bytes that may come out, at most. */
  readonly maxBytes: number
}

/** Inflates a body, or answers with a 400 or a 413 why that cannot be. */
export async function inflate(
  body: Uint8Array,
  { encoding, maxBytes }: Inflation,
): Promise<Uint8Array | Response> {
  const limit = Math.min(maxBytes, Math.max(FREE_BYTES, body.byteLength * MAX_RATIO))
  try {
    if (encoding?.includes('gzip')) return await inflateGzip(body, limit)
    return encoding?.includes('zstd') ? inflateZstd(body, limit) : body
  } catch (error) {
    if (error instanceof InflatedSizeError) {
      return problem(413, `The request body is larger than ${limit} bytes when it is inflated`)
    }
    return problem(400, error instanceof Error ? error.message : String(error))
  }
}

const gunzipAsync = promisify(gunzip)

async function inflateGzip(body: Uint8Array, maxOutputLength: number): Promise<Uint8Array> {
  // RFC 1952, 2.3.1: how every gzip file begins. The text is that of the real broker's library.
  if (body[0] !== 0x1f || body[1] !== 0x8b) throw new Error('Not in GZIP format')
  try {
    return await gunzipAsync(body, { maxOutputLength })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? new InflatedSizeError() : error
  }
}
