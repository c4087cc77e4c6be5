// The code of one function, in which names are gaps: its own, those of the functions of other parts, and those of constants.
// Filled in one way it stands in a module, filled in another it runs in the proof.

import type { RoutineName } from './helpers.ts'

/** A name that the code leaves open. */
export type Gap =
  | { readonly kind: 'own' }
  | { readonly kind: 'reference' | 'constant'; readonly index: number }

/** The code of a function. */
export interface PartCode {
  /** Text between the gaps: one more than there are gaps. */
  readonly texts: readonly string[]
  readonly gaps: readonly Gap[]
  /** The expressions of the constants. */
  readonly constants: readonly string[]
  /** The helpers that it calls. */
  readonly helpers: ReadonlySet<RoutineName>
}

/** Fills the gaps. */
export function fillGaps({ texts, gaps }: PartCode, nameOf: (gap: Gap) => string): string {
  let filled = ''
  for (const [index, text] of texts.entries()) {
    const gap = gaps[index]
    filled += gap === undefined ? text : text + nameOf(gap)
  }
  return filled
}
