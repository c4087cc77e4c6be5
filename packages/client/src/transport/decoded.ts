import { pipeline } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'

/**
 * The bytes of a body without its content coding (RFC 9110, section 8.4). They come out in pieces of 16 KiB,
 * only as fast as somebody reads, so a small body that unpacks to a huge one meets the limit of its reader
 * before it fills the memory. A stream that breaks off gives what was complete.
 *
 * Codings other than gzip are left alone, as nobody asked for them.
 */
export function decoded(
  body: AsyncIterable<Uint8Array>,
  coding: string | undefined,
): AsyncIterable<Uint8Array> {
  if (coding === undefined || !/^(x-)?gzip$/i.test(coding.trim())) return body
  const { Z_SYNC_FLUSH } = constants
  const gunzip = createGunzip({ flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH })
  // Whoever reads hears of an error; nobody has to when nobody reads.
  gunzip.on('error', () => undefined)
  pipeline(body, gunzip, () => undefined)
  return gunzip
}
