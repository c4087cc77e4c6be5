import { formatPointer } from '../schema/json-pointer.ts'

/**
 * What a difference does to the set of events that are valid.
 *
 * - `widens`: events are valid that were not before. Who reads may meet what they do not know.
 * - `narrows`: events that were valid are no longer. Who writes may be refused.
 * - `changes`: both.
 * - `none`: neither, or nothing that somebody who ignores unknown properties would notice.
 */
export type SchemaEffect = 'widens' | 'narrows' | 'changes' | 'none'

/** One difference between two versions of a schema, in the language of the events. */
export interface SchemaDifference {
  /** A stable word for it, such as `property-added`. */
  readonly kind: string
  /** JSON pointer within the newer schema or, for what is gone, within the older one. */
  readonly pointer: string
  /** What happened to which part of an event: "adds optional `note`". */
  readonly text: string
  readonly effect: SchemaEffect
  /** Where the broker's own comparison sees it, in the notation of its changes; more than one for a mixture. */
  readonly seenAt: readonly string[]
}

/** A place in two schemas that are walked side by side. */
export interface Place {
  /** The property of an event: `lines[].price`; empty for the event itself. */
  readonly property: string
  /** The way that was walked, through references too. */
  readonly walked: readonly string[]
  /** Where the older schema has it. */
  readonly before: readonly string[]
  /** Where the newer schema has it. */
  readonly after: readonly string[]
}

/** The place of the event itself. */
export const ROOT: Place = { property: '', walked: [], before: [], after: [] }

/** The place below another one, by the same keywords in both schemas. */
export function below(place: Place, path: readonly string[], property = place.property): Place {
  const extend = (way: readonly string[]) => [...way, ...path]
  return {
    property,
    walked: extend(place.walked),
    before: extend(place.before),
    after: extend(place.after),
  }
}

/** The name of a property of what is at a place. */
export function propertyBelow({ property }: Place, name: string): string {
  const written = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? name : JSON.stringify(name)
  return property === '' ? written : `${property}.${written}`
}

/** The part of an event in a sentence. */
export function quoted(property: string): string {
  return property === '' ? 'the event' : `\`${property}\``
}

/** What a difference is made of, beside its place. */
export type Finding = Pick<SchemaDifference, 'kind' | 'text' | 'effect'> & {
  /** Whether the newer schema does not have it any more. */
  readonly isGone?: boolean
  /** Other places, by keywords from the parent of this one, where the broker sees it too. */
  readonly alsoAt?: readonly (readonly string[])[]
}

/** A finding at a place. */
export function differenceAt(
  place: Place,
  { isGone = false, alsoAt = [], ...rest }: Finding,
): SchemaDifference {
  return {
    ...rest,
    pointer: formatPointer(isGone ? place.before : place.after),
    seenAt: [place.walked, ...alsoAt].map((path) => `#/${path.join('/')}`),
  }
}
