// The schema of an event type's payload, as the broker applies it, ready to become types.

import { hash } from 'node:crypto'
import { completeEventType, effectiveSchema, SchemaError, TOOL_LIMITS } from '@rioni/event-types'
import type { CompatibilityMode, EventType, NewEventType } from '@rioni/protocol'
import { canonicalJson } from './schema/canonical-json.ts'
import { checkBounds } from './schema/check-bounds.ts'
import { ignoredKeywords } from './schema/ignored-keywords.ts'
import { isNode, type SchemaNode } from './schema/json-schema.ts'
import { jsonText } from './schema/json-text.ts'
import { reachableByKeywords } from './schema/reachable-by-keywords.ts'
import { readableSchema } from './schema/readable-schema.ts'
import { type References, resolveReferences } from './schema/resolve-references.ts'
import type { SchemaProblem } from './schema/schema-problem.ts'

/** A schema whose bounds and references are good, in canonical form. */
export interface PayloadSchema {
  readonly ok: true
  readonly root: SchemaNode
  readonly references: References
  readonly compatibilityMode: CompatibilityMode
  /** The event type as the broker completes it, with a schema that the broker can read, its keys in one order. */
  readonly eventType: EventType
  /** What the broker would say against the schema. Code is made of it all the same. */
  readonly remarks: readonly SchemaProblem[]
  /** The JSON pointer in the schema as it was submitted to what is at one in this. */
  placeBefore(pointer: string): string
  /** The schema as it was submitted, but for the order of its keys. */
  readonly submitted: string
  /** Changes whenever the meaning of the schema's text does, and not with the order of its keys. */
  readonly hash: string
}

/** A payload schema, or what is wrong with it. */
export type PayloadSchemaResult =
  | PayloadSchema
  | { readonly ok: false; readonly problems: readonly SchemaProblem[] }

/** Hexadecimal digits of a schema hash: enough to tell the versions of one event type apart. */
const HASH_LENGTH = 16

/** Reads and checks the schema of an event type. */
export function readPayloadSchema(eventType: NewEventType): PayloadSchemaResult {
  const submitted = readSubmittedSchema(eventType)
  if (!submitted.ok) return submitted
  const { schema: reachable, placeBefore } = reachableByKeywords(submitted.schema)
  const { schema: readable, remarks } = readableSchema(reachable)
  // Any time will do: it becomes `created_at` and `updated_at`, which no schema depends on, and that of the machine
  // would make the output differ from run to run.
  const canonical = canonicalJson(submitted.schema)
  const plainText = JSON.stringify(canonical)
  const canonicalText = jsonText(canonical, plainText)
  const text = readable === submitted.schema ? canonicalText : jsonText(canonicalJson(readable))
  const complete = completeEventType({ ...eventType, schema: { ...eventType.schema, schema: text } }, 0)
  const effective = readEffectiveSchema(complete)
  if (!effective.ok) return effective
  const root = effective.schema
  const references = resolveReferences(root)
  if (references.problems.length > 0) {
    const problems = references.problems.map((each) => ({ ...each, pointer: placeBefore(each.pointer) }))
    return { ok: false, problems }
  }
  // In compatible mode the broker refuses such keywords, which is said elsewhere.
  const ignored = complete.compatibility_mode === 'compatible' ? [] : ignoredKeywords(root, references)
  return {
    ok: true,
    root,
    references,
    compatibilityMode: complete.compatibility_mode,
    eventType: complete,
    remarks: [...remarks, ...rootRemarks(submitted.schema), ...ignored],
    placeBefore,
    submitted: canonicalText,
    hash: hash('sha256', plainText).slice(0, HASH_LENGTH),
  }
}

/** The broker wants objects, whatever the category. Code can be made of the schema all the same. */
function rootRemarks({ type }: SchemaNode): SchemaProblem[] {
  if (type === undefined || type === 'object') return []
  return [
    {
      pointer: '/type',
      message: `the broker would refuse the schema: the type of its root is ${JSON.stringify(type)}, and can be "object" alone`,
      remedy: 'Describe the event as an object: { "type": "object", ... }.',
    },
  ]
}

type ReadSchema =
  | { readonly ok: true; readonly schema: SchemaNode }
  | { readonly ok: false; readonly problems: readonly SchemaProblem[] }

/**
 * The effective schema without its envelope, which comes with the runtime's types: what remains of the broker's rules
 * is whether objects are open or closed. It is in canonical form, as the text is, but for what closing adds.
 */
function readEffectiveSchema(eventType: EventType): ReadSchema {
  try {
    const effective = effectiveSchema({ ...eventType, category: 'undefined' }, TOOL_LIMITS)
    if (eventType.compatibility_mode !== 'compatible') return { ok: true, schema: effective }
    const closed = canonicalJson(effective)
    return { ok: true, schema: isNode(closed) ? closed : {} }
  } catch (error) {
    if (error instanceof SchemaError) return refuse(error.message, 'The broker would refuse the schema, too.')
    throw error
  }
}

function readSubmittedSchema({ schema }: NewEventType): ReadSchema {
  if (schema.type !== 'json_schema') {
    return refuse(
      `schemas of type ${schema.type} cannot be turned into types`,
      'Use a schema of type "json_schema".',
    )
  }
  const parsed = parseJson(schema.schema)
  if (parsed === undefined) {
    return refuse('the schema is not JSON', 'Write the schema as a JSON text, or directly as an object.')
  }
  if (!isNode(parsed.value)) {
    return refuse(
      'the schema is not an object',
      'Describe the event as an object: { "type": "object", ... }.',
    )
  }
  const problem = checkBounds(parsed.value)
  return problem === undefined ? { ok: true, schema: parsed.value } : { ok: false, problems: [problem] }
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function refuse(message: string, remedy: string): ReadSchema {
  return { ok: false, problems: [{ pointer: '', message, remedy }] }
}
