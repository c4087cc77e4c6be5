// From a loaded schema to the text of a function that checks values and needs nothing else.

import type { LoadedDocument } from '@rioni/event-types'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { helperSources, type RoutineName } from './helpers.ts'
import { replaceKeywords } from './standalone-keywords.ts'
import { standaloneSchema } from './standalone-schema.ts'

/** Source text of a check. */
export interface StandaloneCheck {
  /** Statements, one after the other, the last of which declares the function. They import nothing and run nothing else. */
  readonly statements: readonly string[]
  /** The name of the function: it returns whether a value is valid, and has what is wrong as its property `errors`. */
  readonly name: string
}

/** Compiles a schema. Nothing of it is executed, and no text of it stands in the result but as a literal. */
export function standaloneCheck(document: LoadedDocument): StandaloneCheck {
  const used = new Set<RoutineName>()
  const ajv = new Ajv({
    // The loader has checked the schema, for more than the meta-schema would.
    meta: false,
    validateSchema: false,
    strict: false,
    logger: false,
    addUsedSchema: false,
    // Smaller, and faster to compile and to run, than copies of what is referred to.
    inlineRefs: false,
    // `{}` has no property `constructor`, nor has it `toString`.
    ownProperties: true,
    code: {
      source: true,
      esm: true,
      lines: true,
      // Looking for code to leave out takes a third of the time and finds one line in twelve.
      optimize: false,
      // The code is printed and never run here, so there is nothing for the platform to compile.
      process: () => 'return () => undefined',
    },
  })
  replaceKeywords(ajv, used)
  const code = print(ajv, ajv.compile(standaloneSchema(document)))
  const [, exports, name] = EXPORTS.exec(code) ?? []
  if (exports === undefined || name === undefined) throw new Error('ajv prints its exports differently.')
  const statements = withoutUnused(code.slice(exports.length))
  return { statements: [...helperSources(used), statements], name }
}

// The package is CommonJS: its types speak of a `default` that Node has taken away already.
const print = standalone as unknown as (ajv: Ajv, check: ReturnType<Ajv['compile']>) => string

const EXPORTS = /^("use strict";\s*export const validate = (\w+);\s*export default \2;\s*)/

/** Leaves out the copies of schemas, one a line, that no other line mentions: only error objects could have shown them. */
function withoutUnused(code: string): string {
  const lines = code.split('\n').map((line) => ({ line, name: SCHEMA.exec(line)?.[1] }))
  const text = lines.flatMap(({ line, name }) => (name === undefined ? [line] : [])).join('\n')
  const used = new Set(text.match(/\bschema\d+\b/g))
  return lines
    .flatMap(({ line, name }) => (name === undefined || used.has(name) ? [line] : []))
    .join('\n')
    .trim()
}

const SCHEMA = /^const (schema\d+) = \{/
