import { writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { generateProject } from './generate-project.ts'
import type { ProjectSettings } from './project-input.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rioni-project-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('a lock file', () => {
  it('that somebody else changes during a generation is looked at by the next one', async () => {
    const settings = await project()
    const options = { cacheFile: join(folder, 'cache.json') }
    const { lockFile } = await generateProject(settings, options)
    await rm(join(settings.out, 'order-placed.ts'))
    await generateProject(settings, { ...options, onProgress: () => writeFileSync(lockFile, '{') })
    await expect(generateProject(settings, options)).rejects.toThrow('rioni.lock.json cannot be used')
  })
})

async function project(): Promise<ProjectSettings> {
  const definition = {
    name: 'order.placed',
    owning_application: 'shop',
    category: 'undefined',
    schema: { type: 'json_schema', schema: { properties: { n: { type: 'number' } } } },
  }
  await mkdir(join(folder, 'event-types'))
  await writeFile(join(folder, 'event-types/order.placed.json'), JSON.stringify(definition))
  return {
    sources: [{ path: join(folder, 'event-types') }],
    out: join(folder, 'events'),
    include: [],
    exclude: [],
    names: {},
    validators: false,
    examples: false,
    proof: false,
    importExtension: '.js',
  }
}
