// Documents that differ from a valid one in one place. Most of them are invalid; who is to say is the broker's validator.
// A place is changed in one document alone, however many have it: trying it again shows nothing new.

/** The most mutants of all documents of an event type. */
const MAX_MUTANTS = 12

/** The most places of all documents that are looked at. */
const MAX_PLACES = 400

type Step = string | number

/** A document that differs from another in one place. */
export interface Mutant {
  readonly document: unknown
  /** What differs is of another type than before. */
  readonly isRetyped: boolean
}

/** A change at one place. */
interface Mutation {
  readonly path: readonly Step[]
  /** What stands there instead. */
  readonly replacement: unknown
  readonly isRetyped: boolean
}

/** Stands for a property that is left out. */
const ABSENT = Symbol('absent')

/** Makes mutants of some JSON values: the same for the same values, spread over all of them. */
export function mutantsOf(documents: readonly unknown[]): Mutant[] {
  const mutations = differentPlaces(documents).flatMap(({ document, path, value }) =>
    mutationsOf(path, value).map((mutation) => ({ document, mutation })),
  )
  const count = Math.min(MAX_MUTANTS, mutations.length)
  return Array.from(
    { length: count },
    (_, index) => mutations[Math.floor((index * mutations.length) / count)],
  ).flatMap((chosen) => {
    if (chosen === undefined) return []
    const { document, mutation } = chosen
    return [{ document: apply(document, mutation, 0), isRetyped: mutation.isRetyped }]
  })
}

/** The places of all documents. The items of an array are one place. */
function differentPlaces(
  documents: readonly unknown[],
): readonly (PlaceInDocument & { readonly document: unknown })[] {
  const places = new Map<string, PlaceInDocument & { readonly document: unknown }>()
  for (const document of documents) {
    for (const place of placesOf(document)) {
      const name = JSON.stringify(place.path.map((step) => (typeof step === 'number' ? 0 : step)))
      if (!places.has(name) && places.size < MAX_PLACES) places.set(name, { ...place, document })
    }
  }
  return [...places.values()]
}

interface PlaceInDocument {
  readonly path: readonly Step[]
  readonly value: unknown
}

function placesOf(document: unknown): readonly PlaceInDocument[] {
  const places: PlaceInDocument[] = [{ path: [], value: document }]
  for (let index = 0; index < places.length && places.length < MAX_PLACES; index += 1) {
    const { path = [], value } = places[index] ?? {}
    if (Array.isArray(value)) {
      places.push(...value.slice(0, 2).map((item, at) => ({ path: [...path, at], value: item as unknown })))
    } else if (typeof value === 'object' && value !== null) {
      places.push(
        ...Object.entries(value).map(([name, member]) => ({ path: [...path, name], value: member })),
      )
    }
  }
  return places
}

function mutationsOf(path: readonly Step[], value: unknown): Mutation[] {
  const mutations = ownOthers(value).map((replacement) => ({ path, replacement, isRetyped: false }))
  if (path.length === 0) return mutations
  const retyped = [typeof value === 'string' ? 7 : 'text', ...(value === null ? [] : [null])]
  return [
    ...retyped.map((replacement) => ({ path, replacement, isRetyped: true })),
    ...(typeof path.at(-1) === 'string' ? [{ path, replacement: ABSENT, isRetyped: false }] : []),
    ...mutations,
  ]
}

/** Values of the same type that a schema may exclude. */
function ownOthers(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value}~`, '']
  if (typeof value === 'number') return [value + 0.5, -1e9]
  if (typeof value === 'boolean') return [!value]
  if (Array.isArray(value)) return [[], [...value, ...value.slice(0, 1)], [...value, { unexpected: true }]]
  return value === null ? [] : [{ ...value, unexpected_property: true }]
}

function apply(value: unknown, mutation: Mutation, depth: number): unknown {
  const step = mutation.path[depth]
  if (step === undefined) return mutation.replacement
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? apply(item, mutation, depth + 1) : item))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    name === step ? apply(member, mutation, depth + 1) : member,
  ])
  return Object.fromEntries(entries.filter(([, member]) => member !== ABSENT))
}
