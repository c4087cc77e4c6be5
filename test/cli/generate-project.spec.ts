// `rioni generate` in a project of its own: config files, watching, and what a run without changes loads.

import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outputOf, startRioni } from './processes.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rioni-project-'))
  await mkdir(join(folder, 'event-types'))
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
})

afterEach(() => rm(folder, { recursive: true }))

async function define(name: string): Promise<void> {
  const schema = { properties: { n: { type: 'number' } } }
  const definition = { name, owning_application: 'shop', category: 'business', schema }
  await writeFile(join(folder, 'event-types', `${name}.json`), JSON.stringify(definition))
}

async function rioni(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const running = startRioni(['generate', ...argv], { cwd: folder, env })
  const stdout = await outputOf(running)
  return { stdout, ...(await running.ended) }
}

const BODY =
  "{ from: 'event-types', out: 'generated', validators: false, examples: false, include: ['order.*'] }"

describe('a config file', () => {
  it.each([
    {
      name: 'rioni.config.ts',
      text: `import { defineConfig, type RioniConfig } from '@rioni/codegen'\nconst config: RioniConfig = ${BODY}\nexport default defineConfig(config)\n`,
    },
    { name: 'rioni.config.mts', text: `export default ${BODY} satisfies object\n` },
    { name: 'rioni.config.mjs', text: `export default ${BODY}\n` },
    {
      name: 'rioni.config.json',
      text: '\uFEFF{ "from": "event-types", "out": "generated", "validators": false, "examples": false, "include": ["order.*"] }',
    },
  ])('called $name is found and followed', async ({ name, text }) => {
    await define('order.placed')
    await define('other.thing')
    await writeFile(join(folder, name), text)
    const { exitCode, stderr } = await rioni([])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(/^proof: .*\n$/) })
    expect(await readdir(join(folder, 'generated'))).toEqual([
      'index.ts',
      'order-placed.ts',
      'rioni.lock.json',
    ])
    expect(await readdir(folder)).not.toContain('.rioni.config.ts')
  })

  it('is relative to its own folder and gives way to flags', async () => {
    await define('order.placed')
    await mkdir(join(folder, 'config'))
    await writeFile(
      join(folder, 'config/codegen.json'),
      '{ "from": "../event-types", "out": "../generated" }',
    )
    const { exitCode } = await rioni([
      '--config',
      'config/codegen.json',
      '--no-validators',
      '--no-examples',
      '--out',
      'here',
    ])
    expect(exitCode).toBe(0)
    expect(await readdir(join(folder, 'here'))).toEqual(['index.ts', 'order-placed.ts', 'rioni.lock.json'])
  })

  it('with an unknown key is refused with its line and the nearest one', async () => {
    const text = '{\n  "from": "a",\n  "out": "b",\n  "exmaples": false,\n  "lint": { "money": "no" }\n}'
    await writeFile(join(folder, 'rioni.config.json'), text)
    const { exitCode, stderr } = await rioni([])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('line 4: exmaples is unknown; did you mean examples?')
    expect(stderr).toContain('line 5: lint.money is not one of off, warning, error')
  })

  it.each([
    {
      of: 'a typing error',
      text: "export default {\n  from: 'a' out: 'b',\n}",
      told: 'rioni.config.ts cannot be run',
    },
    { of: 'an exception', text: "throw new Error('boom')", told: 'rioni.config.ts cannot be run: boom' },
  ])('that cannot be run because of $of is named', async ({ text, told }) => {
    await writeFile(join(folder, 'rioni.config.ts'), text)
    const { exitCode, stderr } = await rioni([])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(told)
  })

  it('may have the paths of Windows', async () => {
    await define('order.placed')
    await writeFile(
      join(folder, 'rioni.config.json'),
      '{ "from": ".\\\\event-types", "out": "src\\\\events" }',
    )
    expect((await rioni([])).exitCode).toBe(0)
    expect(await readdir(join(folder, 'src/events'))).toContain('order-placed.ts')
  })

  it('that is not there is told', async () => {
    const { exitCode, stderr } = await rioni(['--config', 'gone.ts'])
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 })
    expect(stderr).toContain('there is no config file')
  })
})

describe('an event type that cannot be read', () => {
  it('keeps its names from others', async () => {
    const argv = ['--from', 'event-types', '--out', 'generated', '--no-validators', '--no-examples']
    await define('order.placed')
    await rioni(argv)
    await writeFile(join(folder, 'event-types/order.placed.json'), '{')
    await define('order_placed')
    expect((await rioni(argv)).exitCode).toBe(1)
    await define('order.placed')
    await rioni(argv)
    const lock = JSON.parse(await readFile(join(folder, 'generated/rioni.lock.json'), 'utf8'))
    expect(lock.eventTypes).toMatchObject({
      'order.placed': { name: 'OrderPlaced' },
      order_placed: { name: 'OrderPlaced2' },
    })
  })
})

describe('a checkout with the line ends of Windows', () => {
  it.each([{ argv: [] }, { argv: ['--no-cache'] }])('is not stale, $argv', async ({ argv }) => {
    const all = ['--from', 'event-types', '--out', 'generated', '--docs', '--asyncapi', ...argv]
    await define('order.placed')
    await rioni(all)
    for (const part of ['event-types', 'generated']) {
      for (const name of await readdir(join(folder, part))) {
        const file = join(folder, part, name)
        await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'))
      }
    }
    expect(await rioni([...all, '--check'])).toMatchObject({ exitCode: 0, stdout: '', stderr: '' })
    expect((await rioni(all)).stdout).toBe('0 written, 10 unchanged, 0 removed\n')
  })
})

describe('watching', () => {
  it('generates after every change, outlives mistakes and ends with SIGINT', async () => {
    await define('order.placed')
    const running = startRioni(
      [
        'generate',
        '--from',
        'event-types',
        '--out',
        'generated',
        '--watch',
        '--no-validators',
        '--no-examples',
      ],
      { cwd: folder },
    )
    const stdout = outputOf(running)
    await running.told('watching event-types')
    await writeFile(join(folder, 'event-types/order.paid.json'), '{')
    await running.told('order.paid.json')
    await define('order.paid')
    await untilExists(join(folder, 'generated/order-paid.ts'))
    running.kill('SIGINT')
    expect((await running.ended).exitCode).toBe(0)
    expect(await stdout).toContain('written generated/order-paid.ts')
  })
})

/** Waits for the end of what the watcher does by reading what it writes. */
async function untilExists(path: string): Promise<void> {
  while ((await readFile(path, 'utf8').catch(() => undefined)) === undefined) await new Promise(setImmediate)
}

describe('a run without changes', () => {
  it('loads no compiler', async () => {
    await define('order.placed')
    const argv = ['--from', 'event-types', '--out', 'generated']
    expect(await modulesOf(argv)).toEqual(expect.arrayContaining(['ajv', 'fast-check']))
    const loaded = await modulesOf(argv)
    for (const name of ['ts-morph', 'ajv', 'yaml', 'fast-check']) {
      expect(loaded).not.toContain(name)
    }
  })
})

/** The packages that a run loads. */
async function modulesOf(argv: readonly string[]): Promise<string[]> {
  const coverage = join(folder, 'coverage')
  const { exitCode, stderr } = await rioni(argv, { NODE_V8_COVERAGE: coverage })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(/^proof: .*\n$/) })
  const reports = await readdir(coverage)
  const texts = await Promise.all(reports.map((file) => readFile(join(coverage, file), 'utf8')))
  await rm(coverage, { recursive: true })
  return texts.flatMap((text) =>
    [...text.matchAll(/node_modules\/((?:@[^/"]+\/)?[^/"]+)/g)].map(([, name = '']) => name),
  )
}
