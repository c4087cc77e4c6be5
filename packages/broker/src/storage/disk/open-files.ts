import type { Descriptor, FileSystem, OpenMode } from './file-system.ts'

/** A file that stays open at least until it is released. */
export interface OpenFile {
  readonly descriptor: Descriptor
  release(): void
}

/** Open files, of which only so many stay open while nobody uses them. */
export interface OpenFiles {
  /** Opens a file or takes one that is still open. */
  use(path: string, mode: Exclude<OpenMode, 'create'>): OpenFile
  /** Closes a file, as soon as nobody uses it, that will not be needed again. */
  forget(path: string): void
  /** Closes all files. */
  close(): void
}

interface Entry {
  readonly descriptor: Descriptor
  users: number
  isForgotten: boolean
}

/** Keeps files open, at most `limit` beyond those that are in use. */
export function createOpenFiles(files: FileSystem, limit: number): OpenFiles {
  // A map keeps insertion order; whoever is used moves to the end, so the first ones have waited longest.
  const open = new Map<string, Entry>()

  function release(entry: Entry): void {
    entry.users -= 1
    if (entry.isForgotten && entry.users === 0) files.close(entry.descriptor)
    closeIdle()
  }

  function closeIdle(): void {
    for (const [key, entry] of open) {
      if (open.size <= limit) return
      if (entry.users > 0) continue
      open.delete(key)
      files.close(entry.descriptor)
    }
  }

  return {
    use(path, mode) {
      const key = `${mode} ${path}`
      const entry = open.get(key) ?? { descriptor: files.open(path, mode), users: 0, isForgotten: false }
      entry.users += 1
      open.delete(key)
      open.set(key, entry)
      return { descriptor: entry.descriptor, release: () => release(entry) }
    },
    forget(path) {
      for (const key of [`read ${path}`, `append ${path}`]) {
        const entry = open.get(key)
        if (entry === undefined) continue
        open.delete(key)
        entry.isForgotten = true
        if (entry.users === 0) files.close(entry.descriptor)
      }
    },
    close() {
      for (const { descriptor } of open.values()) files.close(descriptor)
      open.clear()
    },
  }
}
