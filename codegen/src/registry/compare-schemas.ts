// Two versions of a schema side by side, to tell whom the newer one breaks. The broker asks whether a change follows the
// rules of its compatibility modes; this asks what a change does to events: whether events are valid that were not, which
// consumers may not understand, or no longer valid, which producers may still send.

import { canonicalText } from '@rioni/event-types'
import type { CompatibilityMode } from '@rioni/protocol'
import { checkBounds } from '../schema/check-bounds.ts'
import { parseLocalReference, valueAt } from '../schema/json-pointer.ts'
import { isNode, listedSchemas, type SchemaNode } from '../schema/json-schema.ts'
import { compareArrays } from './compare-arrays.ts'
import { compareObjects } from './compare-objects.ts'
import { compareValues } from './compare-values.ts'
import type { Comparison, SchemaVersions } from './comparison.ts'
import { below, differenceAt, type Place, quoted, ROOT, type SchemaDifference } from './schema-difference.ts'

/** A version of a schema. */
export interface SchemaVersion {
  /** The text as it was submitted. */
  readonly schema: string
  readonly compatibilityMode: CompatibilityMode
}

/** References may multiply the ways to one difference, so the list ends here, and with the worst that may follow. */
const MAX_DIFFERENCES = 200

/**
 * Lists the differences between two versions of a JSON schema, from the root down. Local references are followed; what
 * cannot be read counts as changed altogether.
 */
export function compareSchemas(older: SchemaVersion, newer: SchemaVersion): SchemaDifference[] {
  const [before, after] = [readSchema(older.schema), readSchema(newer.schema)]
  if (before === undefined || after === undefined) {
    const text = 'replaces a schema that cannot be compared'
    return older.schema === newer.schema
      ? []
      : [differenceAt(ROOT, { kind: 'unreadable', text, effect: 'changes' })]
  }
  const open = new Set<string>()
  const same = new Set<string>()
  let found = 0
  const comparison: Comparison = {
    isClosed: newer.compatibilityMode === 'compatible',
    compare(first, second, place) {
      if (found >= MAX_DIFFERENCES) return []
      const [old, now] = [follow(before, first, place.before), follow(after, second, place.after)]
      const way = `${old.path.join('/')} ${now.path.join('/')}`
      // Where a reference leads back to what is being compared, or to what was the same, there is nothing new.
      if (same.has(way) || (isReferred(old, now) && open.has(way))) return []
      const isOutermost = !open.has(way)
      open.add(way)
      const known = found
      const walked = old.isElsewhere && now.isElsewhere ? [...place.walked, '$ref'] : place.walked
      const here = { ...place, walked, before: old.path, after: now.path }
      const differences = compareNodes({ before: old.value, after: now.value, place: here }, comparison)
      if (isOutermost) open.delete(way)
      if (differences.length === 0) same.add(way)
      found = Math.max(found, known + differences.length)
      return differences
    },
  }
  const differences = comparison.compare(before, after, ROOT)
  if (differences.length < MAX_DIFFERENCES) return differences
  const more = { kind: 'more', text: 'has more differences than are listed', effect: 'changes' } as const
  return [...differences.slice(0, MAX_DIFFERENCES), differenceAt(ROOT, more)]
}

function readSchema(text: string): unknown {
  try {
    const schema: unknown = JSON.parse(text)
    return checkBounds(schema) === undefined ? schema : undefined
  } catch {
    return undefined
  }
}

/** What a schema stands for when it is a reference. */
interface Followed {
  readonly value: unknown
  readonly path: readonly string[]
  readonly isElsewhere: boolean
}

function isReferred(...sides: readonly Followed[]): boolean {
  return sides.some(({ isElsewhere }) => isElsewhere)
}

function follow(document: unknown, schema: unknown, path: readonly string[]): Followed {
  const passed = new Set<string>()
  let followed: Followed = { value: schema, path, isElsewhere: false }
  while (isNode(followed.value) && typeof followed.value['$ref'] === 'string') {
    const reference = followed.value['$ref']
    const target = parseLocalReference(reference)
    if (target === undefined || passed.has(reference)) break
    passed.add(reference)
    followed = { value: valueAt(document, target), path: target, isElsewhere: true }
  }
  return followed
}

interface Nodes {
  readonly before: unknown
  readonly after: unknown
  readonly place: Place
}

function compareNodes({ before, after, place }: Nodes, comparison: Comparison): SchemaDifference[] {
  if (canonicalText(before ?? null) === canonicalText(after ?? null) && !mayRefer(before)) return []
  const [old, now] = [nodeOf(before), nodeOf(after)]
  if (old === undefined || now === undefined) return compareForbidden({ before, after, place })
  const versions: SchemaVersions = { before: old, after: now, place }
  return [
    ...compareValues(versions),
    ...compareObjects(versions, comparison),
    ...compareArrays(versions, comparison),
    ...COMBINATIONS.flatMap((combination) => compareMembers(versions, combination, comparison)),
    ...CONDITIONS.flatMap((keyword) => compareWhole(versions, keyword)),
  ]
}

/** Equal schemas mean different things when what they refer to differs. */
function mayRefer(schema: unknown): boolean {
  return JSON.stringify(schema ?? null).includes('"$ref"')
}

/** A schema as keywords: `true` is the one without any. Undefined for `false` and for what is no schema. */
function nodeOf(schema: unknown): SchemaNode | undefined {
  if (schema === undefined || schema === true) return {}
  return isNode(schema) ? schema : undefined
}

/** One of the schemas permits nothing. */
function compareForbidden({ before, after, place }: Nodes): SchemaDifference[] {
  const isForbidden = (schema: unknown) => nodeOf(schema) === undefined
  if (isForbidden(before) && isForbidden(after)) return []
  const what = quoted(place.property)
  return isForbidden(after)
    ? [differenceAt(place, { kind: 'forbidden', text: `forbids ${what}`, effect: 'narrows' })]
    : [differenceAt(place, { kind: 'permitted', text: `permits ${what}`, effect: 'widens' })]
}

/** A list of schemas that a value is measured against, and what one more of them does. */
interface Combination {
  readonly keyword: string
  readonly more: 'widens' | 'narrows' | 'changes'
}

const COMBINATIONS: readonly Combination[] = [
  { keyword: 'allOf', more: 'narrows' },
  { keyword: 'anyOf', more: 'widens' },
  { keyword: 'oneOf', more: 'widens' },
]

/** Equal members are the same wherever they stand; of the others, those of one rank are versions of each other. */
function compareMembers(
  { before, after, place }: SchemaVersions,
  { keyword, more }: Combination,
  comparison: Comparison,
): SchemaDifference[] {
  const old = indexed(listedSchemas(before, keyword))
  const now = indexed(listedSchemas(after, keyword))
  if (old.length === 0 && now.length === 0) return []
  const isChoice = keyword !== 'allOf'
  // Where there was no choice everything was permitted, so that a first choice permits less.
  if (isChoice && (old.length === 0 || now.length === 0))
    return compareWhole({ before, after, place }, keyword)
  const at = below(place, [keyword])
  const lost = old.filter(({ text }) => !now.some((other) => other.text === text))
  const gained = now.filter(({ text }) => !old.some((other) => other.text === text))
  // Equal members may refer to what is not equal.
  const kept = old.flatMap((member) => {
    const other = now.find(({ text }) => text === member.text)
    return other === undefined ? [] : [[member, other] as const]
  })
  const pairs = [
    ...kept,
    ...lost.slice(0, gained.length).map((member, rank) => [member, gained[rank] ?? member] as const),
  ]
  const less = more === 'widens' ? 'narrows' : more === 'narrows' ? 'widens' : 'changes'
  const what = quoted(place.property)
  return [
    ...pairs.flatMap(([member, other]) =>
      comparison.compare(member.schema, other.schema, {
        ...below(at, [String(member.index)]),
        after: [...at.after, String(other.index)],
      }),
    ),
    ...gained.slice(lost.length).map(({ index }) =>
      differenceAt(below(at, [String(index)]), {
        kind: 'member-added',
        text: `adds a ${isChoice ? 'variant' : 'part'} to ${what} (${keyword})`,
        effect: more,
        alsoAt: [place.walked],
      }),
    ),
    ...lost.slice(gained.length).map(({ index }) =>
      differenceAt(below(at, [String(index)]), {
        kind: 'member-removed',
        text: `removes a ${isChoice ? 'variant' : 'part'} from ${what} (${keyword})`,
        effect: less,
        isGone: true,
        alsoAt: [place.walked],
      }),
    ),
  ]
}

function indexed(
  members: readonly unknown[] = [],
): readonly { readonly schema: unknown; readonly index: number; readonly text: string }[] {
  return members.map((schema, index) => ({ schema, index, text: canonicalText(schema) }))
}

/** Keywords whose effect nobody can tell from their change alone. */
const CONDITIONS = [
  'not',
  'if',
  'then',
  'else',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'propertyNames',
  'patternProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
]

function compareWhole({ before, after, place }: SchemaVersions, keyword: string): SchemaDifference[] {
  const [old, now] = [before[keyword], after[keyword]]
  if (canonicalText(old ?? null) === canonicalText(now ?? null)) return []
  const verb = old === undefined ? 'adds' : now === undefined ? 'removes' : 'changes'
  return [
    differenceAt(below(place, [keyword]), {
      kind: 'condition-changed',
      text: `${verb} the condition "${keyword}" of ${quoted(place.property)}`,
      effect: old === undefined ? 'narrows' : now === undefined ? 'widens' : 'changes',
      isGone: now === undefined,
      alsoAt: [place.walked],
    }),
  ]
}
