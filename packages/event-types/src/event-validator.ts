import { CheckBudgetError, createCheckBudget } from './check-budget.ts'
import { compileSchema } from './compile-schema.ts'
import { dateTimeViolation } from './date-time.ts'
import { type EventForm, effectiveSchema } from './effective-schema.ts'
import { explain } from './explain.ts'
import { isJsonObject, ownValue } from './json-value.ts'
import type { LoadedDocument } from './loaded-schema.ts'
import { type LoadSchemaOptions, loadSchema } from './schema-loader.ts'
import { violationText } from './violation.ts'

/**
 * Says whether an event is valid: undefined if so, otherwise the detail text that the broker answers for it.
 */
export type EventValidator = (event: unknown) => string | undefined

/** Everything there is to say about events of one type. */
export interface EventJudge {
  /** Whether an event is valid. That takes a fraction of the time that saying why it is not takes. */
  isValid(event: unknown): boolean
  readonly violation: EventValidator
  /** The effective schema. */
  readonly document: LoadedDocument
}

/**
 * Makes the validator of an event type: its effective schema, then, for categories with metadata, that
 * `occurred_at` is a time. Making one takes milliseconds, so keep it as long as the event type does not
 * change; nothing here keeps it. A check that takes too many steps ends as a violation.
 *
 * Events are values as `JSON.parse` gives them, which is why `1.0` counts as an integer here.
 *
 * @throws SchemaError when the schema is none that `checkSchema` accepts.
 */
export function createEventValidator(eventType: EventForm): EventValidator {
  if (eventType.schema.type === 'avro_schema') {
    return () => `No json_schema found for event type: ${eventType.name}`
  }
  return createEventJudge(eventType).violation
}

/**
 * Makes the validator of an event type with a JSON schema, and a shorter answer beside the one in words.
 *
 * @throws SchemaError when the schema is none that `checkSchema` accepts, or exceeds the limits.
 */
export function createEventJudge(eventType: EventForm, options: LoadSchemaOptions = {}): EventJudge {
  const document = loadSchema(effectiveSchema(eventType, options.limits), options)
  const budget = createCheckBudget()
  const { check, parts } = compileSchema(document, budget)
  const hasMetadata = eventType.category !== 'undefined'
  const judge = (event: unknown, explainViolation: () => string): string | undefined => {
    try {
      budget.renew()
      if (!check(event)) return explainViolation()
      return hasMetadata ? occurredAtViolation(event) : undefined
    } catch (error) {
      // A recursive schema takes the validator as deep as the event goes.
      if (error instanceof RangeError) return '#: the event is nested too deeply'
      if (error instanceof CheckBudgetError) return '#: the event takes too long to check'
      throw error
    }
  }
  return {
    document,
    isValid: (event) => judge(event, () => UNEXPLAINED) === undefined,
    violation: (event) =>
      judge(event, () => {
        budget.renew()
        const found = explain(document, event, { budget, parts })
        return found ? violationText(found) : UNEXPLAINED
      }),
  }
}

const UNEXPLAINED = '#: the event does not follow the schema'

function occurredAtViolation(event: unknown): string | undefined {
  const metadata = isJsonObject(event) ? ownValue(event, 'metadata') : undefined
  const time = isJsonObject(metadata) ? ownValue(metadata, 'occurred_at') : undefined
  const reason = typeof time === 'string' ? dateTimeViolation(time) : undefined
  return reason && `#/metadata/occurred_at:${reason}`
}
