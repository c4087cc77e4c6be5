// OpenAPI 3.1 and AsyncAPI mean a later draft of JSON Schema without saying so, and the broker takes what says nothing
// for draft 4. A schema that it would refuse for that alone says its draft.

import { loadSchema, SchemaError, TOOL_LIMITS } from '@rioni/event-types'
import { DRAFT_7 } from '../schema/draft-7.ts'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'

/** The schema, with its draft when the broker accepts it only so. All others stay as they are, and so do their hashes. */
export function withStatedDraft(schema: unknown): unknown {
  if (!isNode(schema) || Object.hasOwn(schema, '$schema') || isAccepted(schema)) return schema
  const stated = { $schema: DRAFT_7, ...schema }
  return isAccepted(stated) ? stated : schema
}

function isAccepted(schema: SchemaNode): boolean {
  try {
    loadSchema(schema, { limits: TOOL_LIMITS })
    return true
  } catch (error) {
    if (error instanceof SchemaError) return false
    throw error
  }
}
