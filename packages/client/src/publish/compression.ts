import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { checkedNumber } from '../checked-number.ts'
import { invalidArgument } from '../error.ts'

/** Which bodies are sent compressed. Costs CPU on both sides, and pays where the network is slow or is paid for. */
export interface Compression {
  /** `zstd` takes a Node.js that has it: 22.15 or later. */
  readonly encoding: 'gzip' | 'zstd'
  /** Bytes from which a body is compressed. Small ones hardly get smaller. @default 10000 */
  readonly aboveBytes?: number
}

/** A body, and in which encoding it is. */
export interface EncodedBody {
  readonly body: string | Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** Encodes a body. */
export type EncodeBody = (body: string | Uint8Array) => Promise<EncodedBody> | EncodedBody

type Compress = (body: string | Uint8Array) => Promise<Uint8Array>

const compressors: Readonly<Record<Compression['encoding'], Compress | undefined>> = {
  gzip: promisify(zlib.gzip),
  zstd: 'zstdCompress' in zlib ? zstdOf(zlib.zstdCompress) : undefined,
}

/**
 * Makes the function that compresses the bodies that are large enough, off the main thread.
 *
 * @throws NakadiError with code `invalid-argument` when this runtime cannot do it.
 */
export function createBodyEncoder(compression: Compression | undefined): EncodeBody {
  if (compression === undefined) return (body) => ({ body, headers: {} })
  const { encoding } = compression
  const compress = Object.hasOwn(compressors, encoding) ? compressors[encoding] : undefined
  if (compress === undefined) {
    throw invalidArgument(
      encoding === 'zstd'
        ? 'compression.encoding zstd takes Node.js 22.15 or later; use gzip'
        : `compression.encoding must be gzip or zstd, not ${String(encoding)}`,
    )
  }
  const aboveBytes = checkedNumber('compression.aboveBytes', compression.aboveBytes ?? 10_000, { least: 0 })
  return async (body) =>
    Buffer.byteLength(body) < aboveBytes
      ? { body, headers: {} }
      : { body: await compress(body), headers: { 'content-encoding': encoding } }
}

/** The types of Node.js 20 do not know the function. */
function zstdOf(zstdCompress: unknown): Compress | undefined {
  if (typeof zstdCompress !== 'function') return undefined
  return (body) =>
    new Promise((resolve, reject) => {
      zstdCompress(body, (error: unknown, compressed: Uint8Array) =>
        error ? reject(error) : resolve(compressed),
      )
    })
}
