// Code, definitions and registry as `rioni diff` and `rioni check` compare them.

import { readFileSync } from 'node:fs'
import type { Client } from '@rioni/client'
import type { EventTypeDefinition, Snapshots } from '@rioni/codegen'
import type { ContractSettings } from './contract-settings.ts'
import type { Environment } from './environment.ts'
import { fetchEventTypes } from './fetch-event-types.ts'
import { loadSources } from './load-sources.ts'
import { placesOf } from './source-settings.ts'

/** What was found. */
export interface Contract {
  readonly lock?: Snapshots
  readonly files?: Snapshots
  readonly registry?: Snapshots
  /** Whether something could not be read; what, was reported. */
  readonly isIncomplete: boolean
  /** Why the registry did not tell about event types, by name. They are in none of the others. */
  readonly untold: ReadonlyMap<string, string>
  readonly places: ContractPlaces
}

/** Where event types are described, to point there. */
export interface ContractPlaces {
  readonly lockFile?: string
  /** Definitions by the names of their event types. */
  readonly definitions: ReadonlyMap<string, EventTypeDefinition>
}

/**
 * Reads lock file and definitions, and asks the registry about the event types that they name. Without a client the
 * registry is not asked. What is wrong with single event types is reported, and the others are there all the same.
 *
 * @throws Error when the lock file cannot be read, or nothing is left to compare
 */
export async function loadContract(
  environment: Environment,
  settings: ContractSettings,
  client: Client | undefined,
): Promise<Contract> {
  const { selectEventTypes, snapshotOfDefinition, snapshotOfRegistered } = await import('@rioni/codegen')
  const isSelected = selectEventTypes(settings.include, settings.exclude)
  const lock = await readLock(settings.lockFile, isSelected)
  const { eventTypes, hasErrors } = await loadSources(environment, settings.sources)
  const definitions = new Map(
    eventTypes
      .map((definition) => [definition.eventType.name, definition] as const)
      .filter(([name]) => isSelected(name)),
  )
  const names = [...new Set([...(lock?.keys() ?? []), ...definitions.keys()])].sort()
  if (names.length === 0) throw new Error(nothingToCompare(settings))
  const fetched = client === undefined ? undefined : await fetchEventTypes(environment, client, names)
  const untold: ReadonlyMap<string, string> = fetched?.untold ?? new Map()
  const without = (snapshots: Snapshots) => new Map([...snapshots].filter(([name]) => !untold.has(name)))
  const files = new Map(
    [...definitions].map(([name, { eventType, schemaVersion }]) => [
      name,
      snapshotOfDefinition(eventType, schemaVersion),
    ]),
  )
  const registry = [...(fetched?.eventTypes ?? [])].map(
    ([name, eventType]) => [name, snapshotOfRegistered(eventType)] as const,
  )
  const { lockFile } = settings
  return {
    ...(lock === undefined ? {} : { lock: without(lock) }),
    ...(settings.sources.length === 0 ? {} : { files: without(files) }),
    ...(fetched === undefined ? {} : { registry: new Map(registry) }),
    isIncomplete: hasErrors || untold.size > 0,
    untold,
    places: { definitions, ...(lockFile === undefined ? {} : { lockFile }) },
  }
}

async function readLock(
  lockFile: string | undefined,
  isSelected: (name: string) => boolean,
): Promise<Snapshots | undefined> {
  if (lockFile === undefined) return undefined
  const { parseLockFile, snapshotOfLocked } = await import('@rioni/codegen')
  try {
    const { eventTypes } = parseLockFile(readFileSync(lockFile, 'utf8'))
    return new Map(
      Object.entries(eventTypes)
        .filter(([name]) => isSelected(name))
        .map(([name, locked]) => [name, snapshotOfLocked(locked)]),
    )
  } catch (error) {
    throw new Error(`${lockFile} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function nothingToCompare({ lockFile, ...settings }: ContractSettings): string {
  const { sources } = settings
  const lock = lockFile === undefined ? [] : [{ path: lockFile }]
  return sources.length + lock.length === 0
    ? 'there is no lock file: generate code first, or name definitions with --from'
    : `there is no event type in ${placesOf({ ...settings, sources: [...sources, ...lock] })}`
}
