import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InflatedSizeError, inflateZstd } from './zstd.ts'

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
const LIMIT = 1_000_000

/** A frame of blocks that repeat one byte so many times: four bytes each, however much comes out. */
function repeated(window: number, counts: readonly number[]): Uint8Array {
  const blocks = counts.map((count, index) => [...block(1, count, index === counts.length - 1), 0x61])
  return Uint8Array.from([...MAGIC, 0, window, ...blocks.flat()])
}

function block(type: number, size: number, isLast: boolean): readonly number[] {
  const header = (size << 3) | (type << 1) | (isLast ? 1 : 0)
  return [header & 0xff, (header >> 8) & 0xff, header >> 16]
}

const WINDOW_OF_128_KIB = 7 << 3
const WINDOW_OF_1_GIB = 20 << 3

describe('inflating Zstandard', () => {
  it('reads all frames, and skips those that are to be skipped', () => {
    const skippable = Uint8Array.of(0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2)
    const body = Buffer.concat([
      repeated(WINDOW_OF_128_KIB, [3]),
      skippable,
      repeated(WINDOW_OF_128_KIB, [2]),
    ])
    expect(new TextDecoder().decode(inflateZstd(body, LIMIT))).toBe('aaaaa')
  })

  it('stops when more comes out than is allowed', () => {
    const counts = Array.from({ length: 20 }, () => 100_000)
    expect(() => inflateZstd(repeated(WINDOW_OF_128_KIB, counts), LIMIT)).toThrow(InflatedSizeError)
  })

  it('does not allocate a window beyond 8 MiB', () => {
    expect(() => inflateZstd(repeated(WINDOW_OF_1_GIB, [1]), LIMIT)).toThrow(InflatedSizeError)
  })

  it('does not begin with what would take too long', () => {
    const counts = Array.from({ length: 100_000 }, () => 1)
    expect(() => inflateZstd(repeated(WINDOW_OF_128_KIB, counts), LIMIT)).toThrow(InflatedSizeError)
  })

  it('throws nothing but errors, whatever the body is', () => {
    const body = fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.of(...MAGIC, ...bytes))
    fc.assert(
      fc.property(body, (bytes) => {
        try {
          expect(inflateZstd(bytes, LIMIT).byteLength).toBeLessThanOrEqual(LIMIT)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
    )
  })
})
