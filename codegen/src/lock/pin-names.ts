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
  const free = new Map(
    Object.entries(pinned).map(([name, { wish = name, content }]) => [name, { wish, content }]),
  )
  const pool = createNamePool([...reserved, ...free.keys()])
  const names: (string | undefined)[] = types.map(() => undefined)
  for (const isSame of SIMILARITIES) {
    for (const [index, type] of types.entries()) {
      if (names[index] !== undefined) continue
      const name = [...free].find(([, known]) => isSame(type, known))?.[0]
      if (name === undefined) continue
      names[index] = name
      free.delete(name)
    }
  }
  return types.map(({ wish }, index) => names[index] ?? pool.take(wish))
}

/** From the surest to the least sure: untouched, moved, changed in its place. */
const SIMILARITIES: readonly ((type: Unnamed, known: Unnamed) => boolean)[] = [
  (type, known) => type.wish === known.wish && type.content === known.content,
  (type, known) => type.content === known.content,
  (type, known) => type.wish === known.wish,
]
