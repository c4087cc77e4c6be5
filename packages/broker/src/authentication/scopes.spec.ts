import { type OperationId, operations } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import type { Identity } from './identity.ts'
import { OPERATION_SCOPES, requiredScope, type Scope, satisfies } from './scopes.ts'

const ids = Object.keys(OPERATION_SCOPES)

/** The rules of the mode FULL as Nakadi writes them, on methods and paths; the first that fits counts. */
const FULL: readonly [methods: RegExp, path: RegExp, scope: Scope][] = [
  [/^GET$/, /^\/event-types\/[^/]+\/(partitions|events)\b/, 'nakadi.event_stream.read'],
  [
    /^POST$/,
    /^\/event-types\/[^/]+\/(shifted-cursors|cursors-lag|cursor-distances)$/,
    'nakadi.event_stream.read',
  ],
  [/^POST$/, /^\/event-types\/[^/]+\/events\b/, 'nakadi.event_stream.write'],
  [/^DELETE$/, /^\/event-types\//, 'nakadi.config.write'],
  [/^(POST|PUT)$/, /^\/event-types\b/, 'nakadi.event_type.write'],
  [/^(GET|POST|DELETE)$/, /^\/subscriptions\b/, 'nakadi.event_stream.read'],
  [/./, /./, 'uid'],
]

describe('the scope of an operation', () => {
  it('is known for every operation there is', () => {
    expect([...ids].sort()).toEqual(Object.keys(operations).sort())
  })

  it.each(Object.entries(operations))('is that of its path in the mode FULL: %s', (id, { method, path }) => {
    if (id === 'getHealth') return
    const [, , scope] = FULL.find(([methods, paths]) => methods.test(method) && paths.test(path)) ?? []
    expect(requiredScope('FULL', id as OperationId)).toBe(scope)
  })

  it.each(['BASIC', 'REALM'] as const)('is uid in the mode %s', (mode) => {
    expect(requiredScope(mode, 'publishEvents')).toBe('uid')
  })

  it.each(['BASIC', 'REALM', 'FULL'] as const)(
    'is none for the health of the broker in the mode %s',
    (mode) => {
      expect(requiredScope(mode, 'getHealth')).toBeUndefined()
    },
  )

  it('is uid where there is no operation', () => {
    expect(requiredScope('FULL', undefined)).toBe('uid')
  })
})

describe('a token', () => {
  const token: Identity = { subject: 'alice', realm: '/employees', scopes: new Set(['uid']), attributes: [] }

  it('is good for the scopes that it has', () => {
    const rules = { mode: 'FULL', realms: [] } as const
    expect(satisfies(token, 'uid', rules)).toBe(true)
    expect(satisfies(token, 'nakadi.config.write', rules)).toBe(false)
    expect(satisfies({ ...token, scopes: 'all' }, 'nakadi.config.write', rules)).toBe(true)
  })

  it('needs one of the realms in the mode REALM, and only there', () => {
    const realms = ['/services']
    expect(satisfies(token, 'uid', { mode: 'REALM', realms })).toBe(false)
    expect(satisfies(token, 'uid', { mode: 'REALM', realms: ['/x', '/employees'] })).toBe(true)
    expect(satisfies(token, 'uid', { mode: 'BASIC', realms })).toBe(true)
  })
})
