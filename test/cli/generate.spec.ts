import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
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
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(/^proof: .*\n$/) })
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

describe('rioni generate --check', () => {
  it('is done when everything is as it would be generated', async () => {
    await define('order.order-placed')
    await generate()
    expect(await generate('--check')).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  it('lists what is stale, writes nothing and exits with 3', async () => {
    await define('order.order-placed')
    await define('order.order-paid')
    await generate()
    await define('order.order-placed', { properties: { total: { type: 'number' } } })
    await rm(join(from, 'order.order-paid.json'))
    const before = await readFile(join(out, 'order-placed.ts'), 'utf8')
    const { exitCode, stdout, stderr } = await generate('--check')
    expect(exitCode).toBe(3)
    const stale = ['index.ts', 'order-paid.ts', 'order-placed.ts', 'rioni.lock.json']
    expect(stdout).toBe(stale.map((file) => `stale ${join(out, file)}\n`).join(''))
    expect(stderr).toContain('4 files are stale: run the same command without --check, and commit\n')
    expect(await readFile(join(out, 'order-placed.ts'), 'utf8')).toBe(before)
    expect(await readdir(out)).toContain('order-paid.ts')
  })

  it('finds a generated file that somebody edited, and one that is gone', async () => {
    await define('order.order-placed')
    await define('order.order-paid')
    await generate()
    const module = await readFile(join(out, 'order-placed.ts'), 'utf8')
    await writeFile(join(out, 'order-placed.ts'), `${module}// by hand\n`)
    await rm(join(out, 'order-paid.ts'))
    const { exitCode, stdout } = await generate('--check')
    expect(exitCode).toBe(3)
    expect(stdout).toBe(`stale ${join(out, 'order-paid.ts')}\nstale ${join(out, 'order-placed.ts')}\n`)
  })

  it('makes no folder where there is none', async () => {
    await define('order.order-placed')
    expect((await generate('--check')).exitCode).toBe(3)
    expect(await readdir(folder)).toEqual(['event-types'])
  })

  it('exits with 1 rather than 3 when a definition is wrong', async () => {
    await define('order.order-placed')
    await writeFile(join(from, 'broken.yaml'), 'name: [\n')
    expect((await generate('--check')).exitCode).toBe(1)
  })
})

describe('rioni generate --json', () => {
  it('tells everything in one document, and the same as ever on standard error', async () => {
    await define('order.order-placed')
    await generate()
    await rm(join(from, 'order.order-placed.json'))
    await define('order.order-paid', { examples: [{ n: 'one' }], properties: { n: { type: 'number' } } })
    const { exitCode, stdout, stderr } = await generate('--json')
    const { proof, diagnostics, ...document } = JSON.parse(stdout)
    expect(exitCode).toBe(0)
    expect(document).toEqual({
      check: false,
      generated: 1,
      written: ['index.ts', 'order-paid.ts', 'rioni.lock.json'].map((file) => join(out, file)),
      removed: [join(out, 'order-placed.ts')],
      unchanged: [],
      lock: { file: join(out, 'rioni.lock.json'), change: 'written' },
      lost: ['order.order-placed is no longer there, and with it OrderPlaced'],
    })
    expect(proof.accepted).toBeGreaterThan(0)
    expect(diagnostics).toEqual([
      expect.objectContaining({
        severity: 'warning',
        file: 'order.order-paid.json',
        pointer: '/schema/schema/examples/0',
        message: expect.stringContaining('does not follow its schema'),
      }),
    ])
    expect(stderr).toContain('warning: the example does not follow its schema')
    expect(stderr).toContain('proof: ')
  })

  it('tells what would happen with --check, and the exit code stays', async () => {
    await define('order.order-placed')
    const { exitCode, stdout } = await generate('--check', '--json')
    expect(exitCode).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      check: true,
      written: [join(out, 'index.ts'), join(out, 'order-placed.ts'), join(out, 'rioni.lock.json')],
      lock: { change: 'written' },
    })
    expect(await readdir(folder)).toEqual(['event-types'])
  })

  it('is a document when nothing was generated, too', async () => {
    const { exitCode, stdout } = await generate('--json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ generated: 0, written: [], removed: [], unchanged: [] })
  })

  it('does not go together with --watch', async () => {
    expect((await generate('--json', '--watch')).exitCode).toBe(2)
  })
})

describe('rioni generate with a lock file', () => {
  it('keeps a name when an event type comes that would have had it', async () => {
    await define('order_placed')
    await generate()
    await define('order.placed')
    await generate()
    expect(await readFile(join(out, 'index.ts'), 'utf8')).toMatch(
      /'order_placed': OrderPlacedEvent|order_placed: OrderPlacedEvent/,
    )
  })

  it('tells which names are gone', async () => {
    await define('order.order-placed')
    await define('order.order-paid')
    await generate()
    await rm(join(from, 'order.order-paid.json'))
    const { exitCode, stderr } = await generate('--name', 'order.order-placed=Placed')
    expect(exitCode).toBe(0)
    expect(stderr).toContain(
      'note: order.order-paid is no longer there, and with it OrderPaid\nnote: order.order-placed: OrderPlaced is now called Placed\n',
    )
    expect(await readdir(out)).toEqual(['index.ts', 'placed.ts', 'rioni.lock.json'])
  })

  it('keeps the names of an event type whose definition has become wrong', async () => {
    await define('order.order-placed')
    await generate()
    const lock = await readFile(join(out, 'rioni.lock.json'), 'utf8')
    await define('order.order-paid')
    await writeFile(join(from, 'order.order-placed.json'), '{')
    expect((await generate()).exitCode).toBe(1)
    const { eventTypes } = JSON.parse(await readFile(join(out, 'rioni.lock.json'), 'utf8'))
    expect(eventTypes['order.order-placed']).toEqual(JSON.parse(lock).eventTypes['order.order-placed'])
  })

  it('may have it somewhere else', async () => {
    await define('order.order-placed')
    await generate('--lock', join(folder, 'names.json'))
    expect(await readdir(out)).toEqual(['index.ts', 'order-placed.ts'])
    expect(await readdir(folder)).toContain('names.json')
  })

  it('changes nothing when it cannot be read', async () => {
    await define('order.order-placed')
    await generate('--lock', join(folder, 'names.json'))
    await writeFile(join(folder, 'names.json'), '{ "lockVersion"')
    const { exitCode, stderr } = await generate('--lock', join(folder, 'names.json'))
    expect(exitCode).toBe(1)
    expect(stderr).toContain('names.json cannot be used: it is no lock file')
  })

  it('behind a link is looked at where the link leads', async () => {
    await define('order.order-placed')
    const [lock, target] = [join(folder, 'names.json'), join(folder, 'elsewhere.json')]
    await generate('--lock', lock)
    await rename(lock, target)
    await symlink(target, lock)
    // A change that changes nothing, so that the lock file is looked at and not written.
    await appendFile(join(from, 'order.order-placed.json'), '\n')
    expect((await generate('--lock', lock)).stdout).toBe('0 written, 3 unchanged, 0 removed\n')
    await writeFile(target, '{ "lockVersion"')
    expect((await generate('--lock', lock)).stderr).toContain('names.json cannot be used')
  })

  it('that was merged and has conflicts says so', async () => {
    await define('order.order-placed')
    await generate()
    const lock = join(out, 'rioni.lock.json')
    await writeFile(lock, `<<<<<<< HEAD\n${await readFile(lock, 'utf8')}=======\n{}\n>>>>>>> other\n`)
    const { exitCode, stderr } = await generate()
    expect(exitCode).toBe(1)
    expect(stderr).toContain('cannot be used: it has conflicts of a merge. Take either side of it')
  })
})

describe('rioni generate with a selection', () => {
  it.each([
    { flags: ['--include', '*placed'], files: ['order-placed.ts'] },
    { flags: ['--exclude', '*placed'], files: ['order-paid.ts'] },
    { flags: ['--include', 'a', '--include', 'order.*'], files: ['order-paid.ts', 'order-placed.ts'] },
  ])('of $flags generates $files', async ({ flags, files }) => {
    await define('order.order-placed')
    await define('order.order-paid')
    await generate(...flags)
    expect(await readdir(out)).toEqual(['index.ts', ...files, 'rioni.lock.json'])
  })

  it('reads several sources', async () => {
    await define('order.order-placed')
    const second = join(folder, 'api.yaml')
    await writeFile(
      second,
      "openapi: 3.1.0\ninfo: { title: shop, version: '1' }\ncomponents: { schemas: { A: { x-event-type: a.b, type: object } } }\n",
    )
    await generate('--from', second)
    expect(await readdir(out)).toEqual(['a-b.ts', 'index.ts', 'order-placed.ts', 'rioni.lock.json'])
  })
})

describe('rioni generate for the second time', () => {
  it('touches nothing that did not change', async () => {
    await define('order.order-placed')
    await define('order.order-paid')
    await generate()
    const before = await stat(join(out, 'order-paid.ts'))
    await define('order.order-placed', { properties: { total: { type: 'number' } } })
    await generate()
    expect((await stat(join(out, 'order-paid.ts'))).mtimeMs).toBe(before.mtimeMs)
    expect(await readFile(join(out, 'order-placed.ts'), 'utf8')).toContain('total?: number')
  })

  it('repairs a file that was edited', async () => {
    await define('order.order-placed')
    await generate()
    const module = await readFile(join(out, 'order-placed.ts'), 'utf8')
    await writeFile(join(out, 'order-placed.ts'), module.replace('number', 'string'))
    expect((await generate()).stdout).toBe(
      `written ${join(out, 'order-placed.ts')}\n1 written, 2 unchanged, 0 removed\n`,
    )
    expect(await readFile(join(out, 'order-placed.ts'), 'utf8')).toBe(module)
  })

  it('repeats its warnings', async () => {
    await define('order.order-placed', {
      required: ['n'],
      allOf: [{ properties: { n: { type: 'number' } } }, { properties: { n: { type: 'string' } } }],
    })
    const argv = ['generate', '--from', from, '--out', out]
    const warn = async () => {
      const { environment, stderr } = createMemoryEnvironment()
      await run(argv, environment)
      return stderr()
    }
    const first = await warn()
    expect(first).toContain('warning: ')
    expect(await warn()).toBe(first)
  })

  it('gives the same with and without a memory of the first', async () => {
    await define('order.order-placed')
    await generate()
    expect((await generate('--no-cache')).stdout).toBe('0 written, 3 unchanged, 0 removed\n')
  })
})

describe('rioni generate with many event types', () => {
  it('gives on several threads what it gives on one, and tells how far it is', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `order.placed-${index}`)
    for (const name of names)
      await define(name, { properties: { [name]: { type: 'string' }, n: { enum: [name] } } })
    const { exitCode, stderr } = await generate('--verbose')
    expect(exitCode).toBe(0)
    expect(stderr.split('\n')[0]).toBe('generated 10 of 100 event types')
    const { files } = await generateInOneThread(names)
    for (const { path, content } of files) expect(await readFile(join(out, path), 'utf8')).toBe(content)
    expect(await readdir(out)).toHaveLength(files.length + 1)
  })
})

async function generateInOneThread(names: readonly string[]) {
  const { generate: generateHere, loadDefinitions } = await import('@rioni/codegen')
  const { definitions } = await loadDefinitions(from)
  expect(definitions).toHaveLength(names.length)
  return generateHere(definitions, { validators: false, examples: false })
}
