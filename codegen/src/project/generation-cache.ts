// What the last generation of a folder was made from. It holds hashes and messages and no code, so whoever can write to it
// can make a generation be skipped, but cannot put anything into its output.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Diagnostic } from '../diagnostic.ts'
import { NO_PROOF, type Proof } from '../proof/proof.ts'
import { putFile } from '../put-file.ts'
import { isNode } from '../schema/json-schema.ts'
import type { FileState } from './file-state.ts'

/** What is remembered of one event type. */
export interface CachedEvent {
  /** A hash of everything that its modules depend on. */
  readonly key: string
  /** Hashes of its files, by path. */
  readonly files: Readonly<Record<string, string>>
  readonly diagnostics: readonly Diagnostic[]
  readonly proof?: Proof
}

/** What is remembered of a generation. */
export interface GenerationCache {
  /** A hash of all that went in; absent when something was wrong with it. */
  readonly input?: string
  /** The lock file that came out; absent when `input` is. */
  readonly lock?: FileState
  /** All files that came out, by path. */
  readonly output: Readonly<Record<string, FileState>>
  readonly diagnostics: readonly Diagnostic[]
  readonly proof: Proof
  readonly eventTypes: Readonly<Record<string, CachedEvent>>
}

/** The cache of what was never generated. */
export const EMPTY_CACHE: GenerationCache = {
  output: {},
  diagnostics: [],
  proof: NO_PROOF,
  eventTypes: {},
}

/**
 * Where the cache of an output folder is: with the other caches of the project or, where there is no `node_modules`, in
 * the folder of the operating system for temporary files.
 *
 * @param out - absolute path of the output folder
 */
export function cacheFileOf(out: string, workingFolder: string): string {
  const name = `${createHash('sha256').update(out).digest('hex').slice(0, 16)}.json`
  for (let folder = workingFolder; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules'))) return join(folder, 'node_modules/.cache/rioni', name)
    if (folder === dirname(folder)) return join(tmpdir(), 'rioni', name)
  }
}

/** Reads a cache; an empty one when there is none that can be read. */
export function readCache(path: string): GenerationCache {
  try {
    const cache: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (!isNode(cache) || cache['form'] !== FORM) return EMPTY_CACHE
    return cache as unknown as GenerationCache
  } catch {
    return EMPTY_CACHE
  }
}

/** Writes a cache. That it cannot be written costs time at the next generation and nothing else. */
export function writeCache(path: string, cache: GenerationCache): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    putFile(path, JSON.stringify({ form: FORM, ...cache }))
  } catch {}
}

/** Changes with what the cache holds. */
const FORM = 3
