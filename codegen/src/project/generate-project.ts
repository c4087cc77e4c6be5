// Sources to an output folder with its lock file. What did not change since the last time is neither parsed nor generated;
// this module loads nothing that only generating needs, so that a run without changes ends early.

import { join } from 'node:path'
import { LOCK_FILE_NAME } from '../lock/lock-file.ts'
import { readSource } from '../sources/read-source.ts'
import { EMPTY_CACHE, readCache } from './generation-cache.ts'
import { generatorVersion } from './generator-version.ts'
import { lockHash } from './lock-state.ts'
import { type OutputFolder, openOutputFolder } from './output-folder.ts'
import {
  inputHash,
  type ProjectInput,
  type ProjectOptions,
  type ProjectResult,
  type ProjectSettings,
} from './project-input.ts'

/**
 * Generates a project: reads its sources and its lock file, and writes what has changed.
 *
 * @throws Error before anything is written, when the lock file cannot be read, or when a file is in the way that was not
 *   generated
 */
export async function generateProject(
  settings: ProjectSettings,
  options: ProjectOptions = {},
): Promise<ProjectResult> {
  const lockFile = settings.lock ?? join(settings.out, LOCK_FILE_NAME)
  const input: ProjectInput = {
    settings,
    files: settings.sources.map(({ path }) => readSource(path)),
    lockFile,
    cache: options.cacheFile === undefined ? EMPTY_CACHE : readCache(options.cacheFile),
    version: generatorVersion(),
  }
  const folder = openOutputFolder(settings.out, {
    isCheck: options.check === true,
    known: input.cache.output,
  })
  if (isAsBefore(input, folder)) return leaveAsItIs(input, folder)
  const { generateChanged } = await import('./generate-changed.ts')
  return generateChanged(input, folder, options)
}

function isAsBefore(input: ProjectInput, folder: OutputFolder): boolean {
  const { cache, lockFile } = input
  if (cache.input === undefined) return false
  const isSame = Object.entries(cache.output).every(([path, { hash }]) => folder.hashOf(path) === hash)
  const lock = isSame ? lockHash(lockFile, cache.lock) : undefined
  return lock !== undefined && cache.input === inputHash(input, lock)
}

function leaveAsItIs({ cache, lockFile }: ProjectInput, folder: OutputFolder): ProjectResult {
  for (const path of Object.keys(cache.output)) folder.keep(path)
  folder.removeOthers()
  return {
    ...folder.changes(),
    diagnostics: cache.diagnostics,
    proof: cache.proof,
    generated: Object.keys(cache.eventTypes).length,
    lost: [],
    lockFile,
    lockChange: 'unchanged',
  }
}
