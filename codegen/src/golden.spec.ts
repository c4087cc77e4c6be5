import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadDefinitions } from './definitions/load-definitions.ts'
import { generate } from './generate.ts'
import type { GenerateOptions } from './generation-plan.ts'
import { writeGenerated } from './write-generated.ts'

const folder = fileURLToPath(new URL('../golden', import.meta.url))

/** Set to write the files anew instead of comparing them; the difference is for a human to read. */
const isUpdate = process.env['UPDATE_GOLDEN'] !== undefined

describe.each(readdirSync(folder))('the golden case %s', (name) => {
  it('gives exactly the files that are kept with it', async () => {
    const { definitions, diagnostics } = await loadDefinitions(join(folder, name))
    expect(diagnostics).toEqual([])
    const generated = await generate(definitions, readOptions(join(folder, name)))
    expect(generated.diagnostics).toEqual([])
    const expected = join(folder, name, 'expected')
    if (isUpdate) await writeGenerated(generated.files, expected)
    expect(generated.files).toEqual(readExpected(expected))
  })
})

/** Most cases are about types alone; one that is about more says so. */
function readOptions(path: string): GenerateOptions {
  const file = join(path, '.options.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { validators: false, examples: false }
}

function readExpected(expected: string): { path: string; content: string }[] {
  return readdirSync(expected)
    .sort()
    .map((path) => ({ path, content: readFileSync(join(expected, path), 'utf8') }))
}
