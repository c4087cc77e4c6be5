import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'rioni'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryEnvironment } from './memory-environment.ts'

let from: string
let out: string
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rioni-generate-'))
  from = join(folder, 'event-types')
  out = join(folder, 'events')
  await mkdir(from)
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

/** Most of it is about types alone, which are the same with and without the modules beside them. */
const TYPES_ALONE = ['--no-validators', '--no-examples']

async function generate(...flags: string[]) {
  const { environment, stdout, stderr } = createMemoryEnvironment()
  const argv = ['generate', '--from', from, '--out', out, ...TYPES_ALONE, ...flags]
  const exitCode = await run(argv, environment)
  return { exitCode, stdout: stdout(), stderr: stderr() }
}

async function define(name: string, schema: object = { properties: { n: { type: 'number' } } }) {
  const definition = {
    name,
    owning_application: 'shop',
    category: 'business',
    schema: { type: 'json_schema', schema },
  }
  await writeFile(join(from, `${name}.json`), JSON.stringify(definition))
}

describe('rioni generate', () => {
  it('writes one module per event type and an index, and says so', async () => {
    await define('order.order-placed')
    const { exitCode, stdout, stderr } = await generate()
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toBe(
      `written ${join(out, 'index.ts')}\nwritten ${join(out, 'order-placed.ts')}\nwritten ${join(out, 'rioni.lock.json')}\n3 written, 0 unchanged, 0 removed\n`,
    )
    expect(await readFile(join(out, 'order-placed.ts'), 'utf8')).toContain('class OrderPlacedProducer')
  })

  it('leaves what did not change and removes what is no longer defined', async () => {
    await define('order.order-placed')
    await define('order.order-paid')
    await generate()
    expect((await generate()).stdout).toBe('0 written, 4 unchanged, 0 removed\n')
    await rm(join(from, 'order.order-paid.json'))
    const { stdout } = await generate()
    expect(stdout).toContain(`removed ${join(out, 'order-paid.ts')}\n2 written, 1 unchanged, 1 removed\n`)
  })

  it('generates the others when one event type is wrong, names its place and exits with 1', async () => {
    await define('order.order-placed')
    await writeFile(join(from, 'broken.yaml'), 'name: [\n')
    const { exitCode, stdout, stderr } = await generate()
    expect(exitCode).toBe(1)
    expect(stderr).toContain('broken.yaml')
    expect(stderr).toContain('error: ')
    expect(stdout).toContain('3 written, 0 unchanged, 0 removed\n')
  })
})

describe('rioni generate with a definition that has become wrong', () => {
  it('keeps its module, writes the others, and leaves it out of the index', async () => {
    await define('order.order-placed')
    await define('order.order-paid')
    await generate()
    const module = await readFile(join(out, 'order-paid.ts'), 'utf8')
    await define('order.order-paid', { properties: { n: { $ref: '#/definitions/typo' } } })
    await define('order.order-placed', { properties: { total: { type: 'number' } } })
    const { exitCode, stdout } = await generate()
    expect(exitCode).toBe(1)
    expect(stdout).toBe(
      `written ${join(out, 'index.ts')}\nwritten ${join(out, 'order-placed.ts')}\nwritten ${join(out, 'rioni.lock.json')}\n3 written, 0 unchanged, 0 removed\n`,
    )
    expect(await readFile(join(out, 'order-paid.ts'), 'utf8')).toBe(module)
    expect(await readFile(join(out, 'order-placed.ts'), 'utf8')).toContain('total?: number')
    expect(await readFile(join(out, 'index.ts'), 'utf8')).not.toContain('order-paid')
  })
})

describe('rioni generate without any event type', () => {
  it('changes nothing, because the folder is probably the wrong one', async () => {
    await define('order.order-placed')
    await generate()
    await rm(join(from, 'order.order-placed.json'))
    const { exitCode, stdout, stderr } = await generate()
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toBe(
      `error: there is no event type definition in ${from}\nnothing was generated; ${out} is as it was\n`,
    )
    expect(await readdir(out)).toEqual(['index.ts', 'order-placed.ts', 'rioni.lock.json'])
  })

  it('says that a folder is not there, and what to do', async () => {
    from = join(folder, 'typo')
    const { exitCode, stderr } = await generate()
    expect(exitCode).toBe(1)
    expect(stderr).toBe(
      `error: there is no folder or file ${from}\n  Check the spelling of the path.\nnothing was generated; ${out} is as it was\n`,
    )
  })
})
