import { join } from 'node:path'
import { DiskStorageError } from './disk-storage-error.ts'
import type { FileSystem } from './file-system.ts'
import type { FsyncPolicy } from './group-commit.ts'
import { replaceFile } from './replace-file.ts'

const FORMAT_FILE = 'format.json'

/** Counts up whenever an older version could not read what this one writes. */
const FORMAT_VERSION = 1

/** Makes sure that a directory is empty, or holds what this version can read; says in it which format it has. */
export async function checkFormat(directory: string, files: FileSystem, fsync: FsyncPolicy): Promise<void> {
  const bytes = files.readFile(join(directory, FORMAT_FILE))
  if (bytes !== undefined) return refuseOthers(directory, new TextDecoder().decode(bytes))
  const others = files.list(directory).filter((name) => !/^(lock|format\.json)/.test(name))
  if (others.length > 0) {
    throw new DiskStorageError(
      'foreign',
      `${directory} is neither empty nor a data directory of this broker: it has ${others[0]} and no ${FORMAT_FILE}. ` +
        'Choose another directory.',
    )
  }
  const content = [new TextEncoder().encode(`${JSON.stringify({ version: FORMAT_VERSION })}\n`)]
  await replaceFile({ directory, name: FORMAT_FILE, content }, files, fsync)
}

function refuseOthers(directory: string, text: string): void {
  const version = readVersion(text)
  if (version === FORMAT_VERSION) return
  if (version === undefined) {
    throw new DiskStorageError(
      'foreign',
      `${join(directory, FORMAT_FILE)} does not say what format the directory has.`,
    )
  }
  throw new DiskStorageError(
    'newer-format',
    `${directory} was written by a newer version of this broker: it has format ${version}, and this version reads ` +
      `format ${FORMAT_VERSION}. Use the newer version, or another directory.`,
  )
}

function readVersion(text: string): number | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isVersioned = typeof value === 'object' && value !== null && 'version' in value
    return isVersioned && typeof value.version === 'number' ? value.version : undefined
  } catch {
    return undefined
  }
}
