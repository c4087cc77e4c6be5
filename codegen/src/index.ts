/**
 * Event type definitions to typed producers and consumers.
 *
 * @module
 */

export type { DefinitionOrigin, EventTypeDefinition } from './definitions/event-type-definition.ts'
export { loadDefinitions } from './definitions/load-definitions.ts'
export type { LoadResult } from './definitions/parse-definitions.ts'
// For users.
export type { Diagnostic } from './diagnostic.ts'
export { formatDiagnostic } from './diagnostic.ts'
export { type GenerateResult, generate } from './generate.ts'
export type { GeneratedFile } from './generate-event.ts'
export type { GenerateOptions } from './generation-plan.ts'
export {
  EMPTY_LOCK,
  formatLockFile,
  LOCK_FILE_NAME,
  type LockedEventType,
  type LockedType,
  type LockFile,
  parseLockFile,
} from './lock/lock-file.ts'
export { type WriteOptions, type WriteResult, writeGenerated } from './write-generated.ts'
