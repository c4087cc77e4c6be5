import { nearestWord } from '../config/nearest-word.ts'
import { formatPointer } from '../schema/json-pointer.ts'
import type { SchemaNode } from '../schema/json-schema.ts'
import type { SchemaProblem } from '../schema/schema-problem.ts'
import { EVENT_TYPE_FIELDS } from './event-type-fields.ts'

/** Every field of an event type, those that only a broker writes included. */
const FIELDS: readonly string[] = [...EVENT_TYPE_FIELDS, 'schema', 'created_at', 'updated_at']

/**
 * Finds fields of a definition that are most likely slips: the broker passes over what it does not know, and the event type
 * would quietly have the default. Fields that resemble none are left to registries that know more.
 */
export function misspeltFields(item: SchemaNode): readonly SchemaProblem[] {
  return Object.keys(item).flatMap((field): SchemaProblem[] => {
    if (FIELDS.includes(field) || field.startsWith('x-')) return []
    const near = nearestWord(field, FIELDS, 2)
    if (near === undefined || Object.hasOwn(item, near) || field.length < MIN_LENGTH) return []
    const message = `the field ${field} has no effect`
    return [{ pointer: formatPointer([field]), message, remedy: `Did you mean ${near}?` }]
  })
}

/** In shorter words two letters are half of them. */
const MIN_LENGTH = 5
