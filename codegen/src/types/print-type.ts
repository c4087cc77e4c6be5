// Type expressions as source text: tokens become what they stand for, lines stay short, and everything is read-only,
// because an event is a fact.

import { ts } from 'ts-morph'
import type { TypeExpressions } from './compile-structures.ts'
import { commentLines } from './documentation.ts'
import { literalType, propertyKey } from './literals.ts'
import type { TokenMeaning } from './type-plan.ts'

/** What tokens stand for while a type is printed. */
export interface PrintScope {
  readonly meanings: ReadonlyMap<string, TokenMeaning>
  readonly expressions: TypeExpressions
  /** What the declarations are called, by token. */
  readonly names: ReadonlyMap<string, string>
}

/** Longest line, unless a single word is longer. */
const LINE_WIDTH = 110

/** Prints the declaration of a token, an interface where possible, with its documentation. */
export function printDeclaration(scope: PrintScope, token: string): string {
  const meaning = scope.meanings.get(token)
  const name = scope.names.get(token)
  const expression = scope.expressions.get(token)
  if (meaning?.kind !== 'declaration' || name === undefined || expression === undefined) {
    throw new Error(`${token} is not declared`)
  }
  const body = ts.isTypeLiteralNode(expression)
    ? `export interface ${name} ${printObject(scope, expression, 0)}`
    : after(`export type ${name} =`, printType(scope, expression, { indent: 0, column: name.length + 15 }))
  return [...commentLines(meaning.documentation), body].join('\n')
}

/** Where a text goes: the indentation of its line and the column it starts at. */
interface Position {
  readonly indent: number
  readonly column: number
}

/** Prints a type. A union that does not fit on the line begins with a line end. */
function printType(scope: PrintScope, node: ts.TypeNode, { indent, column }: Position): string {
  const parts = alternatives(scope, node)
  const [only] = parts
  if (only !== undefined && parts.length === 1) return printAlternative(scope, only, { indent, column })
  const below = { indent: indent + 4, column: indent + 4 }
  const texts = [...new Set(parts.map((part) => printAlternative(scope, part, below)))]
  const line = texts.join(' | ')
  if (!line.includes('\n') && column + line.length <= LINE_WIDTH) return line
  return texts.map((text) => `\n${spaces(indent + 2)}| ${text}`).join('')
}

/** The members of a union, nested ones included, as nodes or, where a token stands for literals, as text. */
function alternatives(scope: PrintScope, node: ts.TypeNode): (ts.TypeNode | string)[] {
  if (ts.isParenthesizedTypeNode(node)) return alternatives(scope, node.type)
  if (ts.isUnionTypeNode(node)) return node.types.flatMap((member) => alternatives(scope, member))
  const token = tokenOf(node)
  const meaning = scope.meanings.get(token ?? '')
  if (meaning?.kind === 'literals') return meaning.values.map(literalType)
  if (meaning?.kind === 'inline') return alternatives(scope, expressionOf(scope, token))
  return [node]
}

function printAlternative(scope: PrintScope, part: ts.TypeNode | string, position: Position): string {
  if (typeof part === 'string') return part
  if (ts.isTypeLiteralNode(part))
    return printMap(scope, part, position) ?? printObject(scope, part, position.indent)
  if (ts.isArrayTypeNode(part)) return `readonly ${printItem(scope, part.elementType, position)}[]`
  if (ts.isTupleTypeNode(part)) return printTuple(scope, part, position)
  if (ts.isIntersectionTypeNode(part))
    return part.types.map((member) => printOperand(scope, member, position)).join(' & ')
  return scope.names.get(tokenOf(part) ?? '') ?? printKeyword(part)
}

function printKeyword(node: ts.TypeNode): string {
  if (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword) return 'null'
  const keyword = ts.tokenToString(node.kind)
  if (keyword === undefined) throw new Error(`unexpected type expression of kind ${ts.SyntaxKind[node.kind]}`)
  return keyword
}

/** The item type of an array, in parentheses where the brackets would otherwise take a part of it. */
function printItem(scope: PrintScope, node: ts.TypeNode, { indent, column }: Position): string {
  const text = printType(scope, node, { indent, column: column + 'readonly '.length })
  const isPlain =
    alternatives(scope, node).length === 1 && !text.startsWith('readonly ') && !isIntersection(node)
  if (isPlain) return text
  return text.startsWith('\n') ? `(${text}\n${spaces(indent)})` : `(${text})`
}

function isIntersection(node: ts.TypeNode): boolean {
  return ts.isParenthesizedTypeNode(node) ? isIntersection(node.type) : ts.isIntersectionTypeNode(node)
}

function printTuple(scope: PrintScope, node: ts.TupleTypeNode, { indent, column }: Position): string {
  const below = { indent: indent + 2, column: indent + 2 }
  const items = node.elements.map((element) =>
    ts.isRestTypeNode(element) ? printRest(scope, element, below) : printType(scope, element, below),
  )
  const line = `readonly [${items.join(', ')}]`
  if (!line.includes('\n') && column + line.length <= LINE_WIDTH) return line
  return `readonly [\n${items.map((item) => `${spaces(indent + 2)}${item},\n`).join('')}${spaces(indent)}]`
}

function printRest(scope: PrintScope, { type }: ts.RestTypeNode, position: Position): string {
  return `...${ts.isArrayTypeNode(type) ? `${printItem(scope, type.elementType, position)}[]` : printType(scope, type, position)}`
}

function printOperand(scope: PrintScope, node: ts.TypeNode, { indent, column }: Position): string {
  const isUnion = alternatives(scope, node).length > 1
  const text = printType(scope, node, { indent, column })
  if (!isUnion) return text
  return text.startsWith('\n') ? `(${text}\n${spaces(indent)})` : `(${text})`
}

function printObject(
  scope: PrintScope,
  node: ts.TypeLiteralNode | ts.InterfaceDeclaration,
  indent: number,
): string {
  const members = node.members.flatMap((member) => printMember(scope, member, indent + 2))
  return ['{', ...members.map((line) => `${spaces(indent + 2)}${line}`), `${spaces(indent)}}`].join('\n')
}

/** A map without named properties, on one line if it fits. */
function printMap(
  scope: PrintScope,
  { members }: ts.TypeLiteralNode,
  { indent, column }: Position,
): string | undefined {
  const [index] = members
  if (index === undefined || members.length > 1 || !ts.isIndexSignatureDeclaration(index)) return undefined
  const line = `{ ${printMember(scope, index, indent).join('')} }`
  return line.includes('\n') || column + line.length > LINE_WIDTH ? undefined : line
}

function printMember(scope: PrintScope, member: ts.TypeElement, indent: number): string[] {
  if (ts.isIndexSignatureDeclaration(member))
    return [printTyped(scope, { label: 'readonly [key: string]:', type: member.type, indent })]
  const meaning =
    member.name !== undefined && ts.isIdentifier(member.name)
      ? scope.meanings.get(member.name.text)
      : undefined
  if (!ts.isPropertySignature(member) || meaning?.kind !== 'property')
    throw new Error(`unexpected member of kind ${ts.SyntaxKind[member.kind]}`)
  const label = `readonly ${propertyKey(meaning.name)}${member.questionToken ? '?' : ''}:`
  return [...commentLines(meaning.documentation), printTyped(scope, { label, type: member.type, indent })]
}

function printTyped(
  scope: PrintScope,
  { label, type, indent }: { label: string; type: ts.TypeNode | undefined; indent: number },
): string {
  if (type === undefined) throw new Error(`${label} has no type`)
  return after(label, printType(scope, type, { indent, column: indent + label.length + 1 }))
}

function expressionOf(scope: PrintScope, token: string | undefined): ts.TypeNode {
  const expression = scope.expressions.get(token ?? '')
  if (expression === undefined) throw new Error(`${token} has no type`)
  return expression
}

/** The name that a type expression refers to. It is a token, or the `never` that the plan asked for. */
function tokenOf(node: ts.TypeNode): string | undefined {
  return ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) ? node.typeName.text : undefined
}

function after(label: string, text: string): string {
  return text.startsWith('\n') ? `${label}${text}` : `${label} ${text}`
}

function spaces(count: number): string {
  return ' '.repeat(count)
}
