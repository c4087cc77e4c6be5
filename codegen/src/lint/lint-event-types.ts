// Event types against the rules of the Zalando RESTful API guidelines, and against what is known to go wrong.

import type { EventTypeDefinition } from '../definitions/event-type-definition.ts'
import { placeInFile } from '../definitions/place-in-file.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { checkBounds } from '../schema/check-bounds.ts'
import { formatPointer } from '../schema/json-pointer.ts'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'
import type { LintLevel, LintRule, LintSubject, Remark } from './lint-rule.ts'
import { LINT_RULES } from './lint-rules.ts'
import { visitSchemas } from './visit-schemas.ts'

/** One thing that a rule has found. */
export interface LintFinding extends Diagnostic {
  /** The id of the rule. */
  readonly rule: string
  readonly eventType: string
}

/** Levels that were chosen, by the ids of the rules. */
export type LintLevels = Readonly<Record<string, LintLevel>>

/** Lists what the rules find, event types by name. A pure function. */
export function lintEventTypes(
  definitions: readonly EventTypeDefinition[],
  levels: LintLevels = {},
): LintFinding[] {
  const rules = LINT_RULES.map((rule) => ({ rule, level: levels[rule.id] ?? rule.level }))
  const byName = [...definitions].sort((left, right) => (left.eventType.name < right.eventType.name ? -1 : 1))
  return byName.flatMap((definition) => {
    const subject = subjectOf(definition)
    return rules.flatMap(({ rule, level }) =>
      level === 'off'
        ? []
        : rule.check(subject).map((remark) => toFinding(definition, { rule, level, remark })),
    )
  })
}

function subjectOf({ eventType }: EventTypeDefinition): LintSubject {
  const schema = eventType.schema.type === 'json_schema' ? parse(eventType.schema.schema) : undefined
  return { eventType, schema, nodes: schema === undefined ? [] : visitSchemas(schema) }
}

function parse(text: string): SchemaNode | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isNode(value) && checkBounds(value) === undefined ? value : undefined
  } catch {
    return undefined
  }
}

interface Found {
  readonly rule: LintRule
  readonly level: Exclude<LintLevel, 'off'>
  readonly remark: Remark
}

function toFinding({ eventType, origin }: EventTypeDefinition, { rule, level, remark }: Found): LintFinding {
  const { at, message } = remark
  return {
    rule: rule.id,
    severity: level,
    eventType: eventType.name,
    message,
    remedy: rule.remedy,
    ...(origin === undefined ? { pointer: formatPointer(at) } : placeOf(origin, at)),
  }
}

const SCHEMA = ['schema', 'schema']

/** The place in the file: of the schema where it is about the schema, else of the definition that the schema is in. */
function placeOf(
  origin: NonNullable<EventTypeDefinition['origin']>,
  at: readonly string[],
): { readonly file?: string; readonly pointer: string } {
  const isInSchema = SCHEMA.every((segment, index) => at[index] === segment)
  if (isInSchema) return placeInFile(origin, formatPointer(at.slice(SCHEMA.length)))
  const definition = origin.schemaPointer.replace(/\/schema(\/schema)?$/, '')
  return { file: origin.file, pointer: `${definition}${formatPointer(at)}` }
}
