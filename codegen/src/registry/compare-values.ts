// The keywords that bound single values, as data: which way of changing them lets more events through.

import { canonicalText } from '@rioni/event-types'
import { listedSchemas, type SchemaNode } from '../schema/json-schema.ts'
import type { SchemaVersions } from './comparison.ts'
import {
  below,
  differenceAt,
  type Place,
  quoted,
  type SchemaDifference,
  type SchemaEffect,
} from './schema-difference.ts'

/** Compares what two schemas say about values themselves: types, permitted values, bounds, words about them. */
export function compareValues(versions: SchemaVersions): SchemaDifference[] {
  return [
    ...compareTypes(versions),
    ...comparePermitted(versions),
    ...BOUNDS.flatMap((bound) => compareBound(versions, bound)),
    ...REMARKS.flatMap((keyword) => compareRemark(versions, keyword)),
  ]
}

/** The kinds of values, numbers split so that integers are some of them. */
const ALL_KINDS = ['null', 'boolean', 'string', 'array', 'object', 'integer', 'fraction'] as const

function compareTypes({ before, after, place }: SchemaVersions): SchemaDifference[] {
  const [old, now] = [kindsOf(before, place), kindsOf(after, place)]
  const effect = effectOfSets(old, now)
  if (effect === 'none') return []
  const words = { widens: 'widens', narrows: 'narrows', changes: 'changes' }[effect]
  const text = `${words} the type of ${quoted(place.property)} from ${typeText(before)} to ${typeText(after)}`
  const alsoAt = [place.walked]
  return [differenceAt(below(place, ['type']), { kind: `type-${effect}`, text, effect, alsoAt })]
}

/** The kinds of values that a schema permits. An event is always an object, whether its schema says so or not. */
function kindsOf({ type }: SchemaNode, { property, walked }: Place): ReadonlySet<string> {
  if (type === undefined) return new Set(property === '' && walked.length === 0 ? ['object'] : ALL_KINDS)
  const types = Array.isArray(type) ? type : [type]
  return new Set(types.flatMap((name) => (name === 'number' ? ['integer', 'fraction'] : [String(name)])))
}

function typeText({ type }: SchemaNode): string {
  if (type === undefined) return 'anything'
  return (Array.isArray(type) ? type : [type]).map(String).join(' or ')
}

function effectOfSets(old: ReadonlySet<string>, now: ReadonlySet<string>): SchemaEffect {
  const lost = [...old].some((value) => !now.has(value))
  const gained = [...now].some((value) => !old.has(value))
  if (lost && gained) return 'changes'
  return lost ? 'narrows' : gained ? 'widens' : 'none'
}

/** `enum`, and `const` as an `enum` of one. */
function comparePermitted({ before, after, place }: SchemaVersions): SchemaDifference[] {
  const [old, now] = [permittedBy(before), permittedBy(after)]
  const keyword = permittedKeyword(after) ?? permittedKeyword(before) ?? 'enum'
  const at = below(place, [keyword])
  const what = quoted(place.property)
  if (old === undefined && now === undefined) return []
  if (old === undefined) {
    const text = `limits ${what} to ${listed(now ?? [])}`
    return [differenceAt(at, { kind: 'values-limited', text, effect: 'narrows', alsoAt: [place.walked] })]
  }
  if (now === undefined) {
    const text = `lets ${what} be more than ${listed(old)}`
    return [
      differenceAt(at, {
        kind: 'values-freed',
        text,
        effect: 'widens',
        isGone: true,
        alsoAt: [place.walked],
      }),
    ]
  }
  const added = now.filter((value) => !old.includes(value))
  const removed = old.filter((value) => !now.includes(value))
  return [
    ...(added.length === 0
      ? []
      : [
          differenceAt(at, {
            kind: 'values-added',
            text: `adds ${listed(added)} to the values of ${what}`,
            effect: 'widens',
          }),
        ]),
    ...(removed.length === 0
      ? []
      : [
          differenceAt(at, {
            kind: 'values-removed',
            text: `removes ${listed(removed)} from the values of ${what}`,
            effect: 'narrows',
          }),
        ]),
  ]
}

function permittedKeyword(schema: SchemaNode): string | undefined {
  return ['const', 'enum'].find((keyword) => Object.hasOwn(schema, keyword))
}

/** The texts of the permitted values; undefined when all are permitted. */
function permittedBy(schema: SchemaNode): readonly string[] | undefined {
  if (Object.hasOwn(schema, 'const')) return [canonicalText(schema['const'])]
  const values = listedSchemas(schema, 'enum')
  return values && [...new Set(values.map(canonicalText))]
}

/** Values that a sentence names before it counts the others. */
const MOST_NAMED = 5

function listed(values: readonly string[]): string {
  const named = values.slice(0, MOST_NAMED).map((value) => shortened(value))
  const others = values.length - named.length
  return others > 0 ? `${named.join(', ')} and ${others} more` : named.join(', ')
}

/** One keyword with a value, and which way lets more through. */
interface Bound {
  readonly keyword: string
  /** `up`: a larger number permits more; `down`: a smaller one; `neither`: any other value permits other things. */
  readonly permitsMore: 'up' | 'down' | 'neither'
}

const BOUNDS: readonly Bound[] = [
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'].map(
    (keyword) => ({ keyword, permitsMore: 'up' }) as const,
  ),
  ...['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'].map(
    (keyword) => ({ keyword, permitsMore: 'down' }) as const,
  ),
  ...['pattern', 'format', 'multipleOf', 'uniqueItems'].map(
    (keyword) => ({ keyword, permitsMore: 'neither' }) as const,
  ),
]

function compareBound(
  { before, after, place }: SchemaVersions,
  { keyword, permitsMore }: Bound,
): SchemaDifference[] {
  const [old, now] = [boundOf(before, keyword), boundOf(after, keyword)]
  if (canonicalText(old ?? null) === canonicalText(now ?? null)) return []
  const at = below(place, [keyword])
  const of = `${keyword} of ${quoted(place.property)}`
  if (old === undefined) {
    const text = `gives ${quoted(place.property)} the ${keyword} ${shortened(canonicalText(now))}`
    return [differenceAt(at, { kind: 'bound-added', text, effect: 'narrows' })]
  }
  if (now === undefined) {
    const text = `removes the ${of}, ${shortened(canonicalText(old))}`
    return [differenceAt(at, { kind: 'bound-removed', text, effect: 'widens', isGone: true })]
  }
  const text = `changes the ${of} from ${shortened(canonicalText(old))} to ${shortened(canonicalText(now))}`
  const [numberBefore, numberNow] = [Number(old), Number(now)]
  const isOrdered = permitsMore !== 'neither' && typeof old === 'number' && typeof now === 'number'
  const grows = isOrdered && numberNow > numberBefore === (permitsMore === 'up')
  return [
    differenceAt(at, {
      kind: 'bound-changed',
      text,
      effect: isOrdered ? (grows ? 'widens' : 'narrows') : 'changes',
    }),
  ]
}

/** A bound that bounds nothing is none. */
function boundOf(schema: SchemaNode, keyword: string): unknown {
  const value = schema[keyword]
  return value === false || (keyword.startsWith('min') && value === 0 && keyword !== 'minimum')
    ? undefined
    : value
}

/** What no validator looks at. */
const REMARKS = ['title', 'description', 'default', 'example', 'examples', 'deprecated', 'x-extensible-enum']

function compareRemark({ before, after, place }: SchemaVersions, keyword: string): SchemaDifference[] {
  const [old, now] = [before[keyword], after[keyword]]
  if (canonicalText(old ?? null) === canonicalText(now ?? null)) return []
  const text = `${old === undefined ? 'adds' : now === undefined ? 'removes' : 'changes'} the ${keyword} of ${quoted(place.property)}`
  // The broker names the schema, not the keyword.
  const alsoAt = keyword === 'title' || keyword === 'description' ? [place.walked] : []
  const isGone = now === undefined
  return [
    differenceAt(below(place, [keyword]), { kind: 'remark-changed', text, effect: 'none', isGone, alsoAt }),
  ]
}

/** Characters of a value in a sentence. */
const MOST_SHOWN = 60

function shortened(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text
}
