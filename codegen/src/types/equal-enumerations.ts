// Enumerations of the same values at several places of an event type are one type. What has a name already keeps it: a
// type that was exported before stays, even where another has come to say the same.

import type { LockedType } from '../lock/lock-file.ts'
import type { Unnamed } from '../lock/pin-names.ts'
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
  const before = Object.entries(pinned).map(([name, { wish = name, content }]) => ({ wish, content }))
  return new Map(
    groupsOf(plan, parts).flatMap((group) => {
      const inPlace = group.filter(({ wish }) => takeFrom(before, (known) => known.wish === wish))
      const moved = group.filter(
        (part) => !inPlace.includes(part) && takeFrom(before, ({ content }) => content === part.content),
      )
      const kept = [...inPlace, ...moved]
      const [chosen] = (kept.length > 0 ? kept : [...group]).sort(byLength)
      return group.flatMap((part): [string, string][] =>
        chosen === undefined || part === chosen || kept.includes(part) ? [] : [[part.token, chosen.token]],
      )
    }),
  )
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
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()]
}

/** The shortest name says the least about where the type is used. */
function byLength(left: PlannedPart, right: PlannedPart): number {
  return left.wish.length - right.wish.length || (left.wish < right.wish ? -1 : 1)
}

/** Takes the first of a list that is meant, and tells whether there was one. */
function takeFrom<T>(list: T[], isMeant: (value: T) => boolean): boolean {
  const index = list.findIndex(isMeant)
  if (index >= 0) list.splice(index, 1)
  return index >= 0
}
