// Zstandard (RFC 8878) in request bodies. The library trusts what a frame says of itself: it allocates the
// window that the header names and moves all of it for every block. So the headers are read here first, and
// what would take too much memory or time is never given to it.

import { Decompress } from 'fzstd'

/** What went wrong with a compressed body, other than that it is not compressed correctly. */
export class InflatedSizeError extends Error {
  override readonly name = 'InflatedSizeError'
}

/** RFC 8878, 3.1.1.1.2: what every decoder should support, and what encoders keep to unless told otherwise. */
const MAX_WINDOW_BYTES = 8 * 1024 * 1024
/** The work of the library, in bytes of windows that it moves. This many take about a second. */
const MAX_MOVED_BYTES = 4 * 1024 ** 3

/**
 * Inflates a body of one or more frames.
 *
 * @param maxBytes what may come out, at most
 * @throws InflatedSizeError when more would come out, or when that would take too much memory or time
 * @throws Error when the body is no valid Zstandard
 */
export function inflateZstd(body: Uint8Array, maxBytes: number): Uint8Array {
  checkFrames(body, maxBytes)
  const chunks: Uint8Array[] = []
  let length = 0
  const stream = new Decompress((chunk) => {
    length += chunk.byteLength
    if (length > maxBytes) throw new InflatedSizeError()
    chunks.push(chunk)
  })
  stream.push(body, true)
  return Buffer.concat(chunks, length)
}

function checkFrames(body: Uint8Array, maxBytes: number): void {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const largestWindow = Math.max(MAX_WINDOW_BYTES, maxBytes)
  let moved = 0
  try {
    for (let at = 0; at < body.byteLength; ) {
      const frame = readFrame(view, at)
      moved += frame.windowBytes * frame.blocks
      if (frame.windowBytes > largestWindow || moved > MAX_MOVED_BYTES) throw new InflatedSizeError()
      at = frame.end
    }
  } catch (error) {
    throw error instanceof RangeError ? new Error('unexpected EOF') : error
  }
}

interface Frame {
  readonly windowBytes: number
  readonly blocks: number
  readonly end: number
}

const MAGIC = 0xfd2fb528
const MAGIC_SKIPPABLE = 0x184d2a50

function readFrame(view: DataView, start: number): Frame {
  const magic = view.getUint32(start, true)
  if ((magic & 0xfffffff0) >>> 0 === MAGIC_SKIPPABLE) {
    return { windowBytes: 0, blocks: 1, end: start + 8 + view.getUint32(start + 4, true) }
  }
  if (magic !== MAGIC) throw new Error('invalid zstd data')
  const header = readHeader(view, start + 4)
  const { blocks, end } = skipBlocks(view, header.end)
  return { windowBytes: header.windowBytes, blocks, end: end + header.checksumBytes }
}

/** RFC 8878, 3.1.1.1: a descriptor byte, which tells which of the other fields there are. */
function readHeader(view: DataView, at: number) {
  const descriptor = view.getUint8(at)
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  const size = at + (isSingleSegment ? 1 : 2) + dictionaryBytes
  return {
    windowBytes: isSingleSegment ? readSize(view, size, sizeBytes) : readWindow(view.getUint8(at + 1)),
    checksumBytes: (descriptor & 4) === 0 ? 0 : 4,
    end: size + sizeBytes,
  }
}

/** Without a window of its own, a frame has its whole content for one. */
function readSize(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at)
  // Small contents have one byte already, so two bytes count from there on.
  if (bytes === 2) return view.getUint16(at, true) + 256
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}

function readWindow(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

const TYPE_RLE = 1

/** RFC 8878, 3.1.1.2: three bytes before each block tell whether it is the last, its type and its size. */
function skipBlocks(view: DataView, start: number): { readonly blocks: number; readonly end: number } {
  let at = start
  for (let blocks = 1; ; blocks += 1) {
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
    const bytes = ((header >> 1) & 3) === TYPE_RLE ? 1 : header >> 3
    at += 3 + bytes
    if ((header & 1) === 1) return { blocks, end: at }
  }
}
