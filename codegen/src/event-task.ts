// What goes into the generation of one event type, and what comes out.

import type { FormatTypes } from './codec/map-formats.ts'
import type { EventTypeDefinition } from './definitions/event-type-definition.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { EventNames } from './event-names.ts'
import type { LockedEventType, LockedType } from './lock/lock-file.ts'
import type { Proof } from './proof/proof.ts'

/** One file to write. */
export interface GeneratedFile {
  /** A plain file name of `[a-z0-9-]` and `.ts`, `.validator.ts`, `.examples.ts`, `.md` or `.yaml`, never a path. */
  readonly path: string
  readonly content: string
}

/** What is the same for all event types of a generation. */
export interface ModuleOptions {
  /** What relative imports end in. */
  readonly importExtension: '.js' | '.ts'
  readonly validators: boolean
  readonly examples: boolean
  readonly proof: boolean
  readonly docs: boolean
  readonly formats: FormatTypes
}

/** Everything that the modules of one event type depend on; plain data, so that it can go to another thread. */
export interface EventTask {
  readonly definition: EventTypeDefinition
  readonly names: EventNames
  readonly options: ModuleOptions
  /** What the types of the payload's parts were called before. */
  readonly pinned: { readonly [name: string]: LockedType }
}

/** What became of one event type. */
export interface EventResult {
  /** None when the event type has an error. */
  readonly files: readonly GeneratedFile[]
  readonly diagnostics: readonly Diagnostic[]
  readonly locked?: LockedEventType
  /** What trying the code has shown; absent when nothing was tried. */
  readonly proof?: Proof
}
