import type { Pattern } from './patterns.ts'

/**
 * A schema in the form in which events are checked against it: draft-07, reduced to the keywords that
 * count. There are no ids in it, references are numbers of definitions, and every value has the right
 * shape.
 *
 * A node with `$ref`, `enum` or `const` has no other keyword.
 */
export interface SchemaNode {
  /** `#/definitions/<number>`, an index into the definitions of the document. */
  readonly $ref?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly type?: string | readonly string[]
  readonly allOf?: readonly LoadedSchema[]
  readonly anyOf?: readonly LoadedSchema[]
  readonly oneOf?: readonly LoadedSchema[]
  readonly not?: LoadedSchema
  readonly if?: LoadedSchema
  readonly then?: LoadedSchema
  readonly else?: LoadedSchema
  readonly items?: LoadedSchema | readonly LoadedSchema[]
  readonly additionalItems?: LoadedSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly contains?: LoadedSchema
  readonly properties?: SchemaMap
  readonly required?: readonly string[]
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly dependencies?: { readonly [name: string]: LoadedSchema | readonly string[] }
  readonly patternProperties?: SchemaMap
  readonly additionalProperties?: LoadedSchema
  readonly propertyNames?: LoadedSchema
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
}

/** A node, or `true` for the schema that takes every value and `false` for the one that takes none. */
export type LoadedSchema = SchemaNode | boolean

/** Schemas by property name or pattern. */
export type SchemaMap = { readonly [name: string]: LoadedSchema }

/** A whole schema: the first definition is its root, the others are what references lead to. */
export interface LoadedDocument {
  readonly definitions: readonly LoadedSchema[]
  /** Every pattern of the definitions, compiled. */
  readonly patterns: ReadonlyMap<string, Pattern>
}

/** The reference to a definition. */
export function definitionRef(index: number): string {
  return `#/definitions/${index}`
}

/** The index of the definition that a reference leads to. */
export function definitionIndexOf(ref: string): number {
  return Number(ref.slice('#/definitions/'.length))
}

/** The definition that a reference of the same document leads to. */
export function definitionOf(document: LoadedDocument, ref: string): LoadedSchema {
  return document.definitions[definitionIndexOf(ref)] ?? true
}

/** True for a list of schemas, which `items` may be in place of one. */
export function isSchemaList(
  items: LoadedSchema | readonly LoadedSchema[],
): items is readonly LoadedSchema[] {
  return Array.isArray(items)
}
