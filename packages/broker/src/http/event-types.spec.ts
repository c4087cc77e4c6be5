import type { EventTypeSchema } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { type Broker, createBroker } from '../broker.ts'
import { createMemoryStorage } from '../storage/memory.ts'
import type { Storage } from '../storage/storage.ts'

const PATH = '/event-types/order.placed'

/** A storage that takes its time before it applies a command, so that others come in between. */
function createSlowStorage(): Storage {
  const storage = createMemoryStorage()
  const { commands } = storage
  return {
    ...storage,
    commands: {
      get state() {
        return commands.state
      },
      async propose(command, at) {
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
        return await commands.propose(command, at)
      },
      watch: (onChange) => commands.watch(onChange),
    },
  }
}

async function send(broker: Broker, method: string, path: string, body?: unknown): Promise<Response> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const headers = { 'content-type': 'application/json' }
  return await broker.fetch(new Request(`http://broker.test${path}`, { method, headers, ...init }))
}

function schemaOf(...names: readonly string[]) {
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]))
  return { type: 'json_schema', schema: JSON.stringify({ properties }) }
}

function anEventType(schema: object) {
  return { name: 'order.placed', owning_application: 'shop', category: 'undefined', schema }
}

async function versionsOf(broker: Broker): Promise<readonly string[]> {
  const list = await send(broker, 'GET', `${PATH}/schemas`)
  const { items }: { readonly items: readonly EventTypeSchema[] } = JSON.parse(await list.text())
  return items.map(({ version }) => version)
}

describe('two changes of an event type at once', () => {
  it.each([
    { what: 'schemas', method: 'POST', path: `${PATH}/schemas`, body: schemaOf },
    {
      what: 'definitions',
      method: 'PUT',
      path: PATH,
      body: (...names: string[]) => anEventType(schemaOf(...names)),
    },
  ])('are decided one after the other: $what', async ({ method, path, body }) => {
    const broker = createBroker({ storage: createSlowStorage() })
    await send(broker, 'POST', '/event-types', anEventType(schemaOf('a')))
    const responses = await Promise.all([
      send(broker, method, path, body('a', 'b')),
      send(broker, method, path, body('a', 'b', 'c')),
    ])
    expect(responses.map(({ status }) => status)).toEqual([200, 200])
    expect(await versionsOf(broker)).toEqual(['1.2.0', '1.1.0', '1.0.0'])
  })

  it('may not both remove what the other has added', async () => {
    const broker = createBroker({ storage: createSlowStorage() })
    await send(broker, 'POST', '/event-types', anEventType(schemaOf('a')))
    const responses = await Promise.all([
      send(broker, 'POST', `${PATH}/schemas`, schemaOf('a', 'b')),
      send(broker, 'POST', `${PATH}/schemas`, schemaOf('a', 'c')),
    ])
    expect(responses.map(({ status }) => status)).toEqual([200, 422])
  })

  it('leave nothing behind when one of them deletes it', async () => {
    const broker = createBroker({ storage: createSlowStorage() })
    await send(broker, 'POST', '/event-types', anEventType(schemaOf('a')))
    const responses = await Promise.all([
      send(broker, 'DELETE', PATH),
      send(broker, 'PUT', PATH, anEventType(schemaOf('a', 'b'))),
    ])
    expect(responses.map(({ status }) => status)).toEqual([200, 404])
    expect((await send(broker, 'GET', PATH)).status).toBe(404)
  })
})
