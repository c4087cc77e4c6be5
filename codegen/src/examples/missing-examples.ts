// Why no example of a schema was found, as far as the schema tells.

import type { PayloadSchema } from '../payload-schema.ts'
import { type SchemaNode, someNode, subschemasOf } from '../schema/json-schema.ts'
import type { SchemaProblem } from '../schema/schema-problem.ts'
import { MAX_RECIPE_DEPTH } from './build-recipe.ts'

/** What to say of a schema without any example; undefined when its root allows no object, which is said already. */
export function missingExamples({ root, compatibilityMode }: PayloadSchema): SchemaProblem | undefined {
  const types = Array.isArray(root['type']) ? root['type'] : [root['type'] ?? 'object']
  if (!types.includes('object')) return undefined
  return {
    pointer: '',
    message: 'no valid example of the schema was found',
    remedy: remedyFor(root, compatibilityMode === 'compatible'),
  }
}

function remedyFor(root: SchemaNode, isCompatible: boolean): string {
  if (isCompatible && someNode(root, (node) => 'allOf' in node)) {
    return 'The compatibility mode "compatible" closes every part of an "allOf", so that each refuses what only the others list: list all properties in one object, or choose another mode.'
  }
  if (nesting(root) > MAX_RECIPE_DEPTH) {
    return `Examples are made of at most ${MAX_RECIPE_DEPTH} schemas inside each other: move inner parts to "definitions" and refer to them with "$ref".`
  }
  return 'The schema may contradict itself: see whether any event follows it.'
}

/** How many schemas are inside each other, definitions aside. */
function nesting(node: SchemaNode): number {
  const inner = subschemasOf(node).filter(({ path }) => path[0] !== 'definitions')
  return Math.max(0, ...inner.map(({ schema }) => 1 + nesting(schema)))
}
