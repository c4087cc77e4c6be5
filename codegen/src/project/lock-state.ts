// The lock file as a file, of which a run without changes wants to know no more than that it is the same.

import { lstatSync, readFileSync } from 'node:fs'
import { withPlainLineEnds } from '../line-ends.ts'
import { type FileState, hashText, stampOf } from './file-state.ts'

/** The text of a lock file; undefined when there is none. */
export function readLockText(path: string): string | undefined {
  try {
    return withPlainLineEnds(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * The hash of a lock file's text; undefined when there is none.
 *
 * @param known - the file as it was; one that still looks the same is not read
 */
export function lockHash(path: string, known: FileState | undefined): string | undefined {
  if (known !== undefined && lockStamp(path) === known.stamp) return known.hash
  const text = readLockText(path)
  return text === undefined ? undefined : hashText(text)
}

/** What the file system says of a lock file; undefined for a link, which stays as it is when the file does not. */
export function lockStamp(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? stampOf(path) : undefined
}
