// The generated files of a folder, one after the other, so that they need not all be in memory. It changes as little as it
// can, and nothing that was not generated.

import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { withPlainLineEnds } from '../line-ends.ts'
import { LOCK_FILE_NAME } from '../lock/lock-file.ts'
import { isGenerated, isGeneratedName } from '../modules/banner.ts'
import { putFile, removeLeftovers } from '../put-file.ts'
import { type FileState, hashText, stampOf } from './file-state.ts'

/** The state of an output folder and the way to change it. */
export interface OutputFolder {
  /** Hash of a generated file as it is on the disk; undefined when there is none. */
  hashOf(path: string): string | undefined
  /** @throws Error when a file is in the way that was not generated */
  checkFree(path: string): void
  /** Puts a file there; a file with this content already is left alone. Returns the hash of the content. */
  put(path: string, content: string): string
  /** Says that a file is good as it is. */
  keep(path: string): void
  /** Removes the generated files that were neither put nor kept. */
  removeOthers(): void
  changes(): OutputChanges
  /** The files that were put or kept, as they are now. */
  states(): Readonly<Record<string, FileState>>
}

/** What became of the files of a folder. In a check, what would become of them. */
export interface OutputChanges {
  readonly written: readonly string[]
  readonly unchanged: readonly string[]
  readonly removed: readonly string[]
}

/**
 * Opens a folder.
 *
 * @param known - files as they were when they were generated; one that still looks the same is not read
 */
export function openOutputFolder(
  folder: string,
  { isCheck, known }: { readonly isCheck: boolean; readonly known: Readonly<Record<string, FileState>> },
): OutputFolder {
  const present = readGenerated(folder, known)
  const written: string[] = []
  const unchanged: string[] = []
  const removed: string[] = []
  return {
    hashOf: (path) => present.get(path),
    checkFree(path) {
      const isForeign =
        !present.has(path) && lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined
      if (!isForeign) return
      throw new Error(
        `${join(folder, path)} was not generated and is not overwritten: move it away, or generate into another folder`,
      )
    },
    put(path, content) {
      checkFileName(path)
      const hash = hashText(content)
      if (present.get(path) === hash) unchanged.push(path)
      else {
        written.push(path)
        if (isCheck) return hash
        if (written.length === 1) makeFolder(folder)
        putFile(join(folder, path), content)
        present.set(path, hash)
      }
      return hash
    },
    keep: (path) => void unchanged.push(path),
    removeOthers() {
      const wanted = new Set([...written, ...unchanged])
      for (const path of present.keys()) {
        if (wanted.has(path)) continue
        removed.push(path)
        if (!isCheck) rmSync(join(folder, path))
      }
    },
    states: () =>
      Object.fromEntries(
        [...written, ...unchanged].map((path) => [
          path,
          { hash: present.get(path) ?? '', stamp: stampOf(join(folder, path)) },
        ]),
      ),
    changes: () => ({ written: written.sort(), unchanged: unchanged.sort(), removed: removed.sort() }),
  }
}

function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true })
  removeLeftovers(folder, (name) => isGeneratedName(name) || name === LOCK_FILE_NAME)
}

/** The name of a generated file can never lead out of the folder. */
function checkFileName(path: string): void {
  if (!isGeneratedName(path)) throw new Error(`${JSON.stringify(path)} is no name for a generated file`)
}

/** Hashes of the generated files of a folder. Links are none, wherever they lead. */
function readGenerated(folder: string, known: Readonly<Record<string, FileState>>): Map<string, string> {
  const generated = new Map<string, string>()
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return generated
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !isGeneratedName(entry.name)) continue
    const path = join(folder, entry.name)
    const before = Object.hasOwn(known, entry.name) ? known[entry.name] : undefined
    if (before !== undefined && before.stamp === stampOf(path)) generated.set(entry.name, before.hash)
    else {
      const text = readFileSync(path, 'utf8')
      if (isGenerated(text)) generated.set(entry.name, hashText(withPlainLineEnds(text)))
    }
  }
  return generated
}
