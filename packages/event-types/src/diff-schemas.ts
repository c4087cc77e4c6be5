// What changed between two versions of a JSON schema, found by walking both side by side, as the Nakadi
// broker does it: two schemas of one kind are compared keyword by keyword, two of different kinds not at
// all. What the broker does not look at is not looked at here either: `format`, `patternProperties`,
// exclusive bounds, what `not` says, and a number that becomes an integer.

import { diffArray } from './diff-array.ts'
import { diffObject } from './diff-object.ts'
import { diffEnum, diffNumber, diffString } from './diff-scalar.ts'
import { below, type Differ, pathText, type SchemaPair, type SchemaPath } from './differ.ts'
import { type JsonObject, ownValue } from './json-value.ts'
import { parseSchema } from './parse-schema.ts'
import type { SchemaChange } from './schema-change.ts'
import { type Draft, draftOf } from './schema-draft.ts'
import { resolvePointer } from './schema-pointer.ts'
import { type SchemaShape, type ShapeKind, shapeOf } from './schema-shape.ts'

/** References may multiply the paths to one change, so the list ends here. */
const MAX_CHANGES = 1_000

/**
 * Lists the differences between two texts of JSON schemas, in the order in which the broker reports them.
 * It is empty when they differ in nothing that the broker looks at. Both are schemas as they are submitted,
 * without what the category of their event type adds to them.
 *
 * @throws SchemaError for a text that `checkSchema` refuses.
 */
export function diffSchemas(original: string, updated: string): readonly SchemaChange[] {
  const changes: SchemaChange[] = []
  const open = new Set<unknown>()
  const same = new Map<unknown, Set<unknown>>()
  const walk: Walk = {
    before: readDocument(original),
    after: readDocument(updated),
    report(kind, path) {
      if (changes.length < MAX_CHANGES) changes.push({ kind, path: pathText(path) })
    },
    diff(first, second, path) {
      if (first === undefined && second === undefined) return
      if (first === undefined || second === undefined) {
        walk.report('schema-removed', path)
        return
      }
      // A schema that is being compared is not compared again inside itself: that is where recursion ends.
      if (open.has(first) || same.get(first)?.has(second) || changes.length === MAX_CHANGES) return
      const known = changes.length
      open.add(first)
      diffShapes(
        { original: shapeOf(first, walk.before.draft), updated: shapeOf(second, walk.after.draft), path },
        walk,
      )
      open.delete(first)
      if (changes.length === known) same.set(first, (same.get(first) ?? new Set()).add(second))
    },
  }
  walk.diff(walk.before.root, walk.after.root, undefined)
  return changes
}

interface SchemaDocument {
  readonly root: JsonObject
  readonly draft: Draft
}

function readDocument(text: string): SchemaDocument {
  const root = parseSchema(text)
  return { root, draft: draftOf(root) }
}

/** One comparison of two documents. */
interface Walk extends Differ {
  readonly before: SchemaDocument
  readonly after: SchemaDocument
}

interface ShapePair {
  readonly original: SchemaShape
  readonly updated: SchemaShape
  readonly path: SchemaPath
}

function diffShapes(shapes: ShapePair, walk: Walk): void {
  const { original, updated, path } = shapes
  const kind = commonKind(shapes)
  if (kind === undefined) {
    walk.report(original.kind === 'empty' ? 'type-narrowed' : 'type-changed', path)
    return
  }
  const pair = { original: original.json, updated: updated.json, path }
  if (!original.isPart && !updated.isPart) diffRemarks(pair, walk)
  if (kind === 'reference') {
    const [before, after] = [referred(walk.before, pair.original), referred(walk.after, pair.updated)]
    walk.diff(before, after, below(path, '$ref'))
  } else if (kind === 'combination') {
    diffMembers(shapes, walk)
  } else {
    KEYWORD_DIFFS[kind]?.(pair, walk)
  }
}

/** How schemas of one kind are compared; what is not listed has nothing that is compared. */
const KEYWORD_DIFFS: { readonly [K in ShapeKind]?: (pair: SchemaPair, differ: Differ) => void } = {
  string: diffString,
  number: diffNumber,
  object: diffObject,
  array: diffArray,
  enum: diffEnum,
}

/** Undefined when the schemas cannot be compared. An empty schema may become one of an object. */
function commonKind({ original, updated }: ShapePair): ShapeKind | undefined {
  const isSame = original.kind === updated.kind || (original.kind === 'empty' && updated.kind === 'object')
  return isSame ? updated.kind : undefined
}

function diffRemarks(pair: SchemaPair, walk: Walk): void {
  const id = (schema: JsonObject, { draft }: SchemaDocument) => ownValue(schema, draft === 4 ? 'id' : '$id')
  if (id(pair.original, walk.before) !== id(pair.updated, walk.after)) walk.report('id-changed', pair.path)
  const differs = (keyword: string) => ownValue(pair.original, keyword) !== ownValue(pair.updated, keyword)
  if (differs('title')) walk.report('title-changed', pair.path)
  if (differs('description')) walk.report('description-changed', pair.path)
}

function diffMembers({ original, updated, path }: ShapePair, walk: Walk): void {
  if (original.members.length !== updated.members.length) {
    walk.report('sub-schema-changed', path)
  } else if (original.combinator !== updated.combinator) {
    walk.report('composition-method-changed', path)
  } else {
    original.members.forEach((member, index) => {
      const place = below(path, original.combinator ?? '', String(index))
      diffShapes({ original: member, updated: updated.members[index] ?? member, path: place }, walk)
    })
  }
}

function referred({ root }: SchemaDocument, reference: JsonObject): unknown {
  return resolvePointer(root, String(ownValue(reference, '$ref')), '#')
}
