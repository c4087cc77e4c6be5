// Generated files onto the disk. It changes as little as it can, and nothing that it did not make.

import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { checkFree } from './check-free.ts'
import type { GeneratedFile } from './event-task.ts'
import { withPlainLineEnds } from './line-ends.ts'
import { isGenerated, isGeneratedName } from './modules/banner.ts'
import { putFile } from './put-file.ts'

const GENERATED = { made: 'generated', toMake: 'generate' }

/** How files are written. */
export interface WriteOptions {
  /**
   * Whether generated files that are left from before stay. For a run in which some definitions were wrong: their
   * event types have no files in it, and a typo shall not take away a module that works.
   *
   * @default false
   */
  readonly keepStale?: boolean
}

/** What happened to the files of a folder. */
export interface WriteResult {
  /** Files that are new or have other content than before. */
  readonly written: readonly string[]
  /** Files that had this content already and were left alone. */
  readonly unchanged: readonly string[]
  /** Files that were generated once and no longer are. */
  readonly removed: readonly string[]
}

/**
 * Writes generated files into a folder, which is made if it does not exist. Files that did not change are not touched,
 * so that watchers and builds see changes only. Generated files that are left from before are removed, unless
 * `keepStale` is set; whatever does not begin with our banner stays.
 *
 * @throws Error before anything is written, when a file is in the way that was not generated.
 */
export async function writeGenerated(
  files: readonly GeneratedFile[],
  outDir: string,
  { keepStale = false }: WriteOptions = {},
): Promise<WriteResult> {
  for (const { path } of files) checkFileName(path)
  await mkdir(outDir, { recursive: true })
  const present = await readGenerated(outDir)
  for (const { path } of files) await checkFree(join(outDir, path), present.has(path), GENERATED)

  const changed = files.filter(({ path, content }) => present.get(path) !== content)
  const wanted = new Set(files.map(({ path }) => path))
  const stale = keepStale ? [] : [...present.keys()].filter((path) => !wanted.has(path))
  for (const { path, content } of changed) putFile(join(outDir, path), content)
  for (const path of stale) await rm(join(outDir, path))

  const written = changed.map(({ path }) => path)
  return {
    written: written.sort(),
    unchanged: files
      .map(({ path }) => path)
      .filter((path) => !written.includes(path))
      .sort(),
    removed: stale.sort(),
  }
}

/** The name of a generated file can never lead out of the folder. */
function checkFileName(path: string): void {
  if (!isGeneratedName(path)) throw new Error(`${JSON.stringify(path)} is no name for a generated file`)
}

/** The generated files of a folder with their content. Links are none, wherever they lead. */
async function readGenerated(folder: string): Promise<Map<string, string>> {
  const generated = new Map<string, string>()
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !isGeneratedName(entry.name)) continue
    const text = withPlainLineEnds(await readFile(join(folder, entry.name), 'utf8'))
    if (isGenerated(text)) generated.set(entry.name, text)
  }
  return generated
}
