// One form for all spellings of a JSON document. Generated code depends on this form alone, so the order in which
// somebody happened to write the keys of a schema never shows in a diff.

import { isNode } from './json-schema.ts'
import { setMember } from './set-member.ts'

/** Copies a JSON value with the keys of every object sorted by code unit. Needs a value of bounded depth. */
export function canonicalJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonicalJson)
  if (!isNode(value)) return value
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value).sort()) setMember(copy, key, canonicalJson(value[key]))
  return copy
}
