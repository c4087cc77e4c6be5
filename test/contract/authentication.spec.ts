import { type OperationId, operations } from '@rioni/protocol'
import { expect } from 'vitest'
import { jsonOf } from './answers.ts'
import { anOrder, ORDER_PLACED } from './builders.ts'
import { contract } from './contract.ts'
import { callers, OPERATOR } from './tokens.ts'

const OPEN: readonly string[] = ['getHealth']
const guarded = Object.entries(operations).filter(([id]) => !OPEN.includes(id))

/** A path of an operation; what its parameters name need not exist. */
function somePath(id: OperationId): string {
  return operations[id].path.replace(/\{\w+\}/g, 'x')
}

const setup = {
  ...callers(['alice'], { useless: { subject: 'mallory', scopes: ['other'] } }),
  token: OPERATOR,
}

contract(
  'a broker that authenticates',
  (it) => {
    it('refuses a request without a token, and says what it wants', async (world) => {
      const response = await world.as(undefined).fetch('/event-types')
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect([response.status, await response.text()]).toEqual([
        401,
        '{"type":"https://httpstatus.es/401","title":"Unauthorized","status":401,' +
          '"detail":"Full authentication is required to access this resource"}',
      ])
    })

    it('refuses an unknown token', async (world) => {
      const response = await world.as('secret-of-nobody').fetch('/event-types')
      expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
      expect(await response.json()).toEqual({
        type: 'https://httpstatus.es/401',
        title: 'Unauthorized',
        status: 401,
        detail: 'Access token not valid',
      })
    })

    it('refuses a token that is not good for the operation', async (world) => {
      const response = await world.as('useless').fetch('/event-types')
      expect(response.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="uid"')
      expect(await response.json()).toEqual({
        type: 'https://httpstatus.es/403',
        title: 'Forbidden',
        status: 403,
        detail: 'Insufficient scope for this resource',
      })
    })

    for (const [id, { method, problems }] of guarded) {
      it(`answers 401 without a token and 403 without the scope: ${id}`, async (world) => {
        const path = somePath(id as OperationId)
        expect(problems).toEqual(expect.arrayContaining([401, 403]))
        expect((await world.as(undefined).fetch(path, { method })).status).toBe(401)
        expect((await world.as('useless').fetch(path, { method })).status).toBe(403)
      })
    }

    it('repeats no token to anybody', async (world) => {
      for (const token of ['secret-of-nobody', 'useless', 'alice']) {
        const response = await world.as(token).fetch('/nowhere')
        const said = JSON.stringify([[...response.headers], await response.text()])
        expect(said).not.toContain(token)
      }
    })

    it('says that it is well to everyone', async (world) => {
      expect((await world.as(undefined).fetch('/health')).status).toBe(200)
    })

    it('does not tell strangers which paths and methods there are', async (world) => {
      const { fetch } = world.as(undefined)
      expect((await fetch('/nowhere')).status).toBe(401)
      expect((await fetch('/event-types', { method: 'PATCH' })).status).toBe(401)
    })

    it('takes no token from the query', async (world) => {
      expect((await world.as(undefined).fetch('/event-types?access_token=alice')).status).toBe(401)
    })

    for (const authorization of [
      'alice',
      'Basic alice',
      'Bearer',
      'Bearer a b',
      `Bearer ${'a'.repeat(9000)}`,
    ]) {
      it(`takes no token from ${authorization.slice(0, 20)}`, async (world) => {
        const response = await world.fetch('/event-types', { headers: { authorization } })
        expect(response.status).toBe(401)
        expect(await response.text()).not.toContain('aaaa')
      })
    }

    it('takes the name of the scheme in any case', async (world) => {
      expect((await world.fetch('/event-types', { headers: { authorization: 'bearer alice' } })).status).toBe(
        200,
      )
    })

    it('writes the name of the caller into events', async (world) => {
      const subscription = await world.subscribe()
      await world.as('alice').publish([anOrder(1)])
      const stream = await world.openStream(subscription)
      const { events } = await stream.batch()
      expect(events?.[0]).toMatchObject({ metadata: { published_by: 'alice', event_type: ORDER_PLACED } })
    })
  },
  setup,
)

contract('a broker that does not authenticate', (it) => {
  it('looks at no token', async ({ fetch }) => {
    expect((await fetch('/event-types', { headers: { authorization: 'Bearer whatever' } })).status).toBe(200)
  })
})

contract(
  'a broker whose token service is out of order',
  (it) => {
    it('answers 503', async (world) => {
      const response = await world.as('alice').fetch('/event-types')
      expect([response.status, await jsonOf(response)]).toEqual([
        503,
        {
          type: 'https://httpstatus.es/503',
          title: 'Service Unavailable',
          status: 503,
          detail: 'Token info service is not available',
        },
      ])
    })
  },
  {
    authentication: {
      tokens: { kind: 'tokeninfo', url: 'https://info.example.org' },
      fetch: async (request) =>
        request.headers.get('authorization') === 'Bearer operator'
          ? Response.json({ uid: 'operator', scope: ['uid'] })
          : new Response('', { status: 502 }),
    },
    token: OPERATOR,
  },
)

const scoped = callers([], {
  reader: { subject: 'reader', scopes: ['nakadi.event_stream.read'] },
  writer: { subject: 'writer', scopes: ['nakadi.event_stream.write'] },
})

contract(
  'a broker that asks for a scope for each operation',
  (it) => {
    it('lets a token do what its scope is for, and nothing else', async (world) => {
      const subscription = await world.subscribe()
      await world.as('writer').publish([anOrder(1)])
      await world.as('reader').openStream(subscription)
      const publishing = await world.as('reader').post(`/event-types/${ORDER_PLACED}/events`, [anOrder(2)])
      expect(publishing.status).toBe(403)
      expect(publishing.headers.get('www-authenticate')).toBe(
        'Bearer error="insufficient_scope", scope="nakadi.event_stream.write"',
      )
      expect((await world.as('writer').requestStream(subscription)).status).toBe(403)
      expect((await world.as('reader').fetch('/event-types')).status).toBe(403)
    })
  },
  { ...scoped, authentication: { ...scoped.authentication, mode: 'FULL' }, token: OPERATOR },
)

const ofRealms = callers([], {
  service: { subject: 'service', realm: '/services' },
  employee: { subject: 'employee', realm: '/employees' },
  [OPERATOR]: { subject: OPERATOR, realm: '/services' },
})

contract(
  'a broker that asks for a realm',
  (it) => {
    it('refuses tokens of any other', async (world) => {
      expect((await world.as('service').fetch('/event-types')).status).toBe(200)
      expect((await world.as('employee').fetch('/event-types')).status).toBe(403)
    })
  },
  {
    ...ofRealms,
    authentication: { ...ofRealms.authentication, mode: 'REALM', realms: ['/services'] },
    token: OPERATOR,
  },
)
