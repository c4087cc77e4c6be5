import type { NewEventType } from '@rioni/protocol'
import { annotationViolations, labelViolations } from './annotation-rules.ts'
import { type EventTypeFields, readEventType } from './read-event-type.ts'
import { UnreadableError } from './read-json.ts'
import type { Violation } from './violation.ts'

export type { Violation } from './violation.ts'

/** A definition that may go on to `checkEventTypeRules`, or everything that is wrong with its fields. */
export type EventTypeCheck =
  | { readonly ok: true; readonly eventType: NewEventType }
  | {
      readonly ok: false
      /** Why the document is no event type at all (status 400). There are no violations then. */
      readonly unreadable?: string
      /** What the broker answers together as one 422. */
      readonly violations: readonly Violation[]
    }

const NAME = /^[a-zA-Z][-0-9a-zA-Z_]*(\.[0-9a-zA-Z][-0-9a-zA-Z_]*)*$/
const MAX_NAME_LENGTH = 255
const NOT_NULL = 'must not be null'

/**
 * Checks the fields of an event type definition one by one, as the broker does first when an event type is
 * created or updated. Fields that it does not know are ignored; names of enumerations may be in any case.
 *
 * @param input The parsed JSON document.
 */
export function checkEventType(input: unknown): EventTypeCheck {
  try {
    const fields = readEventType(input, '')
    if (fields === null) return { ok: false, unreadable: 'The document must be an object', violations: [] }
    const violations = fieldViolations(fields)
    if (violations.length > 0) return { ok: false, violations }
    return { ok: true, eventType: fields as NewEventType }
  } catch (error) {
    if (error instanceof UnreadableError) return { ok: false, unreadable: error.message, violations: [] }
    throw error
  }
}

function fieldViolations(fields: EventTypeFields): Violation[] {
  return [
    ...nameViolations(fields.name),
    ...missing('owning_application', fields.owning_application),
    ...missing('category', fields.category),
    ...nulled('enrichment_strategies', fields.enrichment_strategies),
    ...(fields.enrichment_strategies ?? []).flatMap((strategy, index) =>
      missing(`enrichment_strategies[${index}]`, strategy),
    ),
    ...nulled('cleanup_policy', fields.cleanup_policy),
    ...schemaViolations(fields.schema),
    ...nulled('compatibility_mode', fields.compatibility_mode),
    ...statisticViolations(fields.default_statistic),
    ...authorizationViolations(fields.authorization),
    ...annotationViolations(fields.annotations ?? {}),
    ...labelViolations(fields.labels ?? {}),
    ...selectorViolations(fields.event_owner_selector),
  ]
}

function nameViolations(name: string | null | undefined): Violation[] {
  if (name === null || name === undefined) return missing('name', name)
  const violations: Violation[] = []
  if (!NAME.test(name)) violations.push({ field: 'name', message: 'format not allowed' })
  if (name.length < 1 || name.length > MAX_NAME_LENGTH) {
    violations.push({ field: 'name', message: 'the length of the name must be >= 1 and <= 255' })
  }
  return violations
}

function schemaViolations(schema: EventTypeFields['schema']): Violation[] {
  if (schema === null || schema === undefined) return missing('schema', schema)
  return [...missing('schema.type', schema.type), ...missing('schema.schema', schema.schema)]
}

/** The smallest values of `default_statistic`, with the messages of the Nakadi API. */
const STATISTIC_RULES = [
  { key: 'messages_per_minute', least: 0, message: "can't be less then zero" },
  { key: 'message_size', least: 1, message: "can't be less then 1" },
  { key: 'read_parallelism', least: 1, message: 'at least one reader expected' },
  { key: 'write_parallelism', least: 1, message: 'at least one writer expected' },
] as const

function statisticViolations(statistic: EventTypeFields['default_statistic']): Violation[] {
  if (statistic === null || statistic === undefined) return []
  return STATISTIC_RULES.flatMap(({ key, least, message }) => {
    const value = statistic[key]
    const field = `default_statistic.${key}`
    if (value === null || value === undefined) return missing(field, value)
    return value < least ? [{ field, message }] : []
  })
}

function authorizationViolations(authorization: EventTypeFields['authorization']): Violation[] {
  if (authorization === null || authorization === undefined) return []
  return (['admins', 'readers', 'writers'] as const).flatMap((list) => {
    const attributes = authorization[list]
    const field = `authorization.${list}`
    if (attributes === null || attributes === undefined) return missing(field, attributes)
    if (attributes.length === 0) return [{ field, message: 'must contain at least one attribute' }]
    return attributes.flatMap((attribute, index) => [
      ...missing(`${field}[${index}].data_type`, attribute?.data_type),
      ...missing(`${field}[${index}].value`, attribute?.value),
    ])
  })
}

function selectorViolations(selector: EventTypeFields['event_owner_selector']): Violation[] {
  if (selector === null || selector === undefined) return []
  const field = 'event_owner_selector'
  return [
    ...missing(`${field}.type`, selector.type),
    ...missing(`${field}.name`, selector.name),
    ...(selector.name === ''
      ? [{ field: `${field}.name`, message: 'the length of the name must be >= 1' }]
      : []),
    ...missing(`${field}.value`, selector.value),
  ]
}

/** For a field that must be given. */
function missing(field: string, value: unknown): Violation[] {
  return value === null || value === undefined ? [{ field, message: NOT_NULL }] : []
}

/** For a field that has a default: it may be left out, but not set to null. */
function nulled(field: string, value: unknown): Violation[] {
  return value === null ? [{ field, message: NOT_NULL }] : []
}
