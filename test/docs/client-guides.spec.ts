// The guides to the client: their code is compiled as one program, and run against a broker.

import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createBroker } from '@rioni/broker'
import { serve } from '@rioni/broker/node'
import { describe, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const compiler = join(root, 'node_modules/@typescript/native/bin/tsc')
const run = promisify(execFile)

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const [, tsconfig = ''] = /<!-- file: tsconfig.json -->\n```json\n(.*?)```/s.exec(readme) ?? []
/** The types of MSW want those of browsers. */
const lenient = tsconfig.replace('"strict": true,', '"strict": true, "skipLibCheck": true,')

describe.each([
  'administering',
  'consuming',
  'errors',
  'observability',
  'publishing',
  'shutdown-in-kubernetes',
  'testing',
  'tuning',
])('the guide on %s', (name) => {
  const page = readFileSync(join(root, `docs/guides/${name}.md`), 'utf8')

  it('has code that compiles, and that prints what the guide says', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(root, 'test/dist/guide-'))
    mkdirSync(join(folder, 'src'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'tsconfig.json'), name === 'testing' ? lenient : tsconfig)
    writeFileSync(join(folder, 'src/guide.ts'), programOf(page))
    expect(execFileSync(process.execPath, [compiler], { cwd: folder, encoding: 'utf8' })).toBe('')

    const broker = createBroker()
    const server = await serve(broker, { port: 0 })
    const env = { ...process.env, RIONI_URL: server.url, NO_COLOR: '1' }
    const { stdout } = await run(process.execPath, ['dist/guide.js'], { cwd: folder, env })
    expect(stdout).toBe(
      blocks(page, 'text')
        .map(({ text }) => text)
        .join(''),
    )
    await server.close()
    await broker.close()
    rmSync(folder, { recursive: true })
  })
})

describe('the guide on errors', () => {
  it('names every code of an error, and no other', () => {
    const source = readFileSync(join(root, 'packages/client/src/error.ts'), 'utf8')
    const codes = [...source.matchAll(/^ {2}\| '([a-z-]+)'$/gm)].map(([, code]) => code)
    const page = readFileSync(join(root, 'docs/guides/errors.md'), 'utf8')
    const [, table = ''] = /^\| code .*?\n(.*?)\n\n/ms.exec(page) ?? []
    expect([...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code)).toEqual(codes)
    expect(codes.length).toBeGreaterThan(10)
  })
})

/** The first block is the beginning of the program; each further one has names of its own. */
function programOf(page: string): string {
  const [beginning, ...others] = blocks(page, 'ts')
  const scopes = others.map(({ text, isRun }, index) =>
    isRun ? `{\n${text}}\n` : `export async function compiledOnly${index}() {\n${text}}\n`,
  )
  return [beginning?.text, ...scopes].join('\n')
}

function blocks(page: string, language: string): { readonly text: string; readonly isRun: boolean }[] {
  const found = page.matchAll(new RegExp(`(<!-- compiled only -->\\n)?\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))
  return [...found].map(([, mark, text = '']) => ({ text, isRun: mark === undefined }))
}
