// Event type definitions to source files. A pure function: it reads no file, no clock and no environment, and the same
// definitions give the same bytes, whatever the order of their keys and of themselves.

import type { EventTypeDefinition } from './definitions/event-type-definition.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { GeneratedFile } from './event-task.ts'
import {
  concludeGeneration,
  type EventOutcome,
  type GenerateOptions,
  outcomeOf,
  planGeneration,
} from './generation-plan.ts'
import type { LockFile } from './lock/lock-file.ts'
import type { Proof } from './proof/proof.ts'
import { unknownNames } from './unknown-names.ts'

/** What became of the definitions. An event type with an error has no file; the others have theirs. */
export interface GenerateResult {
  /** Sorted by path. Empty when no event type could be generated. */
  readonly files: readonly GeneratedFile[]
  readonly diagnostics: readonly Diagnostic[]
  /**
   * What was generated, for the next time. An event type with an error keeps its entry from before, and with it its
   * names.
   */
  readonly lock: LockFile
  /** What trying the code on documents has shown. */
  readonly proof: Proof
}

/**
 * Generates one module per event type and an index of them.
 *
 * Never rejects because of a definition: what is wrong with it is a diagnostic.
 */
export async function generate(
  definitions: readonly EventTypeDefinition[],
  options: GenerateOptions = {},
): Promise<GenerateResult> {
  // Whoever imports the generator without generating need not wait for it.
  const { generateEvent } = await import('./generate-event.ts')
  const plan = planGeneration(definitions, options)
  const known = plan.defined.concat(Object.keys(plan.settings.lock.eventTypes))
  const unknown = unknownNames(plan.settings.names, known)
  const outcomes: EventOutcome[] = []
  const files: GeneratedFile[] = []
  for (const task of plan.tasks) {
    const result = await generateEvent(task)
    files.push(...result.files)
    outcomes.push(outcomeOf(result))
  }
  const { indexes, diagnostics, ...rest } = await concludeGeneration(plan, outcomes)
  return { files: [...files, ...indexes].sort(byPath), diagnostics: [...unknown, ...diagnostics], ...rest }
}

function byPath(left: GeneratedFile, right: GeneratedFile): number {
  return left.path < right.path ? -1 : 1
}
