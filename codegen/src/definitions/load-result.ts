import type { Diagnostic } from '../diagnostic.ts'
import type { EventTypeDefinition } from './event-type-definition.ts'

/** What a source holds. */
export interface LoadResult {
  /** In the order of the files' paths. */
  readonly definitions: readonly EventTypeDefinition[]
  /** What is wrong with files; the definitions beside it are there all the same. */
  readonly diagnostics: readonly Diagnostic[]
}
