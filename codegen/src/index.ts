/**
 * Event type definitions to typed producers and consumers.
 *
 * @module
 */

export { decideEventType } from './apply/decide-event-type.ts'
export { decideSubscription, subscriptionKey } from './apply/decide-subscription.ts'
export { type PlanInput, planApply } from './apply/plan-apply.ts'
export type { Decision, EventTypeDecision, PlanStep, SubscriptionDecision } from './apply/plan-step.ts'
export type { FormatTypes } from './codec/map-formats.ts'
export { defineConfig, type RioniConfig, type SourceConfig, type SourceInput } from './config/config.ts'
export { findConfig, type LoadedConfig, loadConfig } from './config/load-config.ts'
export type {
  DefinitionOrigin,
  DefinitionPart,
  EventTypeDefinition,
} from './definitions/event-type-definition.ts'
export { loadDefinitions } from './definitions/load-definitions.ts'
export type { LoadResult } from './definitions/load-result.ts'
export { loadSubscriptions } from './definitions/load-subscriptions.ts'
export type { LoadedSubscriptions, SubscriptionDefinition } from './definitions/subscription-definition.ts'
export { withExcerpts } from './definitions/with-excerpts.ts'
// For users.
export type { Diagnostic } from './diagnostic.ts'
export { formatDiagnostic } from './diagnostic.ts'
export type { GeneratedFile } from './event-task.ts'
export { type GenerateResult, generate } from './generate.ts'
export type { GenerateOptions } from './generation-plan.ts'
export { type LintFinding, type LintLevels, lintEventTypes } from './lint/lint-event-types.ts'
export type { LintLevel, LintRule, LintSubject, Remark } from './lint/lint-rule.ts'
export { LINT_RULES } from './lint/lint-rules.ts'
export type { VisitedSchema } from './lint/visit-schemas.ts'
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
export { selectEventTypes } from './project/select-event-types.ts'
export { formatProof, type Proof } from './proof/proof.ts'
export { compareEventTypes, type EventTypeComparison } from './registry/compare-event-types.ts'
export { breaksAny, compareRegistries, type EventTypeMove } from './registry/compare-registries.ts'
export {
  type ContractComparison,
  type ContractInput,
  type ContractVerdict,
  compareContract,
} from './registry/contract-verdict.ts'
export type { DefinitionFormat } from './registry/definition-file.ts'
export { type EventTypeChange, type Role, verdictText } from './registry/event-type-change.ts'
export {
  type EventTypeSnapshot,
  type Snapshots,
  snapshotOfDefinition,
  snapshotOfLocked,
  snapshotOfRegistered,
} from './registry/event-type-snapshot.ts'
export { type SeparatedEventTypes, separateReadable } from './registry/separate-readable.ts'
export {
  type WriteDefinitionsOptions,
  type WrittenDefinitions,
  writeDefinitions,
} from './registry/write-definitions.ts'
export type { EventTypeMapping } from './sources/described-event.ts'
export type { EventTypeMappings } from './sources/load-sources.ts'
export { type WriteOptions, type WriteResult, writeGenerated } from './write-generated.ts'
