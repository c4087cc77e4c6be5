import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compilers, createProject, type Project } from './project.ts'

const golden = fileURLToPath(new URL('../../codegen/golden', import.meta.url))
const TIMEOUT_MS = 120_000

describe('a module of a golden case', () => {
  const modules = readdirSync(golden).flatMap((name) =>
    modulesIn(join(golden, name, 'expected')).map((file) => ({ name, file })),
  )

  it.each(modules)('imports only the runtime and its siblings: $name/$file', ({ name, file }) => {
    const folder = join(golden, name, 'expected')
    const imported = importsOf(readFileSync(join(folder, file), 'utf8'))
    const siblings = readdirSync(folder).map((sibling) => `./${sibling.replace(/\.ts$/, '.js')}`)
    const allowed = new Set(['@rioni/client/codegen-v1', ...siblings])
    expect(imported.length).toBeGreaterThan(0)
    expect(imported.filter((specifier) => !allowed.has(specifier))).toEqual([])
  })
})

/** Some cases have documents beside the modules. */
function modulesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.ts'))
}

/** What a module imports, exports from, loads when it runs, or refers to in types. */
function importsOf(text: string): readonly string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
}

describe('the modules of the golden cases', () => {
  let project: Project
  beforeAll(() => {
    project = createProject()
    for (const name of readdirSync(golden)) {
      for (const file of modulesIn(join(golden, name, 'expected'))) {
        project.write(`src/${name}/${file}`, readFileSync(join(golden, name, 'expected', file), 'utf8'))
      }
    }
  })
  afterAll(() => project.remove())

  it.each(compilers)(
    'are accepted by $name',
    async ({ path }) => {
      expect(await project.compile(path)).toBe('')
    },
    TIMEOUT_MS,
  )

  it(
    'run nothing when they are imported, whatever their schemas say',
    async () => {
      const [{ path }] = compilers
      await project.compile(path)
      const imports = readdirSync(golden).flatMap((name) => {
        const indexes = ['index', 'validators', 'examples'].filter((index) =>
          existsSync(join(golden, name, 'expected', `${index}.ts`)),
        )
        return indexes.map((index) => `await import('./dist/${name}/${index}.js')`)
      })
      const report = 'console.log(typeof globalThis.ran, Object.keys(Object.prototype).length)'
      expect(await project.run([...imports, report].join('\n'))).toBe('undefined 0')
    },
    TIMEOUT_MS,
  )

  it(
    'validate events without an import at run time',
    async () => {
      const script = `
      import { readFileSync } from 'node:fs'
      import { parcelSentValidator } from './dist/validators-and-examples/parcel-sent.validator.js'
      const metadata = { eid: crypto.randomUUID(), occurred_at: '2026-01-01T00:00:00Z', partition_compaction_key: 'p' }
      const event = { code: 'P-0001', sent_at: '2026-01-01T00:00:00Z', weights: [0.3, 1.1], metadata }
      const issues = (value) => JSON.stringify(parcelSentValidator['~standard'].validate(value).issues ?? [])
      console.log(issues(event))
      console.log(issues({ ...event, code: 'P-1' }))
      console.log(issues({ ...event, weights: [0.25] }))
      console.log(issues({ ...event, metadata: { ...metadata, partition_compaction_key: '' } }))
      console.log(/^import /m.test(readFileSync(new URL('./dist/validators-and-examples/parcel-sent.validator.js', import.meta.url), 'utf8')))`
      expect((await project.run(script)).split('\n')).toEqual([
        '[]',
        expect.stringContaining('"path":["code"]'),
        '[{"message":"must be a multiple of 0.1","path":["weights","0"]}]',
        '[{"message":"must have at least 1 characters","path":["metadata","partition_compaction_key"]}]',
        'false',
      ])
    },
    TIMEOUT_MS,
  )

  it(
    'decode what the broker sends, and give examples and validators of it',
    async () => {
      const script = `
      import { paymentSettledExamples } from './dist/format-types/payment-settled.examples.js'
      import { paymentSettledValidator } from './dist/format-types/payment-settled.validator.js'
      const { id, settled_at } = paymentSettledExamples.payload(1)
      console.log(typeof id, settled_at instanceof Date)
      const metadata = { eid: crypto.randomUUID(), occurred_at: '2026-01-01T00:00:00Z' }
      const issues = (value) => JSON.stringify(paymentSettledValidator['~standard'].validate(value).issues ?? [])
      console.log(issues({ id: 9007199254740993n, settled_at: new Date(0), metadata }))
      console.log(issues({ id: 1n, settled_at: 5, metadata }))`
      expect((await project.run(script)).split('\n')).toEqual([
        'bigint true',
        '[]',
        expect.stringContaining('"path":["settled_at"]'),
      ])
    },
    TIMEOUT_MS,
  )

  it(
    'connect a producer and a consumer to a client',
    async () => {
      const script = `
      import { createClient } from '@rioni/client'
      import { consumers, EventsConsumer, eventTypes, OrderPlacedConsumer, OrderPlacedProducer } from './dist/business/index.js'
      const client = createClient({ baseUrl: 'http://127.0.0.1:1' })
      const producer = new OrderPlacedProducer(client)
      const consumer = new OrderPlacedConsumer(client, { owningApplication: 'billing' })
      const all = new EventsConsumer(client, { owningApplication: 'billing' })
      console.log(eventTypes['order.order-placed'].schemaHash, consumers['order.order-placed'] === OrderPlacedConsumer)
      await Promise.all([producer.close(), consumer.close(), all.close()])`
      expect(await project.run(script)).toMatch(/^[0-9a-f]{16} true$/)
    },
    TIMEOUT_MS,
  )
})
