import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LockedType } from '../lock/lock-file.ts'
import { resolveReferences } from '../schema/resolve-references.ts'
import { writeTypes } from './write-types.ts'

type Properties = Readonly<Record<string, unknown>>
type Pinned = Readonly<Record<string, LockedType>>

const STATES = { enum: ['new', 'open', 'paid', 'sent'] }
const COLOURS = { enum: ['red', 'green', 'blue', 'grey'] }

/** Writes the types of an object: what the types of its properties are called, and the names for the lock file. */
function write(properties: Properties, pinned: Pinned = {}, definitions: Properties = {}) {
  // Nodes of a schema that was parsed are never shared.
  const root = JSON.parse(JSON.stringify({ type: 'object', properties, definitions }))
  const naming = { words: ['T'], rootName: 'T', reserved: [], pinned }
  const { declarations, types } = writeTypes(root, resolveReferences(root), naming)
  const members = [...(declarations[0] ?? '').matchAll(/readonly (\w+)\?: (\w+)\n/g)]
  const names = Object.fromEntries(members.map(([, property = '', type = '']) => [property, type]))
  return { names, types, exported: declarations.length }
}

describe('enumerations of the same values', () => {
  it('are one type, called as the place with the shortest name', () => {
    const { names, types, exported } = write({ former_state: STATES, state: STATES, colour: COLOURS })
    expect(names).toEqual({ former_state: 'TState', state: 'TState', colour: 'TColour' })
    expect(Object.keys(types)).toEqual(['TColour', 'TState'])
    expect(exported).toBe(3)
  })

  it('are what they are in whatever order, and differ from those that may grow', () => {
    const grows = { type: 'string', 'x-extensible-enum': STATES.enum }
    const { names } = write({ a: STATES, ab: { enum: [...STATES.enum].reverse() }, b: grows })
    expect(names).toEqual({ a: 'TA', ab: 'TA', b: 'TB' })
  })

  it('have the names that their author gave them where references lead to them', () => {
    const references = { a: { $ref: '#/definitions/one' }, b: { $ref: '#/definitions/two' } }
    const { names } = write(references, {}, { one: STATES, two: STATES })
    expect(names).toEqual({ a: 'TOne', b: 'TTwo' })
  })

  it.each([
    { what: 'a place with a shorter name comes', after: { former: STATES, state: STATES, a: STATES } },
    { what: 'the place that they are called by goes', after: { former: STATES, a: STATES } },
  ])('keep their name when $what', ({ after }) => {
    const { types } = write({ former: STATES, state: STATES })
    const { names } = write(after, types)
    expect(new Set(Object.values(names))).toEqual(new Set(['TState']))
  })

  it('keep both of two names that they had before', () => {
    const pinned = { ...write({ a: STATES }).types, ...write({ ab: STATES }).types }
    expect(write({ a: STATES, ab: STATES, b: STATES }, pinned).names).toEqual({ a: 'TA', ab: 'TAb', b: 'TA' })
    expect(Object.keys(write({ x: STATES, y: STATES }, pinned).types)).toEqual(['TA', 'TAb'])
  })

  it('leave the name with the values when one of them changes', () => {
    const { types } = write({ former: STATES, state: STATES })
    const { names } = write({ former: STATES, state: COLOURS }, types)
    expect(names).toEqual({ former: 'TState', state: 'TState2' })
  })

  it('leave to a definition what it is called, and are the same when they are written again', () => {
    const place = fc.constantFrom('a', 'status', 'foo_bar', 'fooBar')
    const value = fc.constantFrom(
      STATES,
      COLOURS,
      { $ref: '#/definitions/status' },
      { type: 'string', ...STATES },
    )
    const nested = fc.dictionary(place, value, { minKeys: 1 }).map((properties) => ({ properties }))
    const properties = fc.dictionary(place, fc.oneof(value, nested))
    fc.assert(
      fc.property(properties, (schema) => {
        const first = write(schema, {}, { status: STATES })
        expect(write(schema, first.types, { status: STATES })).toEqual(first)
      }),
    )
  })

  it('keep all names when others come in any place', () => {
    const place = fc.constantFrom('a', 'b', 'c_d', 'cd', 'e')
    const values = fc.constantFrom(STATES, COLOURS)
    const properties = fc.dictionary(place, values, { minKeys: 1 })
    fc.assert(
      fc.property(properties, properties, (before, others) => {
        const first = write(before)
        expect(write({ ...others, ...before }, first.types).names).toMatchObject(first.names)
      }),
    )
  })
})
