import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changesIn } from './watch-paths.ts'

let folder: string
let watched: string
let ending: AbortController
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rioni-watch-'))
  watched = join(folder, 'event-types')
  ending = new AbortController()
  mkdirSync(join(watched, 'common'), { recursive: true })
  writeFileSync(join(watched, 'a.yaml'), '1')
})
afterEach(() => {
  ending.abort()
  rmSync(folder, { recursive: true })
})

/** No quiet time: a burst of changes ends with the turn of the event loop. */
const clock = {
  now: () => 0,
  after: (_: number, fn: () => void) => {
    const handle = setImmediate(fn)
    return () => clearImmediate(handle)
  },
}

/** What replaces a file as editors do it: a new file that takes its name. */
function replace(path: string, text: string): void {
  writeFileSync(join(folder, 'draft'), text)
  renameSync(join(folder, 'draft'), path)
}

/** Waits until each step, one after the other, was told as a change. Hangs when one was not. */
async function toldAll(steps: readonly (() => void)[]): Promise<number> {
  const changes = changesIn(() => [watched], { clock, quietMs: 1, signal: ending.signal })
  await changes.next()
  let told = 0
  for (const step of steps) {
    step()
    await changes.next()
    told += 1
  }
  await changes.return(undefined)
  return told
}

describe('watching a folder', () => {
  it('tells of a file that is replaced again and again', async () => {
    const step = () => replace(join(watched, 'a.yaml'), '2')
    expect(await toldAll([step, step, step])).toBe(3)
  })

  it('tells of files in folders below, those that are new included', async () => {
    const fresh = join(watched, 'common', 'new')
    const steps = [
      () => writeFileSync(join(watched, 'common', 'b.yaml'), '1'),
      () => mkdirSync(fresh),
      () => writeFileSync(join(fresh, 'c.yaml'), '1'),
    ]
    expect(await toldAll(steps)).toBe(3)
  })

  it('follows what is to be watched, be it there or not', async () => {
    const other = join(folder, 'other')
    let paths = [watched]
    const changes = changesIn(() => paths, { clock, quietMs: 1, signal: ending.signal })
    await changes.next()
    paths = [watched, other]
    const step = async (change: () => void) => {
      const told = changes.next()
      await new Promise(setImmediate)
      change()
      expect((await told).done).toBe(false)
    }
    await step(() => mkdirSync(other))
    await step(() => writeFileSync(join(other, 'b.yaml'), '1'))
    await step(() => writeFileSync(join(watched, 'a.yaml'), '2'))
    await changes.return(undefined)
  })

  it('goes on when the folder goes away and another takes its place', async () => {
    const steps = [
      () => renameSync(watched, join(folder, 'gone')),
      () => mkdirSync(watched),
      () => writeFileSync(join(watched, 'a.yaml'), '2'),
    ]
    expect(await toldAll(steps)).toBe(3)
  })
})
