// Types as data, as far as generated modules use the type system.

/** A type, as far as generated modules use the type system. */
export type TypeShape =
  | { readonly kind: 'anything' | 'nothing' | 'foreign' }
  | { readonly kind: 'primitive'; readonly type: 'string' | 'number' | 'boolean' | 'object' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | ObjectShape
  | { readonly kind: 'array'; readonly item: TypeShape }
  | TupleShape
  | { readonly kind: 'union' | 'intersection'; readonly parts: readonly TypeShape[] }
  | { readonly kind: 'name'; readonly name: string }

/** An object type. */
export interface ObjectShape {
  readonly kind: 'object'
  readonly members: ReadonlyMap<string, { readonly shape: TypeShape; readonly isOptional: boolean }>
  /** The type of all other members, where there is an index signature. */
  readonly index?: TypeShape
}

/** A tuple type. */
export interface TupleShape {
  readonly kind: 'tuple'
  readonly items: readonly { readonly shape: TypeShape; readonly isOptional: boolean }[]
  readonly rest?: TypeShape
}
