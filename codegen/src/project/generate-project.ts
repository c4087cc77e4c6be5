// Sources to an output folder with its lock file. What did not change since the last time is neither parsed nor generated;
// this module loads nothing that only generating needs, so that a run without changes ends early.

import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Diagnostic } from '../diagnostic.ts'
import { EMPTY_LOCK, LOCK_FILE_NAME, type LockFile, parseLockFile } from '../lock/lock-file.ts'
import type { EventTypeMappings } from '../sources/load-sources.ts'
import { readSource, type SourceFiles } from '../sources/read-source.ts'
import { EMPTY_CACHE, type GenerationCache, readCache } from './generation-cache.ts'
import { generatorVersion } from './generator-version.ts'
import { hashText, type OutputChanges, type OutputFolder, openOutputFolder } from './output-folder.ts'

/** Everything that a generation of a project depends on. Paths may be relative to the working folder. */
export interface ProjectSettings {
  readonly sources: readonly ProjectSource[]
  readonly out: string
  /** @default `rioni.lock.json` in the output folder */
  readonly lock?: string
  /** Names of event types to generate, in which `*` stands for any text; all when there are none. */
  readonly include: readonly string[]
  /** Names of event types to leave out, in the same form. */
  readonly exclude: readonly string[]
  /** Names of payload types, by event type. */
  readonly names: Readonly<Record<string, string>>
  readonly validators: boolean
  readonly examples: boolean
  readonly importExtension: '.js' | '.ts'
}

/** A folder or a document, and the event types that a document does not name itself. */
export interface ProjectSource {
  readonly path: string
  readonly eventTypes?: EventTypeMappings
}

/** How a project is generated. */
export interface ProjectOptions {
  /**
   * Whether to tell what would change and change nothing.
   *
   * @default false
   */
  readonly check?: boolean
  /**
   * The file that remembers what was generated.
   *
   * @default none: everything is generated anew
   */
  readonly cacheFile?: string
  /** Called when an event type has been generated, and how many of them there are. */
  readonly onProgress?: (done: number, total: number) => void
}

/** What came of it. */
export interface ProjectResult extends OutputChanges {
  readonly diagnostics: readonly Diagnostic[]
  /** Event types that there are code for. When there are none, nothing was changed. */
  readonly generated: number
  /** Exported names that there are no longer, in a sentence each. */
  readonly lost: readonly string[]
  /** The path of the lock file. */
  readonly lockFile: string
  /** What happened to the lock file; in a check, what would. */
  readonly lockChange: 'written' | 'unchanged'
}

/** What has been read before anything is decided. */
export interface ProjectInput {
  readonly settings: ProjectSettings
  readonly files: readonly SourceFiles[]
  readonly lockFile: string
  readonly lockText: string | undefined
  readonly lock: LockFile
  readonly cache: GenerationCache
  readonly version: string
}

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
  const lockText = readText(lockFile)
  const input: ProjectInput = {
    settings,
    files: settings.sources.map(({ path }) => readSource(path)),
    lockFile,
    lockText,
    lock: lockText === undefined ? EMPTY_LOCK : readLock(lockFile, lockText),
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

/** A hash of all that goes into a generation, with the lock file that comes out of it. */
export function inputHash({ settings, files, version }: ProjectInput, lockText: string): string {
  const { out, lock: _, ...rest } = settings
  const texts = files.map(({ texts, links }) => [
    [...texts].map(([path, text]) => [path, hashText(text)]),
    [...links],
  ])
  return hashText(JSON.stringify([version, resolve(out), rest, texts, hashText(lockText)]))
}

function isAsBefore(input: ProjectInput, folder: OutputFolder): boolean {
  const { cache, lockText } = input
  if (cache.input === undefined || lockText === undefined) return false
  return (
    Object.entries(cache.output).every(([path, { hash }]) => folder.hashOf(path) === hash) &&
    cache.input === inputHash(input, lockText)
  )
}

function leaveAsItIs({ cache, lock, lockFile }: ProjectInput, folder: OutputFolder): ProjectResult {
  for (const path of Object.keys(cache.output)) folder.keep(path)
  folder.removeOthers()
  return {
    ...folder.changes(),
    diagnostics: cache.diagnostics,
    generated: Object.keys(lock.eventTypes).length,
    lost: [],
    lockFile,
    lockChange: 'unchanged',
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function readLock(path: string, text: string): LockFile {
  try {
    return parseLockFile(text)
  } catch (error) {
    throw new Error(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  }
}
