// The types of a generated module as data, read from its text: what is proved is what was written, not what was meant.

import { ts } from 'ts-morph'

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

/** Reads the types that a module declares, by their names. */
export function readTypeShapes(module: string): ReadonlyMap<string, TypeShape> {
  const { statements } = ts.createSourceFile('module.ts', module, ts.ScriptTarget.ES2022)
  return new Map(
    statements.flatMap((statement): [string, TypeShape][] => {
      if (ts.isInterfaceDeclaration(statement)) return [[statement.name.text, objectShape(statement.members)]]
      if (ts.isTypeAliasDeclaration(statement)) return [[statement.name.text, shapeOf(statement.type)]]
      return []
    }),
  )
}

const FOREIGN: TypeShape = { kind: 'foreign' }

function shapeOf(node: ts.TypeNode): TypeShape {
  if (ts.isParenthesizedTypeNode(node)) return shapeOf(node.type)
  if (ts.isTypeOperatorNode(node)) {
    return node.operator === ts.SyntaxKind.ReadonlyKeyword ? shapeOf(node.type) : FOREIGN
  }
  if (ts.isUnionTypeNode(node)) return { kind: 'union', parts: node.types.map(shapeOf) }
  if (ts.isIntersectionTypeNode(node)) return { kind: 'intersection', parts: node.types.map(shapeOf) }
  if (ts.isArrayTypeNode(node)) return { kind: 'array', item: shapeOf(node.elementType) }
  if (ts.isTupleTypeNode(node)) return tupleShape(node)
  if (ts.isTypeLiteralNode(node)) return objectShape(node.members)
  if (ts.isLiteralTypeNode(node)) return literalShape(node.literal)
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeArguments === undefined) {
    return { kind: 'name', name: node.typeName.text }
  }
  return KEYWORDS.get(node.kind) ?? FOREIGN
}

const KEYWORDS: ReadonlyMap<ts.SyntaxKind, TypeShape> = new Map<ts.SyntaxKind, TypeShape>([
  [ts.SyntaxKind.UnknownKeyword, { kind: 'anything' }],
  [ts.SyntaxKind.NeverKeyword, { kind: 'nothing' }],
  // No JSON value is undefined.
  [ts.SyntaxKind.UndefinedKeyword, { kind: 'nothing' }],
  [ts.SyntaxKind.StringKeyword, { kind: 'primitive', type: 'string' }],
  [ts.SyntaxKind.NumberKeyword, { kind: 'primitive', type: 'number' }],
  [ts.SyntaxKind.BooleanKeyword, { kind: 'primitive', type: 'boolean' }],
  [ts.SyntaxKind.ObjectKeyword, { kind: 'primitive', type: 'object' }],
])

function literalShape(literal: ts.LiteralTypeNode['literal']): TypeShape {
  if (literal.kind === ts.SyntaxKind.NullKeyword) return { kind: 'literal', value: null }
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return { kind: 'literal', value: true }
  if (literal.kind === ts.SyntaxKind.FalseKeyword) return { kind: 'literal', value: false }
  if (ts.isStringLiteral(literal)) return { kind: 'literal', value: literal.text }
  if (ts.isNumericLiteral(literal)) return { kind: 'literal', value: Number(literal.text) }
  if (ts.isPrefixUnaryExpression(literal) && ts.isNumericLiteral(literal.operand)) {
    return { kind: 'literal', value: -Number(literal.operand.text) }
  }
  return FOREIGN
}

function objectShape(elements: readonly ts.TypeElement[]): TypeShape {
  const members = new Map<string, { shape: TypeShape; isOptional: boolean }>()
  let index: TypeShape | undefined
  for (const element of elements) {
    if (ts.isIndexSignatureDeclaration(element)) index = shapeOf(element.type)
    else if (ts.isPropertySignature(element) && element.type !== undefined) {
      const name = propertyName(element.name)
      if (name === undefined) return FOREIGN
      members.set(name, { shape: shapeOf(element.type), isOptional: element.questionToken !== undefined })
    } else return FOREIGN
  }
  return { kind: 'object', members, ...(index === undefined ? {} : { index }) }
}

function propertyName(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)
    ? name.text
    : undefined
}

function tupleShape({ elements }: ts.TupleTypeNode): TypeShape {
  const items: { shape: TypeShape; isOptional: boolean }[] = []
  let rest: TypeShape | undefined
  for (const element of elements) {
    if (ts.isRestTypeNode(element)) {
      const list = shapeOf(element.type)
      if (list.kind !== 'array') return FOREIGN
      rest = list.item
    } else if (ts.isOptionalTypeNode(element)) items.push({ shape: shapeOf(element.type), isOptional: true })
    else if (ts.isNamedTupleMember(element)) return FOREIGN
    else items.push({ shape: shapeOf(element), isOptional: false })
  }
  return { kind: 'tuple', items, ...(rest === undefined ? {} : { rest }) }
}
