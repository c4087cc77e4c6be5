import { describe, expect, it } from 'vitest'
import { compareContract } from './contract-verdict.ts'
import type { Role } from './event-type-change.ts'
import { snapshotOfDefinition } from './event-type-snapshot.ts'

/** One event type whose schema has these properties. */
function having(...properties: string[]) {
  const schema = { properties: Object.fromEntries(properties.map((name) => [name, { type: 'string' }])) }
  const definition = { name: 'a', owning_application: 'shop', category: 'business' } as const
  return new Map([
    [
      'a',
      snapshotOfDefinition({
        ...definition,
        schema: { type: 'json_schema', schema: JSON.stringify(schema) },
      }),
    ],
  ])
}

const both: readonly Role[] = ['consumer', 'producer']

describe('code, definitions and registry', () => {
  it.each([
    { name: 'all the same', lock: having('x'), files: having('x'), registry: having('x'), want: 'current' },
    {
      name: 'new definitions',
      lock: having('x'),
      files: having('x', 'y'),
      registry: having('x'),
      want: 'stale',
    },
    {
      name: 'definitions that were pulled',
      lock: having('x'),
      files: having('x', 'y'),
      registry: having('x', 'y'),
      want: 'stale',
    },
    {
      name: 'a registry that has more',
      lock: having('x'),
      files: having('x'),
      registry: having('x', 'y'),
      want: 'moved',
    },
    {
      name: 'a registry that has more, without definitions',
      lock: having('x'),
      registry: having('x', 'y'),
      want: 'moved',
    },
    {
      name: 'a registry that has more, without code',
      files: having('x'),
      registry: having('x', 'y'),
      want: 'moved',
    },
    {
      name: 'a registry that has less',
      lock: having('x', 'y'),
      files: having('x', 'y'),
      registry: having('x'),
      want: 'breaking',
    },
    { name: 'a registry without the event type', lock: having('x'), registry: new Map(), want: 'breaking' },
    { name: 'a registry that nobody asked', lock: having('x'), files: having('x'), want: 'current' },
  ])('come to $want with $name', ({ want, name: _, ...input }) => {
    expect(compareContract(input, both).verdict).toBe(want)
  })

  it('break those alone whose side it is', () => {
    const input = { lock: having('x', 'y'), registry: having('x') }
    expect(compareContract(input, ['producer']).verdict).toBe('moved')
    expect(compareContract(input, ['consumer']).verdict).toBe('breaking')
  })
})
