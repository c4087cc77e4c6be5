/** What every operation answers to the same mistake or misfortune. Nothing that the paths name exists. */

import { createMemoryStorage, type Storage } from '@rioni/broker'
import { type Operation, operations } from '@rioni/protocol'
import { expect } from 'vitest'
import { contract } from './contract.ts'
import type { World } from './world.ts'

const all = Object.entries<Operation>(operations).map(([id, operation]) => ({ id, ...operation }))

/** Sends a request of an operation, with the same word for every parameter of its path. */
function ask(
  world: World,
  { method, path }: Operation,
  init: RequestInit = {},
  word = 'x',
): Promise<Response> {
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }
  const headers = { 'content-type': 'application/json', 'x-nakadi-streamid': 'x', ...init.headers }
  return world.fetch(path.replace(/\{\w+\}/g, word), { method, ...body, ...init, headers })
}

contract('a path with an encoded percent sign', (it) => {
  for (const operation of all.filter(({ path }) => path.includes('{'))) {
    it(`is rejected: ${operation.id}`, async (world) => {
      expect((await ask(world, operation, {}, 'a%25b')).status).toBe(400)
    })
  }
})

contract('a content encoding on any method but POST', (it) => {
  for (const operation of all.filter(({ method }) => method !== 'POST')) {
    it(`is refused: ${operation.id}`, async (world) => {
      expect((await ask(world, operation, { headers: { 'content-encoding': 'gzip' } })).status).toBe(406)
    })
  }
})

contract(
  'a body that is too large',
  (it) => {
    for (const operation of all.filter(({ problems }) => problems.includes(413))) {
      it(`is refused: ${operation.id}`, async (world) => {
        const response = await ask(world, operation, { body: JSON.stringify('x'.repeat(100)) })
        expect(response.status).toBe(413)
        expect(await response.json()).toMatchObject({ detail: 'The request body is larger than 64 bytes' })
      })
    }
  },
  { limits: { maxBodyBytes: 64 } },
)

const reading = ['checkSchemaCompatibility', 'measureCursorDistances', 'shiftCursors', 'measureCursorsLag']

contract('a client that accepts no JSON', (it) => {
  for (const operation of all.filter(({ id }) => reading.includes(id))) {
    it(`is refused what changes nothing: ${operation.id}`, async (world) => {
      expect((await ask(world, operation, { headers: { accept: 'text/html' } })).status).toBe(406)
    })
  }
})

contract('a broker that is closed', (it) => {
  for (const operation of all) {
    it(`answers 503: ${operation.id}`, async (world) => {
      await world.stop()
      const response = await ask(world, operation)
      expect(response.status).toBe(503)
      expect(await response.json()).toEqual({
        title: 'Service Unavailable',
        status: 503,
        detail: 'The broker is shutting down',
      })
    })
  }
})

contract('a body that is declared as something else than JSON', (it) => {
  for (const operation of all.filter(({ problems }) => problems.includes(415))) {
    it(`is refused: ${operation.id}`, async (world) => {
      await world.subscribe()
      const response = await ask(
        world,
        operation,
        { headers: { 'content-type': 'text/plain' } },
        'order.placed',
      )
      expect(response.status).toBe(415)
    })
  }
})

/** A token service that answers for one token and cannot be reached for the others. */
const tokenService = {
  tokens: { kind: 'tokeninfo', url: 'http://tokens.test/' },
  fetch: async ({ headers }: Request) => {
    if (headers.get('authorization') === 'Bearer unreachable') throw new Error('no route to host')
    return Response.json({ uid: 'operator', realm: '/services', scope: ['uid'] })
  },
} as const

contract(
  'a token service that cannot be reached',
  (it) => {
    for (const operation of all.filter(({ problems }) => problems.includes(401))) {
      it(`makes the broker unavailable: ${operation.id}`, async (world) => {
        expect((await ask(world.as('unreachable'), operation)).status).toBe(503)
      })
    }
  },
  { authentication: tokenService, token: 'operator' },
)

/** A storage whose state cannot be read while it is broken. */
function createFragileStorage(): {
  readonly storage: Storage
  whileBroken<T>(work: () => Promise<T>): Promise<T>
} {
  const { events, commands, close } = createMemoryStorage()
  let isBroken = false
  const fragile = {
    ...commands,
    get state() {
      if (isBroken) throw new Error('the disk does not answer')
      return commands.state
    },
  }
  return {
    storage: { events, commands: fragile, close },
    async whileBroken(work) {
      isBroken = true
      try {
        return await work()
      } finally {
        isBroken = false
      }
    },
  }
}

/** Operations that need nothing of the storage. */
const SELF_CONTAINED = [
  'listPartitionStrategies',
  'listEnrichmentStrategies',
  'getHealth',
  'getVersion',
  'getRequestMetrics',
  'getStreamMetrics',
  'getApiDefinition',
  'listAvroSchemas',
  'getAvroSchema',
]
const { storage, whileBroken } = createFragileStorage()

contract(
  'a storage that fails',
  (it) => {
    for (const operation of all.filter(({ id }) => !SELF_CONTAINED.includes(id))) {
      it(`is an internal error with a reference: ${operation.id}`, async (world) => {
        const response = await whileBroken(() => ask(world, operation))
        expect(response.status).toBe(500)
        expect(await response.text()).toMatch(/An internal error happened. Please report it. \(ETI\w{24}\)/)
      })
    }
  },
  { storage },
)
