// Enumerations that may grow: `x-extensible-enum` of the Zalando RESTful API guidelines (rule 112). It lists the values that are
// known today and is no validation, so whoever reads must be ready for others.

import { listedStrings, type SchemaNode } from './json-schema.ts'

/** The values that an enumeration is known to have, each once; undefined when the schema is none that may grow. */
export function knownValues(node: SchemaNode): readonly string[] | undefined {
  if (!(KNOWN_VALUES in node)) return undefined
  const values = [...new Set(listedStrings(node, KNOWN_VALUES))]
  return values.length === 0 || 'enum' in node ? undefined : values
}

/** The keyword that lists them. */
export const KNOWN_VALUES = 'x-extensible-enum'
