import { nearestWord } from '../config/nearest-word.ts'
import { formatPointer } from '../schema/json-pointer.ts'
import type { SchemaNode } from '../schema/json-schema.ts'
import type { SchemaProblem } from '../schema/schema-problem.ts'

/**
 * Finds fields of a definition that are most likely slips: the broker passes over what it does not know, and what is defined
 * would quietly have the default. Fields that resemble none are left to registries that know more.
 *
 * @param fields - all that there are, those that only a broker writes included
 */
export function misspeltFields(item: SchemaNode, fields: readonly string[]): readonly SchemaProblem[] {
  return Object.keys(item).flatMap((field): SchemaProblem[] => {
    if (fields.includes(field) || field.startsWith('x-')) return []
    const near = nearestWord(field, fields, 2)
    if (near === undefined || Object.hasOwn(item, near) || field.length < MIN_LENGTH) return []
    const message = `the field ${field} has no effect`
    return [{ pointer: formatPointer([field]), message, remedy: `Did you mean ${near}?` }]
  })
}

/** In shorter words two letters are half of them. */
const MIN_LENGTH = 5
