// From the bytes of a request to JSON, with every way in which that can fail as a response.

import { inflate } from './inflate.ts'
import { problem } from './problem.ts'

/** Something read from a request, or the answer that says why it could not be. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly response: Response }

/**
 * Reads and inflates the body of a request. An unknown encoding is taken for none. The limit holds before
 * and after inflating, so a small body cannot become a large one.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Read<Uint8Array>> {
  const encoding = request.headers.get('Content-Encoding')
  const raw = await readBytes(request, maxBytes)
  if (raw === undefined) return refused(tooLarge(maxBytes))
  if (encoding === null) return { ok: true, value: raw }
  const inflated = await inflate(raw, { encoding, maxBytes })
  return inflated instanceof Response ? refused(inflated) : { ok: true, value: inflated }
}

const decoder = new TextDecoder()

/** Reads the body as JSON. Only declared JSON is taken for it. */
export function readJson(request: { readonly headers: Headers; readonly body: Uint8Array }): Read<unknown> {
  const contentType = request.headers.get('Content-Type')
  if (contentType !== null && !/^application\/([\w.-]+\+)?json\b/i.test(contentType)) {
    return refused(problem(415, `Content type '${contentType}' not supported`))
  }
  if (request.body.byteLength === 0) return refused(problem(400, 'Required request body is missing'))
  try {
    return { ok: true, value: JSON.parse(readText(request)) }
  } catch {
    return refused(problem(400, 'The request body is not valid JSON'))
  }
}

/** Reads the body as text. */
export function readText(request: { readonly body: Uint8Array }): string {
  return decoder.decode(request.body)
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  if (request.body === null) return new Uint8Array()
  if (Number(request.headers.get('Content-Length') ?? 0) > maxBytes) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body) {
    length += chunk.byteLength
    if (length > maxBytes) return undefined
    chunks.push(chunk)
  }
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length)
}

function tooLarge(maxBytes: number): Response {
  return problem(413, `The request body is larger than ${maxBytes} bytes`)
}

function refused<T>(response: Response): Read<T> {
  return { ok: false, response }
}
