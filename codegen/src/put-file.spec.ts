import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putFile, putFiles, removeLeftovers } from './put-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rioni-put-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('putting a file', () => {
  it('replaces the one that is there by another, and leaves nothing beside it', () => {
    const path = join(folder, 'x.ts')
    putFile(path, 'old')
    putFile(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['x.ts'])
  })

  it('changes nothing when it fails, and speaks of the file that was meant', () => {
    const path = join(folder, 'x.ts')
    mkdirSync(path)
    expect(() => putFile(path, 'new')).toThrow(expect.objectContaining({ path }))
    expect(readdirSync(folder)).toEqual(['x.ts'])
  })
})

describe('putting several files', () => {
  it('puts none when one of them cannot be written', () => {
    const good = join(folder, 'a.ts')
    const bad = join(folder, 'gone/b.ts')
    expect(() =>
      putFiles([
        [good, 'new'],
        [bad, 'new'],
      ]),
    ).toThrow(expect.objectContaining({ path: bad }))
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('what a killed process has left beside files', () => {
  // Larger than any process id that Linux, macOS or Windows give.
  const DEAD = 2 ** 30

  it('is removed, and nothing that is somebody else’s', () => {
    const kept = ['.env', `.notes.txt.${DEAD}.tmp`, `.y.ts.${process.pid}.tmp`, 'x.ts']
    for (const name of [...kept, `.x.ts.${DEAD}.tmp`]) writeFileSync(join(folder, name), 'half')
    removeLeftovers(folder, (name) => name.endsWith('.ts'))
    expect(readdirSync(folder)).toEqual(kept.sort())
  })
})
