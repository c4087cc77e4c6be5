// A plan of types: which declarations there are, what they are called, and for each a small schema that becomes a type
// expression.
//
// The small schemas hold structure alone. Every string of the original, be it a name, a literal or a description, is
// kept in a table under a token such as `property12`. So no text of a schema can become code on the way, whatever it says, and
// types are told apart before they have names.
//
// References are tokens too (`tsType`): what they lead to is a declaration of its own.

import type { SchemaNode } from '../schema/json-schema.ts'
import type { MappedType } from '../schema/mapped-type.ts'
import type { Documentation } from './documentation.ts'

/** The part of JSON Schema that is left when everything is normalised. */
export type StructureSchema =
  | { readonly tsType: string }
  | { readonly type: 'any' | 'boolean' | 'null' | 'number' | 'object' | 'string' }
  | ObjectStructure
  | { readonly type: 'array'; readonly items: StructureSchema }
  | TupleStructure
  | { readonly allOf: StructureSchema[] }
  | { readonly anyOf: StructureSchema[] }

/** An object whose properties are named by tokens. */
export interface ObjectStructure {
  readonly type: 'object'
  readonly properties: readonly PropertyStructure[]
  readonly additionalProperties: boolean | StructureSchema
}

/** A property of an object. */
export interface PropertyStructure {
  readonly token: string
  readonly isRequired: boolean
  readonly structure: StructureSchema
}

/** An array whose items are described one by one. */
export interface TupleStructure {
  readonly type: 'array'
  readonly items: StructureSchema[]
  readonly minItems: number
  readonly additionalItems: boolean | StructureSchema
}

/** What a token stands for. */
export type TokenMeaning =
  | { readonly kind: 'declaration'; readonly type: PlannedType; readonly documentation: Documentation }
  | { readonly kind: 'property'; readonly name: string; readonly documentation: Documentation }
  | { readonly kind: 'literals'; readonly values: readonly unknown[] }
  /** Strings that are known, among any others. */
  | { readonly kind: 'known'; readonly values: readonly string[] }
  /** A type that a codec makes of what JSON has. */
  | { readonly kind: 'mapped'; readonly type: MappedType }
  /** A type expression of its own that is printed where the token stands. */
  | { readonly kind: 'inline' }

/** A type of its own, before it has a name. */
export interface PlannedType {
  /** The name that its place in the schema asks for. */
  readonly wish: string
  /** What it describes. */
  readonly node: SchemaNode
  /** Whether references lead to it, so that its place is a name that somebody gave it. */
  readonly isReferredTo: boolean
}

/** The types of one event type. */
export interface TypePlan {
  /** The structure of every token that is a declaration or inline. Declarations are in the order of their use, the whole first. */
  readonly structures: ReadonlyMap<string, StructureSchema>
  readonly meanings: ReadonlyMap<string, TokenMeaning>
}
