import type { JsonObject } from './json-value.ts'

/** The types that an Avro schema needs no definition for. */
export const AVRO_PRIMITIVES = [
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
] as const

/** The name of a primitive type. */
export type AvroPrimitive = (typeof AVRO_PRIMITIVES)[number]

/** One field of a record. */
export interface AvroField {
  readonly name: string
  readonly type: AvroType
  /** The default of the schema, as JSON; a field without one has no such member. */
  readonly default?: unknown
  readonly aliases: readonly string[]
  /** Attributes that Avro gives no meaning to, and `order`. */
  readonly attributes: JsonObject
}

/**
 * A parsed Avro schema: names are full names, and references are the types themselves, so a recursive
 * record contains itself.
 */
export type AvroType = {
  /** Attributes that Avro gives no meaning to, `logicalType` among them. */
  readonly attributes: JsonObject
} & (
  | { readonly kind: AvroPrimitive }
  | { readonly kind: 'array'; readonly items: AvroType }
  | { readonly kind: 'map'; readonly values: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }
  | AvroNamedType
)

/** The types that have a name: the only ones that can be referred to. */
export type AvroNamedType = {
  readonly name: string
  readonly aliases: readonly string[]
  readonly attributes: JsonObject
} & (
  | { readonly kind: 'record'; readonly fields: readonly AvroField[] }
  | { readonly kind: 'enum'; readonly symbols: readonly string[]; readonly default?: string }
  | { readonly kind: 'fixed'; readonly size: number }
)

/** What tells the branches of a union apart: the full name of a named type, otherwise the kind. */
export function avroTypeName(type: AvroType): string {
  return 'name' in type ? type.name : type.kind
}
