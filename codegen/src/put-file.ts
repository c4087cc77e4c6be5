// Text into a file in one step: whoever reads it meanwhile, or after the process was killed or the disk was full, meets the
// file of before or the new one.

import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Puts a text where a file is or shall be.
 *
 * @throws Error of the operating system; then nothing has changed
 */
export function putFile(path: string, text: string): void {
  const beside = besideOf(path)
  try {
    writeFileSync(beside, text)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    // Nobody knows the file beside it.
    throw error instanceof Error && 'syscall' in error ? Object.assign(error, { path }) : error
  }
}

/** Where a process writes a file before it is put in its place. Two processes never write the same one. */
export function besideOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
}

/**
 * Removes from a folder what processes have written beside the place of a file and did not live to put there.
 *
 * @param isOurs - whether a file of this name could be one that is put into the folder
 */
export function removeLeftovers(folder: string, isOurs: (name: string) => boolean): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const [, name = '', pid = ''] = /^\.(.+)\.(\d+)\.tmp$/.exec(entry.name) ?? []
    if (entry.isFile() && isOurs(name) && !isRunning(Number(pid)))
      rmSync(join(folder, entry.name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // A process of somebody else may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
