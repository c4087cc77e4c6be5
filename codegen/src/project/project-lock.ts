// The lock file of a project: read before a generation, written after it.

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorText } from '../error-text.ts'
import { EMPTY_LOCK, type LockFile, parseLockFile } from '../lock/lock-file.ts'
import { putFile } from '../put-file.ts'
import { lockStamp, readLockText } from './lock-state.ts'
import type { ProjectInput } from './project-input.ts'

/** What a generation starts from when something has changed. */
export interface LockedInput extends ProjectInput {
  /** Undefined when there is no lock file. */
  readonly lockText: string | undefined
  /** What the file system said of it before it was read. */
  readonly lockStamp: string | undefined
  readonly lock: LockFile
}

/**
 * Reads the lock file that belongs to an input; where there is none, an empty one.
 *
 * @throws Error when it is no lock file
 */
export function withLock(input: ProjectInput): LockedInput {
  const { lockFile } = input
  // In this order, so that a file that changes in between does not go by the stamp of its new content.
  const stamp = lockStamp(lockFile)
  const lockText = readLockText(lockFile)
  const lock = lockText === undefined ? EMPTY_LOCK : parseLock(lockText, lockFile)
  return { ...input, lockText, lockStamp: stamp, lock }
}

function parseLock(text: string, lockFile: string): LockFile {
  try {
    return parseLockFile(text)
  } catch (error) {
    throw new Error(`${lockFile} cannot be used: ${errorText(error)}`)
  }
}

/** Writes the text of a lock file, and makes its folder. Returns what the file system says of it now. */
export function writeLock(path: string, text: string): string | undefined {
  mkdirSync(dirname(path), { recursive: true })
  putFile(path, text)
  return lockStamp(path)
}

/** The next lock file with what only the one before has. */
export function withMissing(next: LockFile, before: LockFile): LockFile {
  return { ...next, eventTypes: { ...before.eventTypes, ...next.eventTypes } }
}
