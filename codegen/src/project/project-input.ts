// What a generation of a project starts from, and what comes of it.

import { resolve } from 'node:path'
import type { FormatTypes } from '../codec/map-formats.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { Proof } from '../proof/proof.ts'
import type { EventTypeMappings } from '../sources/load-sources.ts'
import type { SourceFiles } from '../sources/read-source.ts'
import { hashText } from './file-state.ts'
import type { GenerationCache } from './generation-cache.ts'
import type { OutputChanges } from './output-folder.ts'

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
  readonly proof: boolean
  /** @default false */
  readonly docs?: boolean
  /** @default {} */
  readonly formats?: FormatTypes
  /** @default false */
  readonly asyncapi?: boolean
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
  /** What trying the code on documents has shown; of event types that did not change, at the time they did. */
  readonly proof: Proof
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
  readonly cache: GenerationCache
  readonly version: string
}

/** A hash of all that goes into a generation, with the lock file that comes out of it. */
export function inputHash({ settings, files, version }: ProjectInput, lockHash: string): string {
  const { out, lock: _, ...rest } = settings
  const texts = files.map(({ texts, links }) => [
    [...texts].map(([path, text]) => [path, hashText(text)]),
    [...links],
  ])
  return hashText(JSON.stringify([version, resolve(out), rest, texts, lockHash]))
}
