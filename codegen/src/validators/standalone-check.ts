// From a loaded schema to the text of a function that checks values and needs nothing else.

import type { LoadedDocument } from '@rioni/event-types'
import { partCode } from './compile-part.ts'
import { helperSources, type RoutineName } from './helpers.ts'
import { fillGaps, type PartCode } from './part-code.ts'
import { standaloneParts } from './standalone-schema.ts'

/** Source text of a check. */
export interface StandaloneCheck {
  /** Statements, one after the other. They import nothing and run nothing else. */
  readonly statements: readonly string[]
  /** The name of the function: it returns whether a value is valid, and has what is wrong as its property `errors`. */
  readonly name: string
  /** What the statements were made of: one function per part of the schema, the first of which is the check. */
  readonly functions: readonly CheckFunction[]
}

/** A function that checks values against one part of a schema. */
export interface CheckFunction {
  readonly code: PartCode
  /** Indexes of the functions that it calls, in the order in which its code numbers them. */
  readonly references: readonly number[]
}

/** Compiles a schema. Nothing of it is executed, and no text of it stands in the result but as a literal. */
export function standaloneCheck(document: LoadedDocument): StandaloneCheck {
  const functions = standaloneParts(document).map(
    (part): CheckFunction => ({ code: partCode(part), references: part.references }),
  )
  const used = new Set<RoutineName>()
  for (const { code } of functions) for (const helper of code.helpers) used.add(helper)
  const constants = new Map<string, string>()
  const constantOf = (expression: string): string => {
    const known = constants.get(expression)
    if (known !== undefined) return known
    const name = `constant${constants.size}`
    constants.set(expression, name)
    return name
  }
  const texts = functions.map(({ code, references }, own) =>
    fillGaps(code, (gap) => {
      if (gap.kind === 'own') return functionName(own)
      return gap.kind === 'reference'
        ? functionName(references[gap.index] ?? 0)
        : constantOf(code.constants[gap.index] ?? '')
    }),
  )
  const values = [...constants].map(([expression, name]) => `const ${name} = ${expression};`)
  return {
    statements: [...helperSources(used), ...(values.length === 0 ? [] : [values.join('\n')]), ...texts],
    name: functionName(0),
    functions,
  }
}

function functionName(index: number): string {
  return `validate${index}`
}
