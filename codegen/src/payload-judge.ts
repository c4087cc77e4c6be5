// Whether payloads follow a schema: as the broker reads it, and as its author meant it. A schema without `$schema` is one of
// draft 4 to the broker, which then ignores `const` and what else later drafts brought; and values that are listed outweigh
// the `type` beside them. Types believe the author.

import {
  createEventJudge,
  type EventJudge,
  type EventValidator,
  effectiveSchema,
  type LoadedDocument,
  loadSchema,
  SchemaError,
  type SchemaLimits,
} from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { illustratedSchema } from './examples/illustrated-schema.ts'
import { DRAFT_7 } from './schema/draft-7.ts'
import { isNode, listedSchemas, mapSubschemas, type SchemaNode, someNode } from './schema/json-schema.ts'
import { jsonText } from './schema/json-text.ts'
import { normaliseNode } from './schema/normalise-node.ts'
import { itemsInOrder } from './schema/readable-schema.ts'
import { compiledPatterns, withPatternsKept } from './validators/compiled-patterns.ts'

/** Opinions about payloads. */
export interface PayloadJudge {
  /** What the broker says. */
  readonly violation: EventValidator
  /** What the author says, as far as the schema tells. */
  readonly meantViolation: EventValidator
  /** Whether neither says anything. That takes a fraction of the time that finding the words takes. */
  isValid(payload: unknown): boolean
  /** The schema that says the most: whatever follows it follows both. */
  readonly document: LoadedDocument
  /** The same with all that people expect of an example; undefined when there is nothing of the kind. */
  illustration(): LoadedDocument | undefined
}

/** What draft 4 does not know. */
const LATER_KEYWORDS = /"(?:const|contains|if|prefixItems|propertyNames)":/

/**
 * Makes the judge of an event type's payloads.
 *
 * @throws SchemaError when the broker would refuse the schema, had it these limits
 */
export function judgePayloads(eventType: EventType, limits: SchemaLimits): PayloadJudge {
  const payload: EventType = { ...eventType, category: 'undefined' }
  const broker = judgeOf(payload, limits)
  const meant = asMeant(payload)
  const author = meant === undefined ? undefined : authorOf(meant, limits)
  const illustration = () => illustrationOf(meant ?? payload, limits)
  if (author === undefined) return { ...broker, meantViolation: broker.violation, illustration }
  return {
    violation: broker.violation,
    meantViolation: author.violation,
    isValid: (subject) => broker.isValid(subject) && author.isValid(subject),
    document: author.document,
    illustration,
  }
}

function illustrationOf(payload: EventType, limits: SchemaLimits): LoadedDocument | undefined {
  const { schema } = payload
  const illustrated = illustratedSchema(schema.schema)
  if (illustrated === undefined) return undefined
  const eventType = { ...payload, schema: { ...schema, schema: jsonText(illustrated) } }
  try {
    const effective = effectiveSchema(eventType, limits)
    return withPatternsKept(loadSchema(effective, { compiled: compiledPatterns, limits }))
  } catch (error) {
    if (error instanceof SchemaError) return undefined
    throw error
  }
}

/**
 * The broker's judge of events.
 *
 * @throws SchemaError when the broker would refuse the schema, had it these limits
 */
export function judgeOf(eventType: EventType, limits: SchemaLimits): EventJudge {
  const judge = createEventJudge(eventType, { compiled: compiledPatterns, limits })
  withPatternsKept(judge.document)
  return judge
}

/** The judge who goes by what was meant; undefined when nobody could go by it. */
function authorOf(meant: EventType, limits: SchemaLimits): EventJudge | undefined {
  try {
    return judgeOf(meant, limits)
  } catch (error) {
    if (error instanceof SchemaError) return undefined
    throw error
  }
}

/** The event type with a schema that says to the broker what was meant; undefined when that makes no difference. */
function asMeant(payload: EventType): EventType | undefined {
  const text = payload.schema.schema
  const isNewer = LATER_KEYWORDS.test(text)
  if (!isNewer && !text.includes('"enum":')) return undefined
  const submitted: unknown = JSON.parse(text)
  if (!isNode(submitted)) return undefined
  const isAsMeant = !isNewer && !text.includes('"exclusive')
  if (isAsMeant && !someNode(submitted, hasUnfittingLiterals)) return undefined
  const fitting = fittingLiterals(submitted)
  const meant = jsonText({ $schema: DRAFT_7, ...fitting })
  return meant === text ? undefined : { ...payload, schema: { ...payload.schema, schema: meant } }
}

/** Whether a node lists values that the types beside them exclude. */
function hasUnfittingLiterals(node: SchemaNode): boolean {
  const { enum: values } = node
  return Array.isArray(values) && fittingValues(node)?.length !== values.length
}

/** Leaves out the listed values that the types beside them exclude, and lists items as draft 7 does. */
function fittingLiterals(node: SchemaNode): SchemaNode {
  const copy = itemsInOrder(mapSubschemas(node, fittingLiterals))
  const values = Array.isArray(node['enum']) ? fittingValues(node) : undefined
  return values === undefined ? copy : { ...copy, enum: values }
}

function fittingValues({ nullable: _, ...node }: SchemaNode): readonly unknown[] | undefined {
  return listedSchemas(normaliseNode(node, false), 'enum')
}
