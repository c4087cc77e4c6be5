// Names for the types of one event type, such that a type that had a name keeps it. A type is known again by what it is
// made from and by the name that its place asks for; where both have changed, it is another type.

import { createNamePool } from '../words.ts'
import type { LockedType } from './lock-file.ts'

/** A type that needs a name. */
export interface Unnamed {
  /** The name that its place in the schema asks for. */
  readonly wish: string
  /** A hash of what it describes. */
  readonly content: string
}

/**
 * Names types. Those that are known from before keep their names; the others get what they wish for, with a number where
 * that is taken.
 *
 * @param reserved - names that no type may get
 * @param pinned - the types of before, by name
 * @returns names in the order of the types
 */
export function pinNames(
  types: readonly Unnamed[],
  reserved: Iterable<string>,
  pinned: { readonly [name: string]: LockedType },
): string[] {
  const known = recognise(types, pinned)
  const pool = createNamePool([...reserved, ...Object.keys(pinned)])
  return types.map(({ wish }, index) => known[index] ?? pool.take(wish))
}

/**
 * Finds types that had a name before. Each name is one type's alone; where several types answer to it, it is the first's.
 *
 * @param pinned - the types of before, by name
 * @returns names in the order of the types, undefined for those that are new
 */
export function recognise(
  types: readonly Unnamed[],
  pinned: { readonly [name: string]: LockedType },
): (string | undefined)[] {
  const names: (string | undefined)[] = types.map(() => undefined)
  const before = Object.entries(pinned)
  if (before.length === 0) return names
  const taken = new Set<string>()
  for (const trait of TRAITS) {
    const free = new Map<string, string[]>()
    for (const [name, { wish = name, content }] of before) {
      const key = trait({ wish, content })
      if (!taken.has(name)) free.set(key, [...(free.get(key) ?? []), name])
    }
    for (const [index, type] of types.entries()) {
      if (names[index] !== undefined) continue
      const name = free.get(trait(type))?.shift()
      names[index] = name
      if (name !== undefined) taken.add(name)
    }
  }
  return names
}

/** What types are known by, from the surest to the least sure: untouched, moved, changed in their place. */
const TRAITS: readonly ((type: Unnamed) => string)[] = [
  ({ wish, content }) => `${wish} ${content}`,
  ({ content }) => content,
  ({ wish }) => wish,
]
