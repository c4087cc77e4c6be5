import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createBodyEncoder } from './compression.ts'

describe('a request body', () => {
  it('is sent as it is without compression', async () => {
    expect(await createBodyEncoder(undefined)('x'.repeat(100_000))).toMatchObject({ headers: {} })
  })

  it('is sent as it is below aboveBytes, in bytes of UTF-8', async () => {
    const encode = createBodyEncoder({ encoding: 'gzip', aboveBytes: 4 })
    expect(await encode('ნ')).toEqual({ body: 'ნ', headers: {} })
    expect((await encode('ნa')).headers).toEqual({ 'content-encoding': 'gzip' })
  })

  it('is in gzip otherwise', async () => {
    const { body } = await createBodyEncoder({ encoding: 'gzip' })('ნ'.repeat(10_000))
    expect(gunzipSync(body).toString()).toBe('ნ'.repeat(10_000))
    expect(body.length).toBeLessThan(1000)
  })
})

describe('compression that cannot work', () => {
  it('is refused when it is made, with what would work', () => {
    const odd = { encoding: 'br' } as unknown as { encoding: 'gzip' }
    expect(() => createBodyEncoder(odd)).toThrow('compression.encoding must be gzip or zstd, not br')
    expect(() => createBodyEncoder({ encoding: 'gzip', aboveBytes: -1 })).toThrow('compression.aboveBytes')
  })

  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  it.runIf(major < 22 || (major === 22 && minor < 15))('is zstd where Node.js has none', () => {
    expect(() => createBodyEncoder({ encoding: 'zstd' })).toThrow(/22\.15 or later; use gzip/)
  })
})
