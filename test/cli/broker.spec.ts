import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@rioni/client'
import { run } from 'rioni'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryEnvironment } from './memory-environment.ts'

/** Runs `rioni broker`, hands its address to `use`, and stops it. */
async function withBroker(
  argv: readonly string[],
  env: Record<string, string>,
  use: (url: string) => Promise<void>,
) {
  const { environment, printed, stdout, stderr, stop } = createMemoryEnvironment({ env })
  const running = run(['broker', ...argv], environment)
  await printed('\n')
  await use(stdout().replace('listening on ', '').trim())
  stop()
  return { exitCode: await running, stdout: stdout(), stderr: stderr() }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  return port
}

describe('rioni broker', () => {
  it('prints the address it listens on, answers there, and ends with 0 when it is told to stop', async () => {
    const { exitCode, stdout, stderr } = await withBroker(['--port', '0'], {}, async (url) => {
      const answer = await fetch(`${url}/health`)
      expect(await answer.text()).toBe('OK')
    })
    expect(stdout).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\n$/)
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(/ listening url=.* stopping .* stopped\n$/s)
  })

  it('listens on the given port', async () => {
    const port = await freePort()
    const { stdout } = await withBroker(['--port', String(port)], {}, async () => {})
    expect(stdout).toBe(`listening on http://127.0.0.1:${port}\n`)
  })

  it('takes port and host from the environment, and flags win', async () => {
    const port = await freePort()
    const env = { RIONI_PORT: String(port), RIONI_HOST: 'localhost' }
    const { stdout } = await withBroker([], env, async () => {})
    expect(stdout).toBe(`listening on http://localhost:${port}\n`)
    const other = await withBroker(['--port', '0', '--host', '127.0.0.1'], env, async () => {})
    expect(other.stdout).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\n$/)
    expect(other.stdout).not.toContain(`:${port}\n`)
  })

  it('names the port that is in use and the way out', async () => {
    await withBroker(['--port', '0'], {}, async (url) => {
      const { port } = new URL(url)
      const { environment, stdout, stderr } = createMemoryEnvironment()
      expect(await run(['broker', '--port', port], environment)).toBe(1)
      expect(stdout()).toBe('')
      expect(stderr()).toBe(
        `error: port ${port} on 127.0.0.1 is already in use\n  Choose another with --port, or let --port 0 pick a free one.\n`,
      )
    })
  })

  it('says when the host is not one of this machine', async () => {
    const { environment, stderr } = createMemoryEnvironment()
    expect(await run(['broker', '--port', '0', '--host', '192.0.2.1'], environment)).toBe(1)
    expect(stderr()).toContain('error: this machine has no address 192.0.2.1\n')
  })
})

describe('rioni broker with settings that contradict each other', () => {
  it.each([
    { argv: ['--tokens', 'a', '--jwks-url', 'http://b'], says: '--tokens and --jwks-url exclude each other' },
    { argv: ['--jwks-url', 'http://b'], says: '--jwks-url needs --jwt-issuer and --jwt-audience' },
    {
      argv: ['--introspection-url', 'http://b'],
      says: '--introspection-url needs --introspection-client and',
    },
    { argv: ['--admin', 'alice'], says: "option '--admin' is invalid. Expected a type and a value" },
    {
      argv: ['--deletable-subscriptions', 'archive'],
      says: "option '--deletable-subscriptions' is invalid. Expected an application and a consumer group",
    },
  ])('is wrong usage: $argv', async ({ argv, says }) => {
    const { environment, stdout, stderr } = createMemoryEnvironment()
    expect(await run(['broker', ...argv], environment)).toBe(2)
    expect(stderr()).toContain(says)
    expect(stdout()).toBe('')
  })

  it('says which file of tokens is missing', async () => {
    const { environment, stderr } = createMemoryEnvironment()
    expect(await run(['broker', '--tokens', 'nowhere.json'], environment)).toBe(1)
    expect(stderr()).toBe('error: there is no nowhere.json\n  Check the spelling of the path.\n')
  })
})

describe('rioni broker in folders of its own', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rioni-broker-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('keeps everything in the folder of --data', async () => {
    const argv = ['--port', '0', '--data', join(folder, 'data')]
    const type = {
      name: 'e',
      owning_application: 'a',
      category: 'undefined',
      schema: { schema: '{}', type: 'json_schema' },
    }
    const first = await withBroker(argv, {}, async (url) => {
      const init = {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(type),
      }
      expect((await fetch(`${url}/event-types`, init)).status).toBe(201)
    })
    expect(first.stderr).not.toContain('nothing is kept')
    const second = await withBroker(argv, {}, async (url) => {
      expect((await fetch(`${url}/event-types/e`)).status).toBe(200)
    })
    expect(second.stderr).toMatch(/storage opened .* eventTypes=[1-9]/)
  })

  it('says what a crash had left half written', async () => {
    const argv = ['--port', '0', '--data', folder]
    await withBroker(argv, {}, async () => {})
    const state = join(folder, 'state')
    const log = (await readdir(state)).find((name) => name.startsWith('commands-')) ?? ''
    await appendFile(join(state, log), 'half')
    const { stderr } = await withBroker(argv, {}, async () => {})
    expect(stderr).toMatch(
      / warn {2}cut off what a crash had left half written file=.*commands-\d+\.log bytes=4\n/,
    )
  })

  it('does not share its folder with another broker', async () => {
    const argv = ['--port', '0', '--data', folder]
    await withBroker(argv, {}, async () => {
      const { environment, stderr } = createMemoryEnvironment()
      expect(await run(['broker', ...argv], environment)).toBe(1)
      expect(stderr()).toContain(`${folder} is in use`)
    })
  })

  it('changes the event types that it knows from before to what their definitions say now', async () => {
    const argv = ['--port', '0', '--data', join(folder, 'data'), '--event-types', join(folder, 'types')]
    await mkdir(join(folder, 'types'))
    const define = async (owner: string) => {
      const definition = { name: 'e', owning_application: owner, category: 'undefined', schema: {} }
      await writeFile(join(folder, 'types', 'e.json'), JSON.stringify(definition))
    }
    const ownerAt = async (url: string) =>
      JSON.parse(await (await fetch(`${url}/event-types/e`)).text()).owning_application
    await define('before')
    await withBroker(argv, {}, async (url) => expect(await ownerAt(url)).toBe('before'))
    await define('after')
    await withBroker(argv, {}, async (url) => expect(await ownerAt(url)).toBe('after'))
  })

  it('asks for the tokens of a file, and creates event types without one', async () => {
    const tokens = join(folder, 'tokens.json')
    await writeFile(tokens, JSON.stringify({ tokens: [{ token: 's3cret', subject: 'alice' }] }))
    await mkdir(join(folder, 'types'))
    const definition = { name: 'e', owning_application: 'a', category: 'undefined', schema: {} }
    await writeFile(join(folder, 'types', 'e.json'), JSON.stringify(definition))
    const argv = [
      '--port',
      '0',
      '--tokens',
      tokens,
      '--event-types',
      join(folder, 'types'),
      '--log-level',
      'debug',
    ]
    const { stderr } = await withBroker(argv, {}, async (url) => {
      expect((await fetch(`${url}/event-types/e`)).status).toBe(401)
      const headers = { Authorization: 'Bearer s3cret' }
      expect((await fetch(`${url}/event-types/e`, { headers })).status).toBe(200)
    })
    expect(stderr).toContain(' subject=alice')
    expect(stderr).not.toContain('s3cret')
  })

  it('does with event types, and tells of them, what its settings say', async () => {
    const salt = join(folder, 'salt')
    await writeFile(salt, 'pepper\n')
    const argv = ['--port', '0', '--deletable-subscriptions', 'archive:default', '--hash-salt-file', salt]
    const features = ['--features', 'audit_log_collection,force_data_lake_annotations']
    await withBroker([...argv, ...features], { RIONI_DATA_LAKE_SUBJECTS: 'alice' }, async (url) => {
      const post = async (path: string, body: unknown) => {
        const headers = { 'Content-Type': 'application/json' }
        return await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      }
      const type = {
        owning_application: 'a',
        category: 'undefined',
        schema: { type: 'json_schema', schema: '{}' },
      }
      expect((await post('/event-types', { ...type, name: 'e' })).status).toBe(201)
      await post('/subscriptions', { owning_application: 'archive', event_types: ['e'] })
      expect((await fetch(`${url}/event-types/e`, { method: 'DELETE' })).status).toBe(200)
      const audit = { owning_application: 'a', event_types: ['nakadi.audit.log'], read_from: 'begin' }
      const { id } = JSON.parse(await (await post('/subscriptions', audit)).text())
      const limits = 'batch_limit=1&stream_limit=1&max_uncommitted_events=1&commit_timeout=1'
      const events = await (await fetch(`${url}/subscriptions/${id}/events?${limits}`)).text()
      const hash = createHash('sha256').update('pepperunauthenticated').digest('hex')
      expect(events).toContain(`"user_hash":"${hash}"`)
    })
  })

  it('asks the subjects of --data-lake-subjects what a data lake keeps', async () => {
    const argv = ['--port', '0', '--features', 'force_data_lake_annotations', '--data-lake-subjects', '*']
    await withBroker(argv, {}, async (url) => {
      const type = {
        owning_application: 'a',
        category: 'undefined',
        schema: { type: 'json_schema', schema: '{}' },
      }
      const headers = { 'Content-Type': 'application/json' }
      const body = JSON.stringify({ ...type, name: 'e' })
      expect((await fetch(`${url}/event-types`, { method: 'POST', headers, body })).status).toBe(422)
    })
  })

  it('warns when everybody may do everything', async () => {
    const { stderr } = await withBroker(['--port', '0', '--host', '0.0.0.0'], {}, async () => {})
    expect(stderr).toMatch(/ warn {2}everybody who reaches this address may do everything/)
  })
})

describe('the log of rioni broker', () => {
  /** The entries of a log of JSON lines, without their times. */
  function entriesOf(stderr: string): Record<string, unknown>[] {
    const lines = stderr.split('\n').filter((line) => line !== '')
    return lines.map((line) => ({ ...JSON.parse(line), time: undefined }))
  }

  it('has one JSON object per line when it is asked for', async () => {
    const { stderr } = await withBroker(['--port', '0', '--json-logs'], {}, async () => {})
    expect(entriesOf(stderr).map(({ level, msg }) => [level, msg])).toEqual([
      ['warn', 'nothing is kept after the end: --data FOLDER keeps it'],
      ['info', 'listening'],
      ['info', 'stopping'],
      ['info', 'stopped'],
    ])
  })

  it('tells of every request at level debug, without its query and its headers', async () => {
    const env = { RIONI_LOG_LEVEL: 'debug', RIONI_JSON_LOGS: 'true' }
    const { stderr } = await withBroker(['--port', '0'], env, async (url) => {
      const headers = { Authorization: 'Bearer s3cret', 'X-Flow-Id': 'mine' }
      await fetch(`${url}/event-types?writer=s3cret:s3cret`, { headers })
      await fetch(`${url}/event-types/nothing`)
    })
    const [good, bad] = entriesOf(stderr).filter(({ msg }) => msg === 'request')
    const common = { method: 'GET', durationMs: expect.any(Number), subject: 'unauthenticated' }
    expect(bad).toMatchObject({ ...common, level: 'info', path: '/event-types/nothing', status: 404 })
    expect(good).toMatchObject({
      ...common,
      path: '/event-types',
      flowId: 'mine',
      operation: 'listEventTypes',
    })
    expect(stderr).not.toContain('s3cret')
  })

  it('shows the settings at level debug', async () => {
    const { stderr } = await withBroker(['--port', '0', '--log-level', 'debug'], {}, async () => {})
    expect(stderr).toContain('"maxHeaders":100')
  })

  it('is empty when it is silent', async () => {
    expect((await withBroker(['--port', '0', '--log-level', 'silent'], {}, async () => {})).stderr).toBe('')
  })

  it('lets no client write a line of its own', async () => {
    const { stderr } = await withBroker(['--port', '0', '--log-level', 'debug'], {}, async (url) => {
      await fetch(`${url}/x%0a2026 info  forged`, { headers: { 'X-Flow-Id': 'a b="c"' } })
    })
    expect(stderr).toContain('flowId="a b=\\"c\\""')
    expect(stderr).not.toMatch(/^2026 /m)
  })
})

describe('rioni broker that is told to stop', () => {
  it('says goodbye on every stream, and takes the last commits', async () => {
    const { environment, printed, told, stdout, stop } = createMemoryEnvironment()
    const running = run(['broker', '--port', '0'], environment)
    await printed('\n')
    const url = stdout().replace('listening on ', '').trim()
    const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(url + path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...headers },
      })
    const schema = { type: 'json_schema', schema: '{}' }
    await post('/event-types', { name: 'e', owning_application: 'a', category: 'undefined', schema })
    await post('/event-types/e/events', [{ n: 1 }])
    const wanted = { owning_application: 'a', event_types: ['e'], read_from: 'begin' }
    const { id } = JSON.parse(await (await post('/subscriptions', wanted)).text())

    const stream = await fetch(`${url}/subscriptions/${id}/events`)
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    const { cursor } = JSON.parse((await reader?.read())?.value ?? '')
    stop()
    await told('stopping')
    expect((await reader?.read())?.value).toContain('"debug":"The broker is shutting down"')
    expect((await fetch(`${url}/health`)).status).toBe(503)
    const streamId = stream.headers.get('x-nakadi-streamid') ?? ''
    const commit = await post(
      `/subscriptions/${id}/cursors`,
      { items: [cursor] },
      { 'X-Nakadi-StreamId': streamId },
    )
    expect(commit.status).toBe(204)
    expect(await reader?.read()).toMatchObject({ done: true })
    expect(await running).toBe(0)
  })
})

describe('rioni broker --event-types', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rioni-broker-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  async function define(name: string, more: object = {}) {
    const definition = { name, owning_application: 'shop', category: 'undefined', schema: {}, ...more }
    await writeFile(join(folder, `${name}.json`), JSON.stringify(definition))
  }

  it('knows the event types of the folder', async () => {
    await define('order.order-placed')
    await define('order.order-paid')
    const { exitCode } = await withBroker(['--port', '0', '--event-types', folder], {}, async (url) => {
      const eventTypes = await createClient({ baseUrl: url }).eventTypes.list()
      const names = eventTypes.map(({ name }) => name)
      expect(names).toEqual(expect.arrayContaining(['order.order-paid', 'order.order-placed']))
    })
    expect(exitCode).toBe(0)
  })

  it('does not start when some of them cannot be created, and names each of those', async () => {
    await define('order.order-placed')
    await define('order.order-paid', { category: 'business' })
    await writeFile(join(folder, 'broken.json'), '{')
    const { environment, stdout, stderr } = createMemoryEnvironment()
    expect(await run(['broker', '--port', '0', '--event-types', folder], environment)).toBe(1)
    expect(stdout()).toBe('')
    expect(stderr()).toContain('broken.json')
    expect(stderr()).toContain(
      'order.order-paid.json: order.order-paid cannot be created\nerror: [validation]',
    )
    expect(stderr()).not.toContain('order.order-placed')
  })
})
