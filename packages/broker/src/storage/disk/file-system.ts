// What the storage asks of a file system, small enough for a test to replace: with one that crashes after any
// operation, and forgets what was never synced.

import {
  closeSync,
  fsync,
  mkdirSync,
  openSync,
  read,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
  unlinkSync,
  writevSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A descriptor of an open file. */
export type Descriptor = number

/**
 * Files and directories. Writing is synchronous: it copies into the page cache, which is faster than a turn
 * through the thread pool. What waits for the device, syncing and cold reads, is not.
 */
export interface FileSystem {
  /** The names in a directory; none when there is no such directory. */
  list(path: string): readonly string[]
  /** Creates a directory and those above it. */
  createDirectory(path: string): void
  /** A whole file; undefined when there is none. */
  readFile(path: string): Uint8Array | undefined
  /** Bytes of a file. */
  sizeOf(path: string): number
  /** Opens a file: to read; to append, creating it where it is missing; or to create it, failing when it exists. */
  open(path: string, mode: OpenMode): Descriptor
  close(descriptor: Descriptor): void
  /** Writes all chunks at the end of a file. */
  write(descriptor: Descriptor, chunks: readonly Uint8Array[]): void
  /** Fills the buffer from a position on; resolves with how many bytes there were. */
  read(descriptor: Descriptor, buffer: Uint8Array, position: number): Promise<number>
  /** The same at once, for the start. */
  readNow(descriptor: Descriptor, buffer: Uint8Array, position: number): number
  truncate(path: string, size: number): void
  /** Resolves when the device has what was written to the file. */
  sync(descriptor: Descriptor): Promise<void>
  /** Resolves when the device has the names that were created, changed and removed in a directory. */
  syncDirectory(path: string): Promise<void>
  /** Replaces what has the new name. */
  rename(from: string, to: string): void
  /** Removes a file that may be missing. */
  remove(path: string): void
  /** Removes a directory with all that is in it. */
  removeDirectory(path: string): Promise<void>
}

/** How a file is opened. */
export type OpenMode = 'read' | 'append' | 'create'

const FLAGS = { read: 'r', append: 'a', create: 'wx' } as const

const readAsync = promisify(read)
const syncAsync = promisify(fsync)

/** The file system of the machine. */
export const nodeFileSystem: FileSystem = {
  list: (path) => whereFound(() => readdirSync(path)) ?? [],
  createDirectory: (path) => void mkdirSync(path, { recursive: true }),
  readFile: (path) => whereFound(() => readFileSync(path)),
  sizeOf: (path) => statSync(path).size,
  open: (path, mode) => openSync(path, FLAGS[mode]),
  close: closeSync,
  write(descriptor, chunks) {
    let left = chunks
    while (left.length > 0) left = after(left, writevSync(descriptor, left))
  },
  async read(descriptor, buffer, position) {
    let filled = 0
    while (filled < buffer.byteLength) {
      const { bytesRead } = await readAsync(
        descriptor,
        buffer,
        filled,
        buffer.byteLength - filled,
        position + filled,
      )
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return filled
  },
  readNow(descriptor, buffer, position) {
    let filled = 0
    while (filled < buffer.byteLength) {
      const count = readSync(descriptor, buffer, filled, buffer.byteLength - filled, position + filled)
      if (count === 0) break
      filled += count
    }
    return filled
  },
  truncate: truncateSync,
  sync: syncAsync,
  async syncDirectory(path) {
    const descriptor = openSync(path, 'r')
    try {
      await syncAsync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  },
  rename: renameSync,
  remove: (path) => void whereFound(() => unlinkSync(path)),
  removeDirectory: async (path) => await rm(path, { recursive: true, force: true }),
}

/** What is left of the chunks when some bytes of them are written. A device may take less than it is given. */
function after(chunks: readonly Uint8Array[], written: number): readonly Uint8Array[] {
  let bytes = written
  for (const [index, chunk] of chunks.entries()) {
    if (bytes < chunk.byteLength) return [chunk.subarray(bytes), ...chunks.slice(index + 1)]
    bytes -= chunk.byteLength
  }
  return []
}

function whereFound<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** Whether an operation failed because there is no such file. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
