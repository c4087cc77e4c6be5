import { describe, expect, it } from 'vitest'
import { type Claims, DEFAULT_ATTRIBUTE_CLAIMS, identityOf, tokenInfoIdentity } from './identity.ts'

const attributesOf = (claims: Claims) => identityOf(claims, DEFAULT_ATTRIBUTE_CLAIMS)?.attributes

describe('the claims of a token', () => {
  it.each<[string, Claims, unknown]>([
    ['a person', { sub: 'alice' }, [{ data_type: 'user', value: 'alice' }]],
    [
      'a person, not the application that got the token',
      { sub: 'alice', client_id: 'billing' },
      [{ data_type: 'user', value: 'alice' }],
    ],
    [
      'a client that got the token for itself',
      { sub: 'billing', client_id: 'billing' },
      [{ data_type: 'service', value: 'billing' }],
    ],
    ['a client without a subject', { client_id: 'billing' }, [{ data_type: 'service', value: 'billing' }]],
    [
      'the authorized party as the client',
      { sub: 'billing', azp: 'billing' },
      [{ data_type: 'service', value: 'billing' }],
    ],
  ])('name %s', (_, claims, attributes) => {
    expect(attributesOf(claims)).toEqual(attributes)
  })

  it('give teams and groups, as a text or as an array', () => {
    expect(attributesOf({ sub: 'alice', teams: ['a', 'b', 7, ''], groups: 'g' })?.slice(1)).toEqual([
      { data_type: 'team', value: 'a' },
      { data_type: 'team', value: 'b' },
      { data_type: 'group', value: 'g' },
    ])
  })

  it('cannot make somebody else of their owner, however the broker is configured', () => {
    const claims = { sub: 'mallory', teams: ['alice', '*'] }
    const identity = identityOf(claims, { user: 'teams', service: 'teams', '*': 'teams' })
    expect(identity?.attributes).toEqual([{ data_type: 'user', value: 'mallory' }])
  })

  it.each<[Claims, readonly string[]]>([
    [{ scope: 'uid  nakadi.config.write' }, ['uid', 'nakadi.config.write']],
    [{ scp: ['uid', 'other'] }, ['uid', 'other']],
    [{ scope: 7 }, []],
    [{}, []],
  ])('%j give the scopes %j', (claims, scopes) => {
    expect(identityOf({ sub: 'alice', ...claims }, {})?.scopes).toEqual(new Set(scopes))
  })

  it.each<Claims>([{}, { sub: '' }, { sub: 7 }])('%j name nobody', (claims) => {
    expect(identityOf(claims, {})).toBeUndefined()
  })
})

describe('the answer of a token info service', () => {
  it.each([
    ['/services', 'service'],
    ['/employees', 'user'],
  ])('with the realm %s names a %s', (realm, data_type) => {
    expect(tokenInfoIdentity({ uid: 'nora', realm, scope: ['uid'] }, {})).toEqual({
      subject: 'nora',
      realm,
      scopes: new Set(['uid']),
      attributes: [{ data_type, value: 'nora' }],
    })
  })

  it('without a uid names nobody', () => {
    expect(tokenInfoIdentity({ realm: '/services' }, {})).toBeUndefined()
  })
})
