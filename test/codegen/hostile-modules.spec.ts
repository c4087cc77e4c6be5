import { basename } from 'node:path'
import { generate } from '@rioni/codegen'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostileEventTypes } from './hostile-schemas.ts'
import { compilers, createProject, type Project } from './project.ts'

const TIMEOUT_MS = 120_000

describe('code from schemas of strangers', () => {
  let project: Project
  beforeEach(() => {
    project = createProject()
  })
  afterEach(() => project.remove())

  // Two sets that stay the same, and one that nobody has seen before.
  it.each([1, 2, Date.now()])(
    'compiles, and declares without running anything: seed %i',
    async (seed) => {
      const [eventTypes = []] = fc.sample(hostileEventTypes, { numRuns: 1, seed })
      const { files, diagnostics } = await generate(eventTypes.map((eventType) => ({ eventType })))
      expect(diagnostics.filter(({ remedy }) => remedy?.includes('defect of the generator'))).toEqual([])
      expect(files.length).toBeGreaterThan(eventTypes.length)
      for (const { path, content } of files) {
        expect(path).toMatch(/^[a-z0-9-]+(\.validator|\.examples)?\.ts$/)
        expect(basename(path)).toBe(path)
        project.write(`src/${path}`, content)
      }
      const [{ path }] = compilers
      expect(await project.compile(path)).toBe('')
      const modules = files.map((file) => `./dist/${file.path.replace('.ts', '.js')}`)
      expect(JSON.parse(await project.run(guarded(modules)))).toEqual({ ran: [], declared: modules.length })
    },
    TIMEOUT_MS,
  )

  it('is seen to run, if it did', async () => {
    project.write('dist/evil.js', 'globalThis.ran = 1')
    project.write('dist/polluting.js', 'Object.prototype.polluted = 1')
    project.write('dist/starting.js', "import('node:fs'); setTimeout(() => {}, 0)")
    for (const module of ['evil', 'polluting', 'starting']) {
      const { ran } = JSON.parse(await project.run(guarded([`./dist/${module}.js`])))
      expect(ran, module).not.toEqual([])
    }
  })
})

/**
 * A script that imports modules where nothing can be changed and everything that has an effect is watched, then makes use
 * of what they declare, and prints what ran.
 */
function guarded(modules: readonly string[]): string {
  return `
import '@rioni/client/codegen-v1'
const ran = []
const intrinsics = [Object, Function, Array, String, Number, RegExp, Promise, Map, Set, Error, JSON, Math, Reflect]
for (const each of intrinsics) { if (each.prototype) Object.freeze(each.prototype); Object.freeze(each) }
for (const name of ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'eval', 'Function']) {
  Object.defineProperty(globalThis, name, { value: () => { ran.push(name) }, configurable: false, writable: false })
}
const log = console.log.bind(console)
for (const name of ['exit', 'kill', 'abort', 'chdir', 'on', 'emit', 'getBuiltinModule', 'binding', 'dlopen']) {
  Object.defineProperty(process, name, { value: () => { ran.push('process.' + name) } })
}
const before = new Set(Reflect.ownKeys(globalThis))
Object.preventExtensions(globalThis)
let declared = 0
for (const path of ${JSON.stringify(modules)}) {
  try {
    const module = await import(path)
    declared += 1
    for (const [name, value] of Object.entries(module)) {
      const standard = value?.['~standard']
      if (standard) for (const event of [{}, null, { __proto__: 1 }, JSON.parse('{"__proto__":{"polluted":1}}')]) standard.validate(event)
      if (typeof value?.payload === 'function') for (const seed of [1, 2, 3]) value.event(seed)
    }
  } catch (error) { ran.push(path + ': ' + error) }
}
for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) ran.push(String(key))
for (const key in {}) ran.push(key)
log(JSON.stringify({ ran, declared }))
`
}
