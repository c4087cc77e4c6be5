// Generated code in a project of CommonJS modules. It needs no other code for that: the compiler turns imports into
// `require`, which Node has let load ECMAScript modules since 20.19.

import { type EventTypeDefinition, generate } from '@rioni/codegen'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compilers, createProject, type Project } from './project.ts'

const definition: EventTypeDefinition = {
  eventType: {
    name: 'order.order-placed',
    owning_application: 'shop',
    category: 'business',
    enrichment_strategies: ['metadata_enrichment'],
    schema: { type: 'json_schema', schema: '{"properties":{"total":{"type":"number"}}}' },
  },
}

/** Ways to ask a compiler for CommonJS. TypeScript 5.9 knows the second one with other resolutions only. */
const ways = [
  { options: { module: 'nodenext' }, takers: compilers },
  {
    options: { module: 'commonjs', moduleResolution: 'bundler' },
    takers: compilers.filter(({ name }) => name !== 'TypeScript 5.9'),
  },
]

const canRequire = process.features.require_module === true

describe.each(ways)(
  'generated code in a project of CommonJS modules with $options',
  ({ options, takers }) => {
    let project: Project

    beforeAll(async () => {
      project = createProject()
      project.write('package.json', JSON.stringify({ type: 'commonjs' }))
      const compilerOptions = { ...STRICT, ...options }
      project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }))
      for (const { path, content } of (await generate([definition])).files)
        project.write(`src/${path}`, content)
    })

    afterAll(() => project.remove())

    it.each(takers)('compiles with $name', async ({ path }) => {
      expect(await project.compile(path)).toBe('')
    })

    it.runIf(canRequire)('runs', async () => {
      await project.compile(compilers[0].path)
      const script =
        "const { OrderPlacedProducer } = require('./dist/index.js')\n" +
        "const { validators } = require('./dist/validators.js')\n" +
        'console.log(typeof OrderPlacedProducer, Object.keys(validators).join())\n'
      expect(await project.run(script)).toBe('function order.order-placed')
    })
  },
)

const STRICT = {
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable'],
  types: ['node'],
  rootDir: 'src',
  outDir: 'dist',
  declaration: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  isolatedModules: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
}
