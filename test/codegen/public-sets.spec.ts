import { type GeneratedFile, type GenerateResult, generate } from '@rioni/codegen'
import type { NewEventType } from '@rioni/protocol'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changedDocuments } from './changed-documents.ts'
import { compilers, createProject, type Project } from './project.ts'
import { proofRow, proofTable } from './proof-page.ts'
import { type PublicSet, publicSets, WITHOUT_EVENTS } from './public-sets.ts'

const TIMEOUT_MS = 240_000

const rows: string[] = []

describe.each(publicSets)('the event types of $name', (set) => {
  let project: Project
  let result: GenerateResult
  let examples = 0
  beforeAll(async () => {
    project = createProject()
    result = await generate(set.eventTypes.map((eventType) => ({ eventType })))
    for (const { path, content } of result.files) project.write(`src/${path}`, content)
    for (const eventType of set.eventTypes)
      examples += writeExamples(project, set, { eventType, files: result.files })
    rows.push(proofRow(set, result.proof, examples))
  }, TIMEOUT_MS)
  afterAll(() => project.remove())

  it('become types, validators and examples, every one of them', () => {
    const modules = result.files.map(({ path }) => path)
    const count = (pattern: RegExp): number => modules.filter((path) => pattern.test(path)).length
    const without = set.eventTypes.filter(({ name }) => WITHOUT_EVENTS.includes(name)).length
    expect(count(/\.validator\.ts$/)).toBe(set.eventTypes.length)
    expect(count(/\.examples\.ts$/)).toBe(set.eventTypes.length - without)
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(result.diagnostics.filter(({ remedy }) => remedy?.includes('defect of the generator'))).toEqual([])
  })

  it('are proved: no valid document is refused, and no invalid one accepted by a validator', () => {
    const { documents, accepted, mutants, refused } = result.proof
    expect(documents).toBeGreaterThan(set.eventTypes.length)
    expect({ accepted, refused }).toEqual({ accepted: documents, refused: mutants })
  })

  it.each(compilers)(
    'become code that $name accepts, with types that every valid example fits',
    async ({ path }) => {
      expect(await project.compile(path)).toBe('')
    },
    TIMEOUT_MS,
  )

  it(
    'have validators that agree with ajv about every example, and about each with a change in its structure',
    async () => {
      const documents = set.eventTypes.map(({ name, schema }) => ({
        name,
        schema: JSON.parse(schema.schema),
        documents: set
          .examplesOf(name)
          .slice(0, 3)
          .flatMap((example) => [example, ...changedDocuments(example)]),
      }))
      project.write('documents.json', JSON.stringify(documents))
      const [compared, differences] = JSON.parse(await project.run(COMPARE))
      expect(differences).toEqual([])
      expect(compared).toBeGreaterThan(set.eventTypes.length * 20)
    },
    TIMEOUT_MS,
  )

  it(
    'become types that refuse an empty document',
    async () => {
      const [first] = set.eventTypes.filter(({ name }) => set.examplesOf(name).length > 0)
      const type = typeOf(first, result.files)
      project.write(
        'src/wrong.ts',
        `import type { ${type} } from './index.js'\nexport const wrong: ${type} = 1\n`,
      )
      const [{ path }] = compilers
      expect(await project.compile(path)).toMatch(/^src\/wrong\.ts\(2,14\): error TS2322/)
    },
    TIMEOUT_MS,
  )
})

describe('the page about the proof', () => {
  it('says what was shown', async () => {
    await expect(proofTable(rows)).toMatchFileSnapshot('../../docs/proof.md')
  })
})

/** Prints how many documents were compared, and about which of them the validator and ajv disagree. */
const COMPARE = `
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { validators } from './dist/validators.js'
const differences = []
let compared = 0
for (const { name, schema, documents } of JSON.parse(readFileSync(new URL('./documents.json', import.meta.url), 'utf8'))) {
  const Compiler = String(schema.$schema).includes('2020-12') ? Ajv2020 : Ajv
  const check = addFormats.default(new Compiler({ strict: false, inlineRefs: false })).compile(schema)
  for (const document of documents) {
    compared += 1
    const isValid = validators[name]['~standard'].validate(document).issues === undefined
    if (check(document) !== isValid) differences.push({ name, isValid, document: JSON.stringify(document).slice(0, 300), issues: validators[name]['~standard'].validate(document).issues, ajv: check.errors })
  }
}
console.log(JSON.stringify([compared, differences.slice(0, 20)]))
`

interface Written {
  readonly eventType: NewEventType
  readonly files: readonly GeneratedFile[]
}

/** Writes the valid examples of an event type as constants of its generated type; returns how many there are. */
function writeExamples(project: Project, set: PublicSet, { eventType, files }: Written): number {
  const examples = set.examplesOf(eventType.name)
  if (examples.length === 0) return 0
  const schema = JSON.parse(eventType.schema.schema)
  const Compiler = String(schema.$schema).includes('2020-12') ? Ajv2020 : Ajv
  const check = new Compiler({ strict: false, validateFormats: false, inlineRefs: false }).compile(schema)
  const valid = examples.filter((example) => check(example))
  const type = typeOf(eventType, files)
  const imports = valid.length === 0 ? [] : [`import type { ${type} } from '../index.js'`]
  const constants = valid.map(
    (example, index) => `export const example${index}: ${type} = ${JSON.stringify(example)}`,
  )
  project.write(`src/examples/${type}.ts`, [...imports, ...constants, 'export {}', ''].join('\n'))
  return valid.length
}

/** The name of the payload's type. */
function typeOf(eventType: NewEventType | undefined, files: readonly GeneratedFile[]): string | undefined {
  const module = files.find(({ content }) => content.includes(`name: '${eventType?.name}',`))
  return /export class (\w+)Producer/.exec(module?.content ?? '')?.[1]
}
