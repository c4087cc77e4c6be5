// The lock file: which event types code was generated from, and what everything in it is called. It is committed with the
// code, so that a machine can tell when the registry has moved on, and no name changes because another one came.

import type { CompatibilityMode, EventTypeCategory } from '@rioni/protocol'
import { isNode } from '../schema/json-schema.ts'

/** What `rioni.lock.json` holds. */
export interface LockFile {
  /** The form of the file. A newer form is refused. */
  readonly lockVersion: 1
  /** By name, sorted. */
  readonly eventTypes: { readonly [eventType: string]: LockedEventType }
}

/** One event type at the time of the last generation. */
export interface LockedEventType {
  readonly category: EventTypeCategory
  readonly compatibilityMode: CompatibilityMode
  /** The version of the schema; absent when its source did not say. */
  readonly version?: string
  /** Changes whenever the meaning of the schema's text does, and not with the order of its keys. */
  readonly schemaHash: string
  /** The schema as it was submitted, but for the order of its keys, to tell later what has changed. */
  readonly schema: string
  /** The name of the payload's type, from which the other exports of the module have theirs. */
  readonly name: string
  /** The types of the payload's parts, by their names. */
  readonly types: { readonly [name: string]: LockedType }
}

/** What a type was made from, to be known again. */
export interface LockedType {
  /** The name that the type would have had if no other had taken it. Absent when it is the name that it has. */
  readonly wish?: string
  /** A hash of the part of the schema that the type describes. */
  readonly content: string
}

/** The lock file of code that was never generated. */
export const EMPTY_LOCK: LockFile = { lockVersion: 1, eventTypes: {} }

/** The name of the file. */
export const LOCK_FILE_NAME = 'rioni.lock.json'

/**
 * Reads the text of a lock file.
 *
 * @throws Error when it is no lock file, or one of a form that is not known here
 */
export function parseLockFile(text: string): LockFile {
  if (/^<{7} /m.test(text)) throw new Error(`it has conflicts of a merge. ${MERGE_REMEDY}`)
  const lock = parseJson(text)
  if (!isNode(lock) || !isNode(lock['eventTypes'])) throw new Error(`it is no lock file. ${REMEDY}`)
  if (lock['lockVersion'] !== 1) {
    throw new Error(
      `it has the form ${JSON.stringify(lock['lockVersion'])}, which this version of rioni does not know.`,
    )
  }
  for (const [name, entry] of Object.entries(lock['eventTypes'])) {
    if (!isLocked(entry)) throw new Error(`its entry for ${JSON.stringify(name)} is incomplete. ${REMEDY}`)
  }
  return lock as unknown as LockFile
}

const MERGE_REMEDY = 'Take either side of it, and generate again: the definitions say the rest.'

const REMEDY = 'Restore it from version control, or delete it and generate again.'

function isLocked(entry: unknown): boolean {
  const texts = ['category', 'compatibilityMode', 'schemaHash', 'schema', 'name']
  return isNode(entry) && isNode(entry['types']) && texts.every((key) => typeof entry[key] === 'string')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes a lock file: one form for the same content. */
export function formatLockFile({ lockVersion, eventTypes }: LockFile): string {
  const sorted = Object.entries(eventTypes).sort(([left], [right]) => (left < right ? -1 : 1))
  return `${JSON.stringify({ lockVersion, eventTypes: Object.fromEntries(sorted) }, null, 2)}\n`
}
