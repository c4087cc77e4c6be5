import { createGunzip } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compressed } from './compress.ts'

const REQUEST = new Request('http://broker.test/', { headers: { 'accept-encoding': 'gzip' } })

/** A compressed stream, and the end of it that writes. */
async function compressedStream() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const seen = { pulls: 0, cancelledBy: undefined as unknown }
  const source = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened
      },
      pull() {
        seen.pulls += 1
      },
      cancel(reason) {
        seen.cancelledBy = reason
      },
    },
    { highWaterMark: 0 },
  )
  const response = await compressed(new Response(source), REQUEST)
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
  return {
    reader,
    seen,
    write: (text: string) => controller?.enqueue(encode(text)),
    source: () => controller,
  }
}

const encode = (text: string) => new TextEncoder().encode(text)

describe('a compressed stream', () => {
  it('gives each chunk in a form that can be read at once', async () => {
    const { reader, write } = await compressedStream()
    const gunzip = createGunzip()
    for (const text of ['first', 'second', 'x'.repeat(100_000)]) {
      write(text)
      const { value } = await reader.read()
      const read = await new Promise<string>((resolve) => {
        let inflated = ''
        gunzip.removeAllListeners('data')
        gunzip.on('data', (bytes: Buffer) => {
          inflated += bytes.toString()
          if (inflated.length === text.length) resolve(inflated)
        })
        gunzip.write(value)
      })
      expect(read).toBe(text)
    }
  })

  it('reads from its source only when it is read from', async () => {
    const { reader, seen, write } = await compressedStream()
    await Promise.resolve()
    expect(seen.pulls).toBe(0)
    const read = reader.read()
    write('a')
    await read
    expect(seen.pulls).toBe(1)
  })

  it('ends when its source ends', async () => {
    const { reader, source } = await compressedStream()
    source()?.close()
    expect((await reader.read()).done).toBe(false)
    expect((await reader.read()).done).toBe(true)
  })

  it('breaks off when its source breaks off', async () => {
    const { reader, source } = await compressedStream()
    source()?.error(new Error('gone'))
    await expect(reader.read()).rejects.toThrow('gone')
  })

  it('cancels its source when it is cancelled', async () => {
    const { reader, seen } = await compressedStream()
    await reader.cancel('enough')
    expect(seen.cancelledBy).toBe('enough')
  })
})
