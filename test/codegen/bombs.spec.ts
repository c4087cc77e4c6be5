import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

/** Memory of the process that has to bear them all, one after the other. */
const MAX_HEAP_MB = 768

/** What one of them may take, on a machine that has other things to do. */
const MAX_MS = 60_000

const TIMEOUT_MS = 60_000

/** Schemas that ask for more than there is. Expressions, because some of them are too large for a command line. */
const BOMBS: Readonly<Record<string, string>> = {
  'deep objects': `nest(1_000, (inner) => ({ type: 'object', properties: { a: inner } }))`,
  'deep combinators': `nest(60, (inner) => ({ allOf: [inner, { type: 'object' }] }))`,
  'wide objects': `({ type: 'object', properties: named(60_000, () => ({ type: 'string' })) })`,
  'many required names': `({ type: 'object', required: Object.keys(named(90_000, () => 1)) })`,
  'a long enum': `({ type: 'object', properties: { a: { enum: list(90_000, (index) => 'value' + index) } } })`,
  'many alternatives': `({ oneOf: list(3_000, (index) => ({ type: 'object', properties: { ['p' + index]: { enum: [index] } } })) })`,
  'references that double': `doubling(40, 'allOf')`,
  'alternatives that double': `doubling(40, 'anyOf')`,
  'a circle of references': `({ properties: { a: { $ref: '#/definitions/a' } }, definitions: { a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } } })`,
  'recursion in every property': `({ type: 'object', properties: named(300, () => ({ $ref: '#' })), required: ['p0'] })`,
  'recursion among alternatives': `({ type: 'object', properties: { a: { oneOf: list(60, (index) => ({ type: 'object', properties: { a: { $ref: '#/properties/a' }, k: { enum: [index] } } })) } } })`,
  'tuples in tuples': `nest(8, (inner) => ({ type: 'array', items: list(3, () => inner), minItems: 3 }))`,
  'long arrays': `({ type: 'object', required: ['a'], properties: { a: { type: 'array', minItems: 1e9, items: { type: 'string' } } } })`,
  'long arrays in long arrays': `({ type: 'object', required: ['a'], properties: { a: nest(6, (inner) => ({ type: 'array', minItems: 900, items: inner })) } })`,
  'long arrays by reference': `({ type: 'object', required: ['a'], properties: { a: { $ref: '#/definitions/d0' } }, definitions: Object.fromEntries(list(9, (index) => ['d' + index, { type: 'array', minItems: 100, items: index === 8 ? {} : { $ref: '#/definitions/d' + (index + 1) } }])) })`,
  'long texts': `({ type: 'object', required: ['a'], properties: { a: { type: 'string', minLength: 2e9 } } })`,
  'many properties': `({ type: 'object', minProperties: 1e9 })`,
  'a pattern that backtracks': `({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', required: ['a'], properties: { a: { type: 'string', pattern: '^(a+)+$', examples: ['a'.repeat(60) + '!', 'a'.repeat(60)] } } })`,
  'a pattern without ASCII': `({ type: 'object', required: ['a'], properties: { a: { type: 'string', pattern: '^[^\\\\x00-\\\\x7f]+$' } } })`,
  'a pattern of much': `({ type: 'object', required: ['a'], properties: { a: { type: 'string', pattern: '^(([a-z]{1,999}){1,999}){1,999}$' } } })`,
  'a large description': `({ type: 'object', description: '*/ '.repeat(80_000) })`,
  'a large default': `({ type: 'object', default: nest(100, (inner) => ({ a: inner, b: list(100, () => 1) })) })`,
}

const SCRIPT = (codegen: string, bomb: string): string => `
import { generate } from ${JSON.stringify(codegen)}
const list = (length, make) => Array.from({ length }, (_, index) => make(index))
const named = (length, make) => Object.fromEntries(list(length, (index) => ['p' + index, make(index)]))
const nest = (depth, around) => { let schema = {}; for (let level = 0; level < depth; level += 1) schema = around(schema); return schema }
const doubling = (depth, keyword) => ({ $ref: '#/definitions/d0', definitions: Object.fromEntries(list(depth, (index) =>
  ['d' + index, index + 1 === depth ? { type: 'object' } : { [keyword]: list(2, () => ({ $ref: '#/definitions/d' + (index + 1) })) }])) })
const schema = ${bomb}
const text = JSON.stringify({ type: 'object', properties: { bomb: schema }, ...(schema.definitions ? schema : {}), ...(schema.oneOf || schema.default ? schema : {}) })
const started = Date.now()
const { files, diagnostics } = await generate([{ eventType: { name: 'a.bomb', owning_application: 'x', category: 'business', enrichment_strategies: ['metadata_enrichment'], schema: { type: 'json_schema', schema: text } } }])
console.log(JSON.stringify({ ms: Date.now() - started, size: files.reduce((sum, file) => sum + file.content.length, 0), messages: diagnostics.map(({ message }) => message.slice(0, 200)) }))
`

describe('a schema that asks for more than there is', () => {
  it.each(Object.entries(BOMBS))(
    'ends in code or in a diagnostic, within bounds: %s',
    async (_, bomb) => {
      const codegen = import.meta.resolve('@rioni/codegen')
      const argv = [
        `--max-old-space-size=${MAX_HEAP_MB}`,
        '--input-type=module',
        '--eval',
        SCRIPT(codegen, bomb),
      ]
      const { stdout } = await promisify(execFile)(process.execPath, argv, { timeout: TIMEOUT_MS })
      const { ms, size, messages } = JSON.parse(stdout)
      expect(ms).toBeLessThan(MAX_MS)
      expect(size).toBeLessThan(20_000_000)
      expect(size > 0 || messages.length > 0).toBe(true)
      expect(
        messages.filter((message: string) => /no code could be made|does not accept|disagree/.test(message)),
      ).toEqual([])
    },
    TIMEOUT_MS,
  )
})
