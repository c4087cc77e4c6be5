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
  readonly place: Place
  /** What stands there instead. */
  readonly replacement: unknown
  readonly isRetyped: boolean
}

/** Stands for a property that is left out. */
const ABSENT = Symbol('absent')

/** Makes mutants of some JSON values: the same for the same values, spread over all of them. */
export function mutantsOf(documents: readonly unknown[]): Mutant[] {
  const mutations = differentPlaces(documents).flatMap(mutationsOf)
  const count = Math.min(MAX_MUTANTS, mutations.length)
  const chosen = Array.from({ length: count }, (_, index) => Math.floor((index * mutations.length) / count))
  return mutations
    .filter((_, index) => chosen.includes(index))
    .map(({ place, replacement, isRetyped }) => ({
      document: apply(place.document, place.path, replacement),
      isRetyped,
    }))
}

interface Place {
  readonly document: unknown
  readonly path: readonly Step[]
  /** The same for all items of an array. */
  readonly name: string
  readonly value: unknown
}

/** The places of all documents. The items of an array are one place. */
function differentPlaces(documents: readonly unknown[]): readonly Place[] {
  const places = new Map<string, Place>()
  for (const document of documents) {
    for (const place of placesOf(document)) {
      if (places.size >= MAX_PLACES) break
      if (!places.has(place.name)) places.set(place.name, place)
    }
  }
  return [...places.values()]
}

function placesOf(document: unknown): readonly Place[] {
  const places: Place[] = [{ document, path: [], name: '', value: document }]
  // What is found inside of a place joins the end of the list.
  for (const { path, name, value } of places) {
    if (places.length >= MAX_PLACES) break
    if (Array.isArray(value)) {
      for (const [at, item] of value.slice(0, 2).entries()) {
        places.push({ document, path: [...path, at], name: `${name}/#`, value: item })
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        places.push({ document, path: [...path, key], name: `${name}/${JSON.stringify(key)}`, value: member })
      }
    }
  }
  return places
}

function mutationsOf(place: Place): Mutation[] {
  const { path, value } = place
  const others = ownOthers(value).map((replacement) => ({ place, replacement, isRetyped: false }))
  if (path.length === 0) return others
  const retyped = [typeof value === 'string' ? 7 : 'text', ...(value === null ? [] : [null])]
  return [
    ...retyped.map((replacement) => ({ place, replacement, isRetyped: true })),
    ...(typeof path.at(-1) === 'string' ? [{ place, replacement: ABSENT, isRetyped: false }] : []),
    ...others,
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

/** A copy of a document with something else at a path. */
function apply(value: unknown, [step, ...rest]: readonly Step[], replacement: unknown): unknown {
  if (step === undefined) return replacement
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? apply(item, rest, replacement) : item))
  }
  const object = value as Readonly<Record<Step, unknown>>
  if (rest.length > 0 || replacement !== ABSENT) {
    return { ...object, [step]: apply(object[step], rest, replacement) }
  }
  const { [step]: _, ...others } = object
  return others
}
