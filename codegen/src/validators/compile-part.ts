// One part of a schema to the code of one function. Many event types of a registry share definitions, so what was compiled is
// remembered.

import { isNode, listedSchemas } from '../schema/json-schema.ts'
import { ajvCode } from './ajv-code.ts'
import type { PartCode } from './part-code.ts'
import { isStructured, setOf } from './standalone-keywords.ts'
import type { StandalonePart } from './standalone-schema.ts'

/** Characters of code that are remembered at most. */
const MAX_REMEMBERED = 64 * 1024 * 1024

const remembered = new Map<string, PartCode>()
let size = 0

/** Compiles a part as `standaloneParts` makes them. Nothing of it is executed, and its texts become literals alone. */
export function partCode({ schema, text }: StandalonePart): PartCode {
  const known = remembered.get(text)
  if (known !== undefined) return known
  const code = enumerationCode(schema) ?? ajvCode(schema)
  size += text.length + code.texts.reduce((sum, piece) => sum + piece.length, 0)
  if (size > MAX_REMEMBERED) {
    remembered.clear()
    size = 0
  }
  remembered.set(text, code)
  return code
}

/** The code of every enumeration of scalars, which has its values as a constant. Every event type has one: its name. */
let scalarCode: PartCode | undefined

function enumerationCode(schema: unknown): PartCode | undefined {
  if (!isNode(schema) || Object.keys(schema).length !== 1) return undefined
  const values = listedSchemas(schema, 'enum')
  if (values === undefined || values.some(isStructured)) return undefined
  scalarCode ??= ajvCode({ enum: [] })
  return { ...scalarCode, constants: [String(setOf(values))] }
}
