import fc from 'fast-check'
import { Project, ts } from 'ts-morph'
import { describe, expect, it } from 'vitest'
import { generate } from '../generate.ts'
import { mutantsOf } from './mutants.ts'
import { readTypeShapes } from './read-type-shapes.ts'
import { createTypeCheck } from './type-check.ts'

const TIMEOUT_MS = 120_000

describe('the type check of the proof', () => {
  it(
    'says of documents of all kinds of schemas what the compiler says',
    async () => {
      const trials = (
        await Promise.all(fc.sample(schemas(), { numRuns: 60, seed: SEED }).map(trialsOf))
      ).flat()
      const compiled = judge(trials)
      const checked = trials.map(({ types, document }) =>
        createTypeCheck(readTypeShapes(types), 'Whole')(document),
      )
      const differences = trials.filter((_, index) => checked[index] !== compiled[index])
      expect(differences).toEqual([])
      expect(compiled.filter((isAccepted) => isAccepted).length).toBeGreaterThan(trials.length / 20)
    },
    TIMEOUT_MS,
  )

  it.each([
    { types: 'type Whole = Elsewhere', document: {} },
    { types: 'type Whole = Whole', document: {} },
    { types: 'interface Whole { a: Date }', document: { a: 'x' } },
  ])('has no verdict about what it does not know: $types', ({ types, document }) => {
    expect(createTypeCheck(readTypeShapes(types), 'Whole')(document)).toBeUndefined()
  })

  it.each([
    { types: 'type Whole = Any & (Any | null)\ntype Any = unknown', document: { a: { b: 1 } } },
    {
      types: 'interface Whole { v: (Any | boolean) & (Any | 1) }\ninterface Any { [key: string]: unknown }',
      document: { v: { a: { b: 1 } } },
    },
  ])('finds no fault with what may be anything in several parts: $types', ({ types, document }) => {
    expect(createTypeCheck(readTypeShapes(types), 'Whole')(document)).toBe(true)
  })

  it('gives up when alternatives multiply', () => {
    const many = Array.from({ length: 30 }, (_, index) => `{ a: Whole; b: ${index} }`).join(' | ')
    let document: unknown = { b: 29 }
    for (let depth = 0; depth < 30; depth += 1) document = { a: document, b: 29 }
    expect(createTypeCheck(readTypeShapes(`type Whole = ${many}`), 'Whole')(document)).not.toBe(true)
  })
})

/** Any number does. The same documents each time: what is compared is two implementations of the same rules. */
const SEED = 20260101

interface TypeTrial {
  /** Declarations, of which the one of interest is called `Whole`. */
  readonly types: string
  readonly document: unknown
}

async function trialsOf(schema: Readonly<Record<string, unknown>>, index: number): Promise<TypeTrial[]> {
  const text = JSON.stringify({ type: 'object', ...schema })
  const eventType = {
    name: 'whole',
    owning_application: 'web',
    category: 'undefined' as const,
    schema: { type: 'json_schema' as const, schema: text },
  }
  const { files } = await generate([{ eventType }], { validators: false, examples: false, proof: false })
  const module = files.find(({ path }) => path === 'whole.ts')?.content
  if (module === undefined) return []
  const types = module.slice(
    module.indexOf('} as const') + '} as const'.length,
    module.indexOf('/** An event of'),
  )
  const documents = [
    ...fc.sample(objects(values()), { numRuns: 6, seed: SEED + index }),
    ...fc.sample(nestedObjects(), { numRuns: 14, seed: SEED + index }),
  ]
  return documents
    .flatMap((document) => [
      document,
      ...mutantsOf([document])
        .slice(0, 2)
        .map((mutant) => mutant.document),
    ])
    .map((document) => ({ types, document }))
}

/** What the compiler says of each document, as a literal of its type. */
function judge(trials: readonly TypeTrial[]): readonly boolean[] {
  const project = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: { strict: true, exactOptionalPropertyTypes: true, target: ts.ScriptTarget.ES2022 },
  })
  const modules = new Map<string, { readonly path: string; readonly lines: string[] }>()
  const places = trials.map(({ types, document }) => {
    const module = modules.get(types) ?? { path: `m${modules.size}.ts`, lines: types.split('\n') }
    modules.set(types, module)
    const line = module.lines.push(
      `export const c${module.lines.length}: Whole = ${JSON.stringify(document)}`,
    )
    return `${module.path}:${line}`
  })
  for (const { path, lines } of modules.values()) project.createSourceFile(path, lines.join('\n'))
  const refused = new Set(
    project
      .getPreEmitDiagnostics()
      .map((diagnostic) => `${diagnostic.getSourceFile()?.getBaseName()}:${diagnostic.getLineNumber()}`),
  )
  return places.map((place) => !refused.has(place))
}

const NAMES = ['a', 'b', 'kind']

function values(): fc.Arbitrary<unknown> {
  const scalar = fc.constantFrom(null, true, false, 0, 1, 1.5, '', 'a', 'x')
  return fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 3 }), objects(tie('value'))),
  })).value
}

function objects(member: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .array(fc.tuple(fc.constantFrom(...NAMES), member), { maxLength: 3 })
    .map((entries) => Object.fromEntries(entries))
}

/** Objects in objects, which say more about unions than most values do. */
function nestedObjects(): fc.Arbitrary<unknown> {
  return objects(objects(fc.oneof(objects(values()), values())))
}

function schemas(): fc.Arbitrary<Record<string, unknown>> {
  return fc.letrec<{ schema: Record<string, unknown> }>((tie) => {
    const list = fc.array(tie('schema'), { minLength: 1, maxLength: 3 })
    const map = fc
      .array(fc.tuple(fc.constantFrom(...NAMES), tie('schema')), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries))
    const object = fc.record(
      {
        type: fc.constant('object'),
        properties: map,
        required: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 }),
        additionalProperties: fc.oneof(fc.constant(false), fc.boolean(), tie('schema')),
      },
      { requiredKeys: ['type', 'properties'] },
    )
    return {
      schema: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<Record<string, unknown>>(
          { type: 'string' },
          { type: ['integer', 'null'] },
          { type: 'boolean' },
          { enum: ['a', 'x'] },
          { enum: [null, 1] },
          { const: 'a' },
          { $ref: '#' },
          {},
        ),
        object,
        object,
        fc.record(
          {
            type: fc.constant('array'),
            items: fc.oneof(tie('schema'), list),
            additionalItems: fc.boolean(),
            minItems: fc.nat(2),
          },
          { requiredKeys: ['type', 'items'] },
        ),
        fc.record({ oneOf: list }),
        fc.record({ allOf: list }),
      ),
    }
  }).schema
}
