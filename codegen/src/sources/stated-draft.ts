// OpenAPI 3.1 and AsyncAPI mean a later draft of JSON Schema without saying so, and the broker takes what says nothing
// for draft 4. A schema that it would refuse for that alone says its draft.

import { loadSchema, SchemaError, TOOL_LIMITS } from '@rioni/event-types'
import { checkBounds } from '../schema/check-bounds.ts'
import { DRAFT_7 } from '../schema/draft-7.ts'
import { isNode, type SchemaNode, someNode } from '../schema/json-schema.ts'
import { readableSchema } from '../schema/readable-schema.ts'

/**
 * The schema, with its draft when the broker accepts it only so, and in the words of draft 7 where it has others for the
 * same. All others stay as they are, and so do their hashes.
 */
export function withStatedDraft(schema: unknown): unknown {
  if (!isNode(schema) || Object.hasOwn(schema, '$schema')) return schema
  // One that is too deep to be looked at is refused later.
  if (checkBounds(schema) !== undefined) return schema
  if (someNode(schema, (node) => TRANSLATABLE.some((keyword) => keyword in node))) {
    return readableSchema({ ...schema, $schema: DRAFT_2020 }).schema
  }
  if (isAccepted(schema)) return schema
  const stated = { $schema: DRAFT_7, ...schema }
  return isAccepted(stated) ? stated : schema
}

/** The draft that OpenAPI 3.1 means. */
const DRAFT_2020 = 'https://json-schema.org/draft/2020-12/schema'

/** What draft 7 says in other words, and the broker would pass over in silence. */
const TRANSLATABLE = ['prefixItems', 'dependentRequired', 'dependentSchemas']

function isAccepted(schema: SchemaNode): boolean {
  try {
    loadSchema(schema, { limits: TOOL_LIMITS })
    return true
  } catch (error) {
    if (error instanceof SchemaError) return false
    throw error
  }
}
