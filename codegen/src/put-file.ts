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
  putFiles([[path, text]])
}

/**
 * Puts texts where files are or shall be. None is put there before all are on the disk.
 *
 * @throws Error of the operating system; then nothing has changed, unless a folder or a link is in the way
 */
export function putFiles(files: readonly (readonly [path: string, text: string])[]): void {
  try {
    for (const [path, text] of files) about(path, () => writeFileSync(besideOf(path), text))
    for (const [path] of files) about(path, () => renameSync(besideOf(path), path))
  } catch (error) {
    for (const [path] of files) rmSync(besideOf(path), { force: true })
    throw error
  }
}

/** Where a process writes a file before it is put in its place. Two processes never write the same one. */
function besideOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
}

/** Nobody knows the file beside the one that is meant, so an error is about the latter. */
function about(path: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error
  }
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
