// Whether payloads follow a schema: as the broker reads it, and as its author meant it. A schema without `$schema` is one of
// draft 4 to the broker, which then ignores `const` and what else later drafts brought; and values that are listed outweigh
// the `type` beside them. Types believe the author.

import {
  createEventValidator,
  type EventValidator,
  effectiveSchema,
  type LoadedDocument,
  loadSchema,
  SchemaError,
} from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { isNode, mapSubschemas, type SchemaNode } from './schema/json-schema.ts'
import { jsonText } from './schema/json-text.ts'
import { normaliseNode } from './schema/normalise-node.ts'

/** Opinions about payloads. */
export interface PayloadJudge {
  /** What the broker says. */
  readonly violation: EventValidator
  /** What the author says, as far as the schema tells. */
  readonly meantViolation: EventValidator
  /** The schema that says the most: whatever follows it follows both. */
  readonly document: LoadedDocument
}

/** What draft 4 does not know. */
const LATER_KEYWORDS = /"(?:const|contains|if|propertyNames)":/

/**
 * Makes the judge of an event type's payloads.
 *
 * @throws SchemaError when the broker would refuse the schema
 */
export function judgePayloads(eventType: EventType): PayloadJudge {
  const payload: EventType = { ...eventType, category: 'undefined' }
  const violation = createEventValidator(payload)
  const meant = asMeant(payload)
  if (meant !== undefined) {
    try {
      const meantViolation = createEventValidator(meant)
      return { violation, meantViolation, document: loadSchema(effectiveSchema(meant)) }
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error
    }
  }
  return { violation, meantViolation: violation, document: loadSchema(effectiveSchema(payload)) }
}

/** The event type with a schema that says to the broker what was meant; undefined when that makes no difference. */
function asMeant(payload: EventType): EventType | undefined {
  const text = payload.schema.schema
  if (!LATER_KEYWORDS.test(text) && !text.includes('"enum":')) return undefined
  const submitted: unknown = JSON.parse(text)
  if (!isNode(submitted)) return undefined
  const meant = jsonText({ $schema: DRAFT_7, ...fittingLiterals(submitted) })
  return meant === text ? undefined : { ...payload, schema: { ...payload.schema, schema: meant } }
}

const DRAFT_7 = 'http://json-schema.org/draft-07/schema#'

/** Leaves out the listed values that the types beside them exclude. */
function fittingLiterals(node: SchemaNode): SchemaNode {
  const copy = mapSubschemas(node, fittingLiterals)
  const { nullable: _, ...plain } = node
  const { enum: values } = normaliseNode(plain, false)
  return Array.isArray(node['enum']) && Array.isArray(values) ? { ...copy, enum: values } : copy
}
