// What a value becomes in a program, kept with its schema under a symbol: no schema can say it by itself, and none shows it.

import type { SchemaNode } from './json-schema.ts'

/** The types that formats can be mapped to. */
export type MappedType = 'Date' | 'Temporal.Instant' | 'Temporal.PlainDate' | 'bigint'

const MAPPED = Symbol('mapped type')

type MappedNode = SchemaNode & { readonly [MAPPED]?: MappedType }

/** A copy of a node whose values become something else. */
export function withMappedType(node: SchemaNode, type: MappedType): SchemaNode {
  return Object.assign({}, node, { [MAPPED]: type })
}

/** What the values of a node become; undefined when they stay as they are. */
export function mappedTypeOf(node: MappedNode): MappedType | undefined {
  return node[MAPPED]
}

/** A copy of a node, made from another, that is mapped as that is. */
export function mappedLike(original: SchemaNode, node: SchemaNode): SchemaNode {
  const type = mappedTypeOf(original)
  return type === undefined ? node : withMappedType(node, type)
}
