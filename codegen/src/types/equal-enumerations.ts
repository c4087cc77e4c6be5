// Enumerations of the same values at several places of an event type are one type. What has a name already keeps it: a
// type that was exported before stays, even where another has come to say the same.

import type { LockedType } from '../lock/lock-file.ts'
import { recognise, type Unnamed } from '../lock/pin-names.ts'
import type { TypePlan } from './type-plan.ts'

/** A type of a plan before it has a name. */
export interface PlannedPart extends Unnamed {
  readonly token: string
}

/**
 * Finds types that are one with others.
 *
 * @param parts - the types of the plan
 * @param pinned - the types of before, by name
 * @returns the token of the type that stands for it, by the token of each that is not needed
 */
export function equalEnumerations(
  plan: TypePlan,
  parts: readonly PlannedPart[],
  pinned: { readonly [name: string]: LockedType },
): ReadonlyMap<string, string> {
  const groups = groupsOf(plan, parts).filter(({ length }) => length > 1)
  if (groups.length === 0) return new Map()
  const known = knownParts(plan, parts, pinned)
  return new Map(
    groups.flatMap((group) => {
      const kept = group.filter((part) => known.has(part))
      const [chosen] = (kept.length > 0 ? kept : [...group]).sort(byLength)
      return group.flatMap((part): [string, string][] =>
        chosen === undefined || part === chosen || kept.includes(part) ? [] : [[part.token, chosen.token]],
      )
    }),
  )
}

/** The parts that had a name before. A definition never does without one, so names that it answers to are its own first. */
function knownParts(
  { meanings }: TypePlan,
  parts: readonly PlannedPart[],
  pinned: { readonly [name: string]: LockedType },
): ReadonlySet<PlannedPart> {
  const isDefinition = ({ token }: PlannedPart): boolean => {
    const meaning = meanings.get(token)
    return meaning?.kind === 'declaration' && meaning.type.isReferredTo
  }
  const inOrder = [...parts.filter(isDefinition), ...parts.filter((part) => !isDefinition(part))]
  const names = recognise(inOrder, pinned)
  return new Set(inOrder.filter((_, index) => names[index] !== undefined))
}

/** Enumerations by their values. Those that references lead to are left alone: their author gave them names. */
function groupsOf(
  { structures, meanings }: TypePlan,
  parts: readonly PlannedPart[],
): readonly (readonly PlannedPart[])[] {
  const groups = new Map<string, PlannedPart[]>()
  for (const part of parts) {
    const meaning = meanings.get(part.token)
    const structure = structures.get(part.token)
    const values = structure && 'tsType' in structure ? meanings.get(structure.tsType) : undefined
    if (meaning?.kind !== 'declaration' || meaning.type.isReferredTo) continue
    if (values?.kind !== 'literals' && values?.kind !== 'known') continue
    const key = [values.kind, ...values.values.map((value) => JSON.stringify(value)).sort()].join('\n')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [part])
    else group.push(part)
  }
  return [...groups.values()]
}

/** The shortest name says the least about where the type is used. Of equal ones the first stays the first. */
function byLength(left: PlannedPart, right: PlannedPart): number {
  if (left.wish === right.wish) return 0
  return left.wish.length - right.wish.length || (left.wish < right.wish ? -1 : 1)
}
