import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { banner } from './modules/banner.ts'
import { writeGenerated } from './write-generated.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rioni-write-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function generated(path: string, body = '') {
  return { path, content: `${banner(path)}\n${body}` }
}

describe('generated files', () => {
  it('are written into a folder that is made for them', async () => {
    const outDir = join(folder, 'a/b')
    expect(await writeGenerated([generated('x.ts'), generated('index.ts')], outDir)).toEqual({
      written: ['index.ts', 'x.ts'],
      unchanged: [],
      removed: [],
    })
    expect(readdirSync(outDir)).toEqual(['index.ts', 'x.ts'])
  })

  it('are not touched when they did not change', async () => {
    await writeGenerated([generated('x.ts'), generated('y.ts')], folder)
    utimesSync(join(folder, 'x.ts'), 1, 1)
    const result = await writeGenerated([generated('x.ts'), generated('y.ts', 'changed')], folder)
    expect(result).toEqual({ written: ['y.ts'], unchanged: ['x.ts'], removed: [] })
    expect(statSync(join(folder, 'x.ts')).mtimeMs).toBe(1000)
  })

  it('are removed when they are no longer generated, and nothing else is', async () => {
    await writeGenerated([generated('old.ts')], folder)
    writeFileSync(join(folder, 'mine.ts'), 'export {}')
    writeFileSync(join(folder, 'notes.md'), '# Notes\n')
    expect((await writeGenerated([generated('x.ts')], folder)).removed).toEqual(['old.ts'])
    expect(readdirSync(folder)).toEqual(['mine.ts', 'notes.md', 'x.ts'])
  })
})

describe('generated files that are left from before', () => {
  it('stay when they are to be kept, and the others are written all the same', async () => {
    await writeGenerated([generated('old.ts', 'old'), generated('x.ts')], folder)
    const result = await writeGenerated([generated('x.ts', 'new')], folder, { keepStale: true })
    expect(result).toEqual({ written: ['x.ts'], unchanged: [], removed: [] })
    expect(readFileSync(join(folder, 'old.ts'), 'utf8')).toBe(generated('old.ts', 'old').content)
  })
})

describe('a file that is in the way', () => {
  it('is never overwritten, and then nothing is written at all', async () => {
    writeFileSync(join(folder, 'x.ts'), 'export const mine = 1')
    await expect(writeGenerated([generated('a.ts'), generated('x.ts')], folder)).rejects.toThrow(
      /x\.ts was not generated and is not overwritten/,
    )
    expect(readFileSync(join(folder, 'x.ts'), 'utf8')).toBe('export const mine = 1')
    expect(existsSync(join(folder, 'a.ts'))).toBe(false)
  })

  it('is never followed when it is a link', async () => {
    const target = join(folder, 'elsewhere')
    writeFileSync(target, banner('x'))
    symlinkSync(target, join(folder, 'x.ts'))
    await expect(writeGenerated([generated('x.ts', 'new')], folder)).rejects.toThrow(/not overwritten/)
    expect(readFileSync(target, 'utf8')).toBe(banner('x'))
  })
})

describe('a path that is no plain file name', () => {
  it.each(['../x.ts', '/etc/x.ts', 'a/b.ts', 'x.js', '.ts', 'X.ts', ''])('is refused: %j', async (path) => {
    await expect(writeGenerated([generated(path)], folder)).rejects.toThrow(/no name for a generated file/)
  })
})
