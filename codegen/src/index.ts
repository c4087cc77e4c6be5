/**
 * Event type definitions to typed producers and consumers.
 *
 * @module
 */

export { defineConfig, type RioniConfig, type SourceConfig, type SourceInput } from './config/config.ts'
export { findConfig, type LoadedConfig, loadConfig } from './config/load-config.ts'
export type {
  DefinitionOrigin,
  DefinitionPart,
  EventTypeDefinition,
} from './definitions/event-type-definition.ts'
export { loadDefinitions } from './definitions/load-definitions.ts'
export type { LoadResult } from './definitions/load-result.ts'
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
export { generateProject } from './project/generate-project.ts'
export { cacheFileOf } from './project/generation-cache.ts'
export type { OutputChanges } from './project/output-folder.ts'
export type {
  ProjectOptions,
  ProjectResult,
  ProjectSettings,
  ProjectSource,
} from './project/project-input.ts'
export type { EventTypeMapping } from './sources/described-event.ts'
export type { EventTypeMappings } from './sources/load-sources.ts'
export { type WriteOptions, type WriteResult, writeGenerated } from './write-generated.ts'
