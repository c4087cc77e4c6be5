import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Cursor } from '@rioni/protocol'
import { invalidArgument } from '../error.ts'

/** Keeps the positions of readers of low-level streams, which the broker does not. */
export interface CursorStore {
  /** The position of every partition that was saved; empty before the first. */
  load(eventType: string): Promise<readonly Cursor[]>
  /** Keeps the position of one partition. When it resolves, a later `load` must know it. */
  save(eventType: string, cursor: Cursor): Promise<void>
}

/** Positions that are forgotten with the process: for tests, and to read the same from the beginning each time. */
export function createMemoryCursorStore(): CursorStore {
  const positions = new Map<string, Map<string, string>>()
  return {
    async load(eventType) {
      return cursorsOf(positions.get(eventType))
    },
    async save(eventType, { partition, offset }) {
      positions.set(eventType, new Map(positions.get(eventType)).set(partition, offset))
    },
  }
}

/**
 * Positions in a JSON file, `{ [eventType]: { [partition]: offset } }`, of one process: two that share a file
 * overwrite each other. A file is replaced as a whole, so that a crash leaves the old or the new one.
 *
 * @throws NakadiError `invalid-argument`, on first use, when the file holds something else.
 */
export function createFileCursorStore(path: string): CursorStore {
  let positions: Promise<Map<string, Map<string, string>>> | undefined
  let written: Promise<void> = Promise.resolve()
  const loaded = () => {
    positions ??= readPositions(path)
    return positions
  }
  return {
    async load(eventType) {
      return cursorsOf((await loaded()).get(eventType))
    },
    async save(eventType, { partition, offset }) {
      const all = await loaded()
      all.set(eventType, new Map(all.get(eventType)).set(partition, offset))
      const text = JSON.stringify(
        Object.fromEntries([...all].map(([name, own]) => [name, Object.fromEntries(own)])),
      )
      // One write after another: a failed one concerns its own caller only.
      written = written.catch(() => undefined).then(() => replaceFile(path, text))
      await written
    },
  }
}

function cursorsOf(offsets: ReadonlyMap<string, string> | undefined): readonly Cursor[] {
  return [...(offsets ?? [])].map(([partition, offset]) => ({ partition, offset }))
}

async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, text, { flush: true })
  await rename(`${path}.new`, path)
}

async function readPositions(path: string): Promise<Map<string, Map<string, string>>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}'
    throw error
  })
  const positions = new Map<string, Map<string, string>>()
  for (const [eventType, offsets] of entriesOf(parsed(text), path)) {
    const own = new Map<string, string>()
    for (const [partition, offset] of entriesOf(offsets, path)) {
      if (typeof offset !== 'string') throw noPositions(path)
      own.set(partition, offset)
    }
    positions.set(eventType, own)
  }
  return positions
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function entriesOf(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw noPositions(path)
  return Object.entries(value)
}

function noPositions(path: string) {
  return invalidArgument(`${path} holds no positions of a cursor store; mend it or take it away`)
}
