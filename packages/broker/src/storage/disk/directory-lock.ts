// A data directory belongs to one process. The lock is a file that names it; it outlives a process that was killed,
// so whoever comes next looks whether the process is still there.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DiskStorageError } from './disk-storage-error.ts'
import { type FileSystem, isNotFound } from './file-system.ts'

const LOCK_FILE = 'lock'

/** Who holds a lock. */
interface Holder {
  readonly pid: number
  /** When the process was started, so that a later process of the same number is not taken for it. */
  readonly startedAt: string | null
}

/** Takes the lock of a directory. Returns how to give it back. Throws when somebody has it. */
export function lockDirectory(directory: string, files: FileSystem): () => void {
  const path = join(directory, LOCK_FILE)
  const own: Holder = { pid: process.pid, startedAt: startOf(process.pid) }
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (create(path, own, files)) return () => files.remove(path)
    const holder = readHolder(path, files)
    if (holder !== undefined && isAlive(holder)) throw locked(directory, holder)
    // Moved away before it is removed: of two processes that find it stale, only one can move it.
    moveAway(path, `${path}.${process.pid}`, files)
  }
  throw locked(directory, readHolder(path, files))
}

function create(path: string, holder: Holder, files: FileSystem): boolean {
  try {
    const descriptor = files.open(path, 'create')
    files.write(descriptor, [new TextEncoder().encode(JSON.stringify(holder))])
    files.close(descriptor)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function moveAway(path: string, to: string, files: FileSystem): void {
  try {
    files.rename(path, to)
    files.remove(to)
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

/** Undefined when the lock is gone, or was never written completely. */
function readHolder(path: string, files: FileSystem): Holder | undefined {
  const bytes = files.readFile(path)
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isHolder(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number'
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // A process of another user may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return startedAt === null || startedAt === startOf(pid)
}

/**
 * When a process was started, in ticks since the machine was, with the name of that start of the machine. `null`
 * where there is no `/proc`.
 */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses, which may contain anything. The 22nd is the start.
    const ticks = status.slice(status.lastIndexOf(')') + 2).split(' ')[19]
    return `${boot} ${ticks}`
  } catch {
    return null
  }
}

function locked(directory: string, holder: Holder | undefined): DiskStorageError {
  const who = holder === undefined ? 'another process' : `the process ${holder.pid}`
  return new DiskStorageError(
    'locked',
    `The data directory ${directory} is in use by ${who}. Stop that process, or choose another directory.`,
  )
}
