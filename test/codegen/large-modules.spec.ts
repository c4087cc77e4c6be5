import { generate } from '@rioni/codegen'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compilers, createProject, type Project } from './project.ts'

/** More parts than compilers compare with each other. */
const PARTS = 1200

const TIMEOUT_MS = 240_000

let project: Project

beforeAll(async () => {
  const named = (of: (index: number) => object): object =>
    Object.fromEntries(Array.from({ length: PARTS }, (_, index) => [`p${index}`, of(index)]))
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: named((index) => ({ $ref: `#/definitions/p${index}` })),
    definitions: named((index) => ({
      type: 'object',
      required: [`own${index}`],
      properties: { [`own${index}`]: { type: 'string' } },
    })),
  }
  const eventType = {
    name: 'order.placed',
    owning_application: 'shop',
    category: 'undefined' as const,
    schema: { type: 'json_schema' as const, schema: JSON.stringify(schema) },
  }
  const { files } = await generate([{ eventType }], { proof: false, validators: false })
  project = createProject()
  for (const { path, content } of files) project.write(`src/${path}`, content)
}, TIMEOUT_MS)

afterAll(() => project.remove())

it(
  'the compiler takes the modules of a schema with more than a thousand parts',
  async () => {
    expect(await project.compile(compilers[0].path)).toBe('')
  },
  TIMEOUT_MS,
)
