// Type expressions as source text: tokens become what they stand for, lines stay short, and everything is read-only,
// because an event is a fact.

import { commentLines } from './documentation.ts'
import { literalType, propertyKey } from './literals.ts'
import type {
  MemberExpression,
  ObjectExpression,
  TupleExpression,
  TypeExpression,
} from './type-expression.ts'
import type { TokenMeaning } from './type-plan.ts'

/** What tokens stand for while a type is printed. */
export interface PrintScope {
  readonly meanings: ReadonlyMap<string, TokenMeaning>
  readonly expressions: ReadonlyMap<string, TypeExpression>
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
  const body =
    expression.kind === 'object'
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
function printType(scope: PrintScope, type: TypeExpression, { indent, column }: Position): string {
  if (type.kind === 'object' || type.kind === 'array')
    return printAlternative(scope, type, { indent, column })
  const parts = alternatives(scope, type)
  const [only] = parts
  if (only !== undefined && parts.length === 1) return printAlternative(scope, only, { indent, column })
  const below = { indent: indent + 4, column: indent + 4 }
  const texts = [...new Set(parts.map((part) => printAlternative(scope, part, below)))]
  const line = texts.join(' | ')
  if (!line.includes('\n') && column + line.length <= LINE_WIDTH) return line
  return texts.map((text) => `\n${spaces(indent + 2)}| ${text}`).join('')
}

/** The members of a union, nested ones included, as types or, where a token stands for literals, as text. */
function alternatives(scope: PrintScope, type: TypeExpression): (TypeExpression | string)[] {
  if (type.kind === 'union') return type.members.flatMap((member) => alternatives(scope, member))
  if (type.kind !== 'word') return [type]
  const meaning = scope.meanings.get(type.word)
  if (meaning?.kind === 'literals') return meaning.values.map(literalType)
  // TypeScript would make `string` of a union with it; so editors go on to offer the values.
  if (meaning?.kind === 'known') return [...meaning.values.map(literalType), '(string & {})']
  if (meaning?.kind === 'mapped') return [meaning.type]
  if (meaning?.kind === 'inline') return alternatives(scope, inlined(scope, type.word))
  return [type]
}

function printAlternative(scope: PrintScope, part: TypeExpression | string, position: Position): string {
  if (typeof part === 'string') return part
  switch (part.kind) {
    case 'word':
      return scope.names.get(part.word) ?? part.word
    case 'object':
      return printMap(scope, part, position) ?? printObject(scope, part, position.indent)
    case 'array':
      return `readonly ${printItem(scope, part.item, position)}[]`
    case 'tuple':
      return printTuple(scope, part, position)
    case 'intersection':
      return part.members.map((member) => printOperand(scope, member, position)).join(' & ')
    case 'union':
      return printType(scope, part, position)
  }
}

/** The item type of an array, in parentheses where the brackets would otherwise take a part of it. */
function printItem(scope: PrintScope, type: TypeExpression, { indent, column }: Position): string {
  const text = printType(scope, type, { indent, column: column + 'readonly '.length })
  const isPlain =
    alternatives(scope, type).length === 1 && !text.startsWith('readonly ') && type.kind !== 'intersection'
  if (isPlain) return text
  return text.startsWith('\n') ? `(${text}\n${spaces(indent)})` : `(${text})`
}

function printTuple(
  scope: PrintScope,
  { items, rest }: TupleExpression,
  { indent, column }: Position,
): string {
  const below = { indent: indent + 2, column: indent + 2 }
  const texts = [
    ...items.map((item) => printType(scope, item, below)),
    ...(rest === undefined ? [] : [`...${printItem(scope, rest, below)}[]`]),
  ]
  const line = `readonly [${texts.join(', ')}]`
  if (!line.includes('\n') && column + line.length <= LINE_WIDTH) return line
  return `readonly [\n${texts.map((text) => `${spaces(indent + 2)}${text},\n`).join('')}${spaces(indent)}]`
}

function printOperand(scope: PrintScope, type: TypeExpression, { indent, column }: Position): string {
  const isUnion = alternatives(scope, type).length > 1
  const text = printType(scope, type, { indent, column })
  if (!isUnion) return text
  return text.startsWith('\n') ? `(${text}\n${spaces(indent)})` : `(${text})`
}

function printObject(scope: PrintScope, { members, others }: ObjectExpression, indent: number): string {
  const start = `\n${spaces(indent + 2)}`
  let text = '{'
  for (const member of members) {
    for (const line of printMember(scope, member, indent + 2)) text += start + line
  }
  if (others !== undefined) text += start + printIndex(scope, others, indent + 2)
  return `${text}\n${spaces(indent)}}`
}

/** A map without named properties, on one line if it fits. */
function printMap(
  scope: PrintScope,
  { members, others }: ObjectExpression,
  { indent, column }: Position,
): string | undefined {
  if (others === undefined || members.length > 0) return undefined
  const line = `{ ${printIndex(scope, others, indent)} }`
  return line.includes('\n') || column + line.length > LINE_WIDTH ? undefined : line
}

function printIndex(scope: PrintScope, type: TypeExpression, indent: number): string {
  return printTyped(scope, { label: 'readonly [key: string]:', type, indent })
}

function printMember(
  scope: PrintScope,
  { token, isRequired, type }: MemberExpression,
  indent: number,
): string[] {
  const meaning = scope.meanings.get(token)
  if (meaning?.kind !== 'property') throw new Error(`${token} is no property`)
  const label = `readonly ${propertyKey(meaning.name)}${isRequired ? '' : '?'}:`
  const lines = commentLines(meaning.documentation)
  lines.push(printTyped(scope, { label, type, indent }))
  return lines
}

function printTyped(
  scope: PrintScope,
  { label, type, indent }: { label: string; type: TypeExpression; indent: number },
): string {
  return after(label, printType(scope, type, { indent, column: indent + label.length + 1 }))
}

function inlined(scope: PrintScope, token: string): TypeExpression {
  const expression = scope.expressions.get(token)
  if (expression === undefined) throw new Error(`${token} has no type`)
  return expression
}

function after(label: string, text: string): string {
  return text.startsWith('\n') ? `${label}${text}` : `${label} ${text}`
}

function spaces(count: number): string {
  return ' '.repeat(count)
}
