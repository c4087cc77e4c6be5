import { join } from 'node:path'
import type { FileSystem } from './file-system.ts'
import type { FsyncPolicy } from './group-commit.ts'

/** A file that is to have this content, whole or not at all. */
export interface Replacement {
  readonly directory: string
  readonly name: string
  readonly content: readonly Uint8Array[]
}

/** Writes a file beside its final place and moves it there, so that a crash leaves the old one or the new one. */
export async function replaceFile(
  { directory, name, content }: Replacement,
  files: FileSystem,
  fsync: FsyncPolicy,
): Promise<void> {
  const temporary = join(directory, `${name}.tmp`)
  files.remove(temporary)
  const descriptor = files.open(temporary, 'create')
  try {
    files.write(descriptor, content)
    if (fsync !== 'never') await files.sync(descriptor)
  } finally {
    files.close(descriptor)
  }
  files.rename(temporary, join(directory, name))
  if (fsync !== 'never') await files.syncDirectory(directory)
}
