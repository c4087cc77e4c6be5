import type { AuthorizationAttribute } from '@rioni/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AuthorizationLists,
  anyone,
  type Caller,
  denialText,
  hasAnyOf,
  isNakadiAdmin,
  mayTouchEventsOf,
  missingEventTypeRight,
  missingSubscriptionRight,
  type Principal,
  type Right,
} from './authorization.ts'
import { emptyState } from './state.ts'

const user = (value: string): AuthorizationAttribute => ({ data_type: 'user', value })
const principal = (...names: readonly string[]): Principal => ({
  subject: names[0] ?? 'nobody',
  realm: '',
  attributes: names.map(user),
})

const lists = { admins: [user('admin')], readers: [user('reader')], writers: [user('writer')] }
const operators = { admins: [user('op-admin')], readers: [user('op-reader')], writers: [user('op-writer')] }

function caller(who: Principal): Caller {
  return {
    principal: who,
    state: { ...emptyState, settings: { ...emptyState.settings, admins: operators } },
    policy: { defaultAdmin: user('root'), allDataReaders: [user('archive')] },
  }
}

const RIGHTS: readonly Right[] = ['VIEW', 'READ', 'WRITE', 'ADMIN']

function rightsOn(authorization: AuthorizationLists | null, who: Principal): readonly Right[] {
  const section = authorization === null ? null : { writers: [], ...authorization }
  return RIGHTS.filter(
    (right) =>
      missingEventTypeRight(caller(who), { name: 'e', authorization: section }, [right]) === undefined,
  )
}

describe('the rights on an event type', () => {
  it.each<[string, readonly Right[]]>([
    ['admin', ['VIEW', 'ADMIN']],
    ['reader', ['VIEW', 'READ']],
    ['writer', ['VIEW', 'WRITE']],
    ['archive', ['VIEW', 'READ']],
    ['root', ['VIEW', 'ADMIN']],
    ['op-admin', ['VIEW']],
    ['op-writer', ['ADMIN']],
    ['op-reader', []],
    ['stranger', []],
  ])('of %s are %j', (name, rights) => {
    expect(rightsOn(lists, principal(name))).toEqual(rights)
  })

  it('are everyone’s without a section', () => {
    expect(rightsOn(null, principal('stranger'))).toEqual(RIGHTS)
  })

  it('are nobody’s where the lists are empty, but for those who run the broker', () => {
    const closed = { admins: [], readers: [], writers: [] }
    expect(rightsOn(closed, principal('stranger', '*'))).toEqual([])
    expect(rightsOn(closed, principal('root'))).toEqual(['VIEW', 'ADMIN'])
  })

  it('are all the rights of whoever is not authenticated because nobody is', () => {
    expect(rightsOn(lists, anyone)).toEqual(RIGHTS)
    expect(isNakadiAdmin(caller(anyone), 'ADMIN')).toBe(true)
  })

  it('are refused in the order in which they are asked for', () => {
    const missing = missingEventTypeRight(
      caller(principal('stranger')),
      { name: 'e', authorization: lists },
      ['READ', 'VIEW'],
    )
    expect(missing && denialText(missing)).toBe('Access on READ event-type:e denied')
  })
})

describe('the rights on a subscription', () => {
  it('need no list of writers', () => {
    const { admins, readers } = lists
    const subscription = { id: 'id-1', authorization: { admins, readers } }
    expect(
      missingSubscriptionRight(caller(principal('reader')), subscription, ['VIEW', 'READ']),
    ).toBeUndefined()
    const missing = missingSubscriptionRight(caller(principal('reader')), subscription, ['ADMIN'])
    expect(missing && denialText(missing)).toBe('Access on ADMIN subscription:id-1 denied')
  })
})

describe('an attribute', () => {
  it('is had by whoever has the same type and the same value', () => {
    const team = { data_type: 'team', value: 'alice' }
    expect(hasAnyOf(principal('alice'), [user('alice')])).toBe(true)
    expect(hasAnyOf(principal('alice'), [team])).toBe(false)
  })

  it('of type and value * is had by everyone', () => {
    expect(hasAnyOf(principal(), [{ data_type: '*', value: '*' }])).toBe(true)
  })

  it.each([
    { data_type: 'user', value: '*' },
    { data_type: '*', value: 'alice' },
  ])('is no pattern otherwise: %j', (attribute) => {
    expect(hasAnyOf(principal('alice'), [attribute])).toBe(false)
  })

  it('that is claimed to be * is no wildcard', () => {
    const claiming = { ...principal('mallory'), attributes: [{ data_type: '*', value: '*' }] }
    expect(hasAnyOf(claiming, [user('alice')])).toBe(false)
  })

  it('can be had by nobody when none is wanted', () => {
    fc.assert(fc.property(fc.array(fc.string()), (names) => !hasAnyOf(principal(...names), [])))
  })

  it('more never takes a right away', () => {
    const names = fc.array(fc.constantFrom('admin', 'reader', 'writer', 'archive', 'root', 'x'))
    fc.assert(
      fc.property(names, names, (some, more) => {
        const before = rightsOn(lists, principal(...some))
        const after = rightsOn(lists, principal(...some, ...more))
        return before.every((right) => after.includes(right))
      }),
    )
  })
})

describe('an event', () => {
  it('without an owner is everyone’s', () => {
    expect(mayTouchEventsOf(principal('stranger'), undefined)).toBe(true)
  })

  it('is its owner’s', () => {
    expect(mayTouchEventsOf(principal('alice'), { name: 'user', value: 'alice' })).toBe(true)
    expect(mayTouchEventsOf(principal('bob'), { name: 'user', value: 'alice' })).toBe(false)
  })
})
