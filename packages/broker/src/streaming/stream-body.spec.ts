import { describe, expect, it } from 'vitest'
import { createStreamBody } from './stream-body.ts'

function createBody(controller = new AbortController()) {
  const seen: string[] = []
  const body = createStreamBody(controller.signal, {
    onRoom: (bytes) => seen.push(`room ${bytes}`),
    onGone: () => seen.push('gone'),
  })
  const reader = body.readable.getReader()
  return { body, reader, seen, abort: () => controller.abort(new Error('enough')) }
}

const KIB = 1024

describe('the body of a stream', () => {
  it('says how much it takes, first at once and then when its reader has caught up', async () => {
    const { body, reader, seen } = createBody()
    await Promise.resolve()
    expect(seen).toEqual([`room ${256 * KIB}`])
    body.write(new Uint8Array(300 * KIB))
    body.write(new Uint8Array(100 * KIB))
    await Promise.resolve()
    expect(seen).toHaveLength(1)
    await reader.read()
    expect(seen.at(-1)).toBe(`room ${156 * KIB}`)
  })

  it('ends after what has been written', async () => {
    const { body, reader, seen } = createBody()
    body.write(new Uint8Array([1]))
    body.end()
    body.write(new Uint8Array([2]))
    expect(await reader.read()).toEqual({ done: false, value: new Uint8Array([1]) })
    expect((await reader.read()).done).toBe(true)
    expect(seen).not.toContain('gone')
  })

  it('breaks off when the request is aborted', async () => {
    const { body, reader, seen, abort } = createBody()
    abort()
    await expect(reader.read()).rejects.toThrow('enough')
    body.end()
    expect(seen.filter((word) => word === 'gone')).toHaveLength(1)
  })

  it('breaks off at once when the request had been aborted before', async () => {
    const controller = new AbortController()
    controller.abort(new Error('before'))
    const { reader, seen } = createBody(controller)
    await expect(reader.read()).rejects.toThrow('before')
    expect(seen.filter((word) => word === 'gone')).toHaveLength(1)
  })

  it('closes once when the client both cancels and aborts', async () => {
    const { reader, seen, abort } = createBody()
    await reader.cancel()
    abort()
    expect(seen.filter((word) => word === 'gone')).toHaveLength(1)
  })

  it('does not tell of a client that leaves after the end', async () => {
    const { body, reader, seen, abort } = createBody()
    body.end()
    await reader.cancel()
    abort()
    expect(seen).not.toContain('gone')
  })

  it('is broken, not ended, by a failure', async () => {
    const { body, reader, seen } = createBody()
    body.fail(new Error('disk full'))
    await expect(reader.read()).rejects.toThrow('disk full')
    expect(seen).not.toContain('gone')
  })
})
