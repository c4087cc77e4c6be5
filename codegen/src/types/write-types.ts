// Everything from a checked schema to source text of types. The compilers it needs are large, so it is loaded when the
// first event type is generated and not before.

import type { SchemaNode } from '../schema/json-schema.ts'
import type { References } from '../schema/resolve-references.ts'
import { compileStructures } from './compile-structures.ts'
import { planTypes, type TypeNaming } from './plan-types.ts'
import { printDeclaration } from './print-type.ts'

/** Writes the types of a schema as exported declarations, the type of the whole first. */
export async function writeTypes(
  root: SchemaNode,
  references: References,
  naming: TypeNaming,
): Promise<string[]> {
  const { structures, meanings } = planTypes(root, references, naming)
  const expressions = await compileStructures(structures)
  return [...meanings]
    .filter(([, meaning]) => meaning.kind === 'declaration')
    .map(([token]) => printDeclaration({ meanings, expressions }, token))
}
