// The code of parts of every kind: ajv writes it, and what it says about names and places is cut out.

import { Ajv } from 'ajv'
import { isNode } from '../schema/json-schema.ts'
import type { RoutineName } from './helpers.ts'
import type { Gap, PartCode } from './part-code.ts'
import { replaceKeywords } from './standalone-keywords.ts'

/** Compiles a part as `standaloneParts` makes them. Nothing of it is executed, and its texts become literals alone. */
export function ajvCode(schema: unknown): PartCode {
  const { ajv, used } = compiler()
  used.clear()
  // ajv remembers objects, and a copy is none that it has met: what is compiled again calls for its helpers again.
  const { source } = ajv.compile(isNode(schema) ? { ...schema } : (schema as boolean))
  if (source === undefined) throw new Error('ajv keeps no source code.')
  const { validateCode, validateName, scopeValues } = source
  const values = new Map<string, string>()
  for (const names of Object.values(scopeValues)) {
    for (const { str, value } of names ?? []) values.set(str, String(value?.code))
  }
  return {
    ...cut(validateCode.replace(PARAMETERS, ''), String(validateName), values),
    helpers: new Set(used),
  }
}

/** Where the value stands is known to who called, and nobody asks for the rest. */
const PARAMETERS = /, \{[^}]*\}=\{\}(?=\)\{)/

/** A literal, in which there is nothing to be found. */
const LITERAL = /"(?:[^"\\]|\\.)*"/.source

/** Where an error is, counted from the path that is not passed. */
const PATH = /(?<path>\binstancePath(?:(?=,)|:instancePath\+))/.source

/** What ajv tells of an error and nobody reads. */
const UNREAD = String.raw`(?<unread>\bschemaPath:${LITERAL},keyword:"\w+",params:\{(?:[^{}"]|${LITERAL})*\},)`

/** A name that ajv gave; behind a dot it is that of a member. */
const NAME = /(?<name>(?<![.\w$])[A-Za-z]+\d+\b)/.source

const TOKENS = new RegExp([LITERAL, PATH, UNREAD, NAME].join('|'), 'g')

const OTHER_PART = /^otherPart(\d+)$/

function cut(code: string, own: string, values: ReadonlyMap<string, string>): Omit<PartCode, 'helpers'> {
  const texts = ['']
  const gaps: Gap[] = []
  const constants: string[] = []
  const add = (text: string): void => {
    texts.push(`${texts.pop()}${text}`)
  }
  const gapOf = (name: string): Gap | undefined => {
    if (name === own) return { kind: 'own' }
    const reference = OTHER_PART.exec(name)?.[1]
    if (reference !== undefined) return { kind: 'reference', index: Number(reference) }
    const value = values.get(name)
    if (value === undefined) return undefined
    const known = constants.indexOf(value)
    return { kind: 'constant', index: known < 0 ? constants.push(value) - 1 : known }
  }
  let end = 0
  for (const { 0: found, index, groups: { path, unread, name } = {} } of code.matchAll(TOKENS)) {
    const gap = name === undefined ? undefined : gapOf(name)
    if (path === undefined && unread === undefined && gap === undefined) continue
    add(code.slice(end, index))
    if (path !== undefined) add(path.includes(':') ? 'instancePath:' : 'instancePath:""')
    if (gap !== undefined) {
      gaps.push(gap)
      texts.push('')
    }
    end = index + found.length
  }
  add(code.slice(end))
  return { texts, gaps, constants }
}

interface Compiler {
  readonly ajv: Ajv
  /** The helpers that were called for. */
  readonly used: Set<RoutineName>
}

/** ajv keeps everything that it has compiled, so it is replaced after as many parts. */
const MAX_COMPILED = 200

let current: Compiler | undefined
let compiled = 0

function compiler(): Compiler {
  compiled += 1
  if (current === undefined || compiled > MAX_COMPILED) {
    current = createCompiler()
    compiled = 1
  }
  return current
}

function createCompiler(): Compiler {
  const used = new Set<RoutineName>()
  const ajv = new Ajv({
    // The loader has checked the schema, for more than the meta-schema would.
    meta: false,
    validateSchema: false,
    strict: false,
    // What is neither a number nor finite becomes `null` on the wire.
    strictNumbers: true,
    logger: false,
    addUsedSchema: false,
    // `{}` has no property `constructor`, nor has it `toString`.
    ownProperties: true,
    code: {
      source: true,
      esm: true,
      lines: true,
      // The code is printed and never run here, so there is nothing for the platform to compile.
      process: () => 'return () => undefined',
    },
  })
  replaceKeywords(ajv, used)
  return { ajv, used }
}
