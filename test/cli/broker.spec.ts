import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
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
      const answer = await fetch(`${url}/event-types`)
      expect(await answer.json()).toEqual([])
    })
    expect(stdout).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\n$/)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'stopping\n' })
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
      expect(eventTypes.map(({ name }) => name).sort()).toEqual(['order.order-paid', 'order.order-placed'])
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
