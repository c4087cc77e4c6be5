// What the differences between code, definitions and registry come to.

import { breaksAny, compareRegistries, type EventTypeMove } from './compare-registries.ts'
import type { Role } from './event-type-change.ts'
import type { Snapshots } from './event-type-snapshot.ts'

/**
 * How code stands to the registry, the worst first.
 *
 * - `breaking`: the registry has moved in a way that this code may fail at.
 * - `moved`: the registry has moved, and neither code nor definitions follow yet.
 * - `stale`: the definitions have moved, and the code does not follow yet.
 * - `current`: code, definitions and registry say the same.
 */
export type ContractVerdict = 'breaking' | 'moved' | 'stale' | 'current'

/** What is known of the event types that code uses. */
export interface ContractInput {
  /** What the code was generated from; absent when there is no lock file. */
  readonly lock?: Snapshots
  /** What the definitions say; absent when there are none. */
  readonly files?: Snapshots
  /** What the registry has; absent when it was not asked. */
  readonly registry?: Snapshots
}

/** The differences, and what they come to. */
export interface ContractComparison {
  readonly verdict: ContractVerdict
  /** From the code, or else from the definitions, to the registry. */
  readonly registry: readonly EventTypeMove[]
  /** From the code to the definitions. */
  readonly files: readonly EventTypeMove[]
  /** From the definitions to the registry; what the code does not know of is in it too. */
  readonly registryFromFiles: readonly EventTypeMove[]
}

/** Compares what is known. `roles` are the sides that the code is on. */
export function compareContract(
  { lock, files, registry }: ContractInput,
  roles: readonly Role[],
): ContractComparison {
  const between = (before: Snapshots | undefined, after: Snapshots | undefined) =>
    before === undefined || after === undefined ? [] : compareRegistries(before, after)
  const registryFromFiles = between(files, registry)
  const registryFromCode = lock === undefined ? registryFromFiles : between(lock, registry)
  const stale = between(lock, files)
  const isFollowed = files !== undefined && registryFromFiles.length === 0
  const verdict = breaksAny(registryFromCode, roles)
    ? 'breaking'
    : registryFromCode.length > 0 && !isFollowed
      ? 'moved'
      : stale.length > 0
        ? 'stale'
        : 'current'
  return { verdict, registry: registryFromCode, files: stale, registryFromFiles }
}
