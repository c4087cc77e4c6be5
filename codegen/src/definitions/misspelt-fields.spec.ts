import { describe, expect, it } from 'vitest'
import { loadSource } from '../sources/load-sources.ts'

function warnings(fields: object) {
  const event = { name: 'a.b', owning_application: 'shop', category: 'undefined', schema: {}, ...fields }
  const texts = new Map([['event.json', JSON.stringify(event)]])
  const { definitions, diagnostics } = loadSource({ texts, links: new Set(), diagnostics: [] })
  expect(definitions).toHaveLength(1)
  return diagnostics
}

describe('a field of a definition', () => {
  it('is a warning when it is most likely a slip', () => {
    expect(warnings({ compatibility_mod: 'compatible' })).toMatchObject([
      {
        severity: 'warning',
        file: 'event.json',
        pointer: '/compatibility_mod',
        message: 'the field compatibility_mod has no effect',
        remedy: 'Did you mean compatibility_mode?',
      },
    ])
  })

  it.each([
    { compatibility_mode: 'none' },
    { replication_factor: 3 },
    { 'x-options': {} },
    { created_at: '' },
  ])('is none when it is known or resembles nothing: %o', (fields) => {
    expect(warnings(fields)).toEqual([])
  })
})
