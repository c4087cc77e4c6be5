// What tells whether a file is the same as before.

import { createHash } from 'node:crypto'
import { lstatSync } from 'node:fs'

/** A file by its content and by what the file system says of it, which changes with the content. */
export interface FileState {
  readonly hash: string
  readonly stamp: string
}

/** A hash of a text that tells it from every other. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** Size, identity and times. Nobody sets the last of them, so a file with the same stamp has the same content. */
export function stampOf(path: string): string {
  const { size, ino, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true })
  return [size, ino, mtimeNs, ctimeNs].join(' ')
}
