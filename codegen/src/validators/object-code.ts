// The code of objects whose properties have names, which are most of the parts that event types do not share. It is, to the
// character, what ajv writes with the keywords of `part-keywords.ts`.

import { stringify } from 'ajv'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'
import type { RoutineName } from './helpers.ts'
import type { Gap, PartCode } from './part-code.ts'
import { REFERENCE } from './standalone-schema.ts'

const KEYWORDS: ReadonlySet<string> = new Set(['type', 'properties', 'additionalProperties', 'required'])

/** A text or a gap of code. */
type Piece = string | Gap

/** Writes the code of a part that is nothing but an object with named properties; undefined for every other part. */
export function objectCode(schema: unknown): PartCode | undefined {
  if (!isNode(schema) || schema['type'] !== 'object') return undefined
  const { properties, additionalProperties, required } = schema
  if (!isNode(properties) || !Object.keys(schema).every((keyword) => KEYWORDS.has(keyword))) return undefined
  const members = memberLines(properties)
  if (members.length === 0) return undefined
  const checks: Piece[][] = [['let found0;\n', ...members]]
  const helpers: RoutineName[] = ['memberErrors']
  const constants: string[] = []
  if (additionalProperties !== undefined) {
    if (additionalProperties !== false && !isReference(additionalProperties)) return undefined
    const check = additionalProperties === false ? 'false' : gapOf(additionalProperties)
    constants.push(`{ names: new Set(${stringify(Object.keys(properties))}), patterns: [] }`)
    checks.push([`let found1 = otherErrors(data, `, { kind: 'constant', index: 0 }, ', ', check, ');\n'])
    helpers.push('otherErrors')
  }
  if (required !== undefined) {
    checks.push([`let found${checks.length} = missingErrors(data, ${stringify(required)});\n`])
    helpers.push('missingErrors')
  }
  return { ...join([...HEAD, ...nested(checks), ...TAIL]), constants, helpers: new Set(helpers) }
}

/** The lines that check the properties, each in case that those before found nothing. */
function memberLines(properties: SchemaNode): Piece[] {
  const pieces: Piece[] = []
  for (const name of Object.keys(properties)) {
    const schema = properties[name]
    if (!isReference(schema)) continue
    pieces.push(`found0 = found0 ?? memberErrors(data, ${stringify(name)}, `, gapOf(schema), ');\n')
  }
  return pieces
}

type Reference = { readonly [REFERENCE]: number }

/** What permits everything is `true` instead. */
function isReference(schema: unknown): schema is Reference {
  return isNode(schema)
}

function gapOf(reference: Reference): Gap {
  return { kind: 'reference', index: reference[REFERENCE] }
}

/** Each check runs if the one before found nothing. */
function nested(checks: readonly (readonly Piece[])[]): Piece[] {
  const pieces = checks.flatMap((check, index): Piece[] => [
    ...(index === 0 ? [] : ['else {\n']),
    ...check,
    `if(!(found${index} === undefined)){\nvErrors = vErrors === null ? found${index} : vErrors.concat(found${index});\nerrors = vErrors.length;\n}\n`,
  ])
  return [...pieces, '}\n'.repeat(checks.length - 1)]
}

const OWN: Gap = { kind: 'own' }

const HEAD: readonly Piece[] = [
  'function ',
  OWN,
  '(data){\nlet vErrors = null;\nlet errors = 0;\nif(errors === 0){\nif(data && typeof data == "object" && !Array.isArray(data)){\n',
]

const TAIL: readonly Piece[] = [
  '}\nelse {\n',
  OWN,
  '.errors = [{instancePath:"",message:"must be object"}];\nreturn false;\n}\n}\n',
  OWN,
  '.errors = vErrors;\nreturn errors === 0;\n}\n',
]

/** Puts texts that follow each other together. */
function join(pieces: readonly Piece[]): Pick<PartCode, 'texts' | 'gaps'> {
  const texts: string[] = []
  const gaps: Gap[] = []
  let text = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece
    else {
      texts.push(text)
      gaps.push(piece)
      text = ''
    }
  }
  return { texts: [...texts, text], gaps }
}
