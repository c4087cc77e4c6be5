// Compressed answers (RFC 9110, 12.5.3): gzip for clients that accept it, on GET and POST as the real broker
// does. A stream is flushed after every chunk, so that a batch can be read as soon as it is sent.

import { once } from 'node:events'
import { promisify } from 'node:util'
import { constants, createGzip, gzip } from 'node:zlib'

/** A smaller body fits into one packet anyway. */
const MIN_BYTES = 1024

const gzipAsync = promisify(gzip)

/** Compresses an answer if its request allows that and it is worth while. Its own body is then used up. */
export async function compressed(response: Response, request: Request): Promise<Response> {
  const { body, headers } = response
  if (body === null || headers.has('Content-Encoding') || !/^(GET|POST)$/.test(request.method))
    return response
  const length = headers.get('Content-Length')
  if (length !== null && Number(length) < MIN_BYTES) return response
  headers.append('Vary', 'Accept-Encoding')
  if (!acceptsGzip(request.headers.get('Accept-Encoding'))) return response

  headers.set('Content-Encoding', 'gzip')
  const { status } = response
  if (length === null) return new Response(compressStream(body), { status, headers })
  const bytes = await gzipAsync(await response.arrayBuffer())
  headers.set('Content-Length', String(bytes.byteLength))
  return new Response(bytes, { status, headers })
}

/** True if `gzip` is listed, or anything is, and not with a quality of zero. */
function acceptsGzip(accepted: string | null): boolean {
  const codings = (accepted ?? '').toLowerCase().split(',')
  const named = codings.find((coding) => /^\s*(x-)?gzip\s*(;|$)/.test(coding))
  const coding = named ?? codings.find((candidate) => /^\s*\*\s*(;|$)/.test(candidate))
  return coding !== undefined && !/;\s*q=0(\.0*)?\s*$/.test(coding)
}

/**
 * Compresses a stream chunk by chunk. It reads from its source only when it is read from, ends and breaks off
 * as the source does, and when it is cancelled, so is the source.
 */
function compressStream(source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  const compressor = createCompressor()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          controller.enqueue(await (done ? compressor.end() : compressor.write(value)))
          if (done) controller.close()
        } catch (error) {
          compressor.destroy()
          throw error
        }
      },
      async cancel(reason) {
        compressor.destroy()
        await reader.cancel(reason)
      },
    },
    // What waits to be read waits in the source, which knows how much that may be.
    { highWaterMark: 0 },
  )
}

/** A compressor that gives back what becomes of each chunk: all of it, since the chunk is flushed. */
function createCompressor() {
  const stream = createGzip({ flush: constants.Z_SYNC_FLUSH })
  let output: Uint8Array[] = []
  stream.on('data', (bytes: Uint8Array) => output.push(bytes))

  function take(): Uint8Array {
    const bytes = Buffer.concat(output)
    output = []
    return bytes
  }

  return {
    write: (chunk: Uint8Array) =>
      new Promise<Uint8Array>((resolve, reject) => {
        stream.write(chunk, (error) => (error ? reject(error) : resolve(take())))
      }),
    async end() {
      await once(stream.end(), 'end')
      return take()
    },
    destroy: () => stream.destroy(),
  }
}
