// What somebody who uses generated code must know when it was generated anew: names that are gone.

import type { LockFile } from './lock-file.ts'

/** Tells, in a sentence each, which exported names there are no longer. */
export function lostNames(before: LockFile, after: LockFile): string[] {
  return Object.entries(before.eventTypes).flatMap(([eventType, old]) => {
    const now = Object.hasOwn(after.eventTypes, eventType) ? after.eventTypes[eventType] : undefined
    if (now === undefined) return [`${eventType} is no longer there, and with it ${old.name}`]
    if (now.name !== old.name) return [`${eventType}: ${old.name} is now called ${now.name}`]
    return Object.keys(old.types)
      .filter((name) => !Object.hasOwn(now.types, name))
      .map((name) => `${eventType}: the type ${name} is no longer there`)
  })
}
