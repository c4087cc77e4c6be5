import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadDefinitions } from './load-definitions.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rioni-load-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function definition(name: string): string {
  return `name: ${name}\nowning_application: shop\ncategory: undefined\nschema: { type: object }\n`
}

describe('a folder of definition files', () => {
  it('is read with everything below it, in the order of the paths', async () => {
    write('z.yaml', definition('z'))
    write('b/c.yml', definition('c'))
    write(
      'a.json',
      JSON.stringify({
        name: 'a',
        owning_application: 'x',
        category: 'undefined',
        schema: { type: 'object' },
      }),
    )
    const { definitions, diagnostics } = await loadDefinitions(folder)
    expect(diagnostics).toEqual([])
    expect(definitions.map(({ origin }) => origin?.file)).toEqual(['a.json', 'b/c.yml', 'z.yaml'])
  })

  it('may hold other things, which are passed over', async () => {
    write('README.md', '# Event types')
    write('.hidden/a.yaml', 'not: a definition')
    write('node_modules/x/package.json', '{}')
    symlinkSync(folder, join(folder, 'loop'))
    expect(await loadDefinitions(folder)).toEqual({ definitions: [], diagnostics: [] })
  })

  it('gives the good files when others are bad', async () => {
    write('bad.json', '{')
    write('good.yaml', definition('good'))
    const { definitions, diagnostics } = await loadDefinitions(folder)
    expect(definitions.map(({ eventType }) => eventType.name)).toEqual(['good'])
    expect(diagnostics).toMatchObject([{ severity: 'error', file: 'bad.json' }])
  })

  it('is a diagnostic with a remedy when it does not exist', async () => {
    const gone = join(folder, 'gone')
    expect((await loadDefinitions(gone)).diagnostics).toEqual([
      {
        severity: 'error',
        message: `there is no folder or file ${gone}`,
        remedy: 'Check the spelling of the path.',
      },
    ])
  })

  it('is told to be downloaded when it is an address', async () => {
    const { diagnostics } = await loadDefinitions('https://example.org/api.yaml')
    expect(diagnostics).toMatchObject([
      { severity: 'error', remedy: 'Nothing is fetched: download the document, and name the file.' },
    ])
  })

  it('may be one file instead, beside which others count only when it refers to them', async () => {
    write('a.yaml', definition('a'))
    write('b.yaml', definition('b'))
    const { definitions, diagnostics } = await loadDefinitions(join(folder, 'a.yaml'))
    expect(diagnostics).toEqual([])
    expect(definitions.map(({ eventType }) => eventType.name)).toEqual(['a'])
  })
})
