import type { CompatibilityMode, SchemaType } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { evolveSchema, type SchemaEvolution } from './evolve-schema.ts'

interface Update {
  readonly from: unknown
  readonly to: unknown
  readonly mode: CompatibilityMode
  readonly updatedMode?: CompatibilityMode
}

function evolve({ from, to, ...modes }: Update, types: [SchemaType, SchemaType]): SchemaEvolution {
  return evolveSchema({
    original: { type: types[0], schema: JSON.stringify(from), version: '1.2.3' },
    updated: { type: types[1], schema: JSON.stringify(to) },
    ...modes,
  })
}

/** The new version, or the broker's refusal. */
function json(update: Update): string {
  const evolution = evolve(update, ['json_schema', 'json_schema'])
  return evolution.ok ? evolution.version : evolution.message
}

function avro(update: Update): string {
  const evolution = evolve(update, ['avro_schema', 'avro_schema'])
  return evolution.ok ? evolution.version : evolution.message
}

describe('a JSON schema', () => {
  const a = { properties: { a: { type: 'string' } } }
  const ab = { properties: { a: { type: 'string' }, b: {} } }

  it.each([
    { what: 'its text stays', to: a, mode: 'forward', want: '1.2.3' },
    { what: 'nothing that counts changes', to: { ...a, definitions: {} }, mode: 'compatible', want: '1.2.4' },
    { what: 'its title changes', to: { ...a, title: 'A' }, mode: 'compatible', want: '1.2.4' },
    { what: 'a property is added', to: { ...ab, title: 'A' }, mode: 'compatible', want: '1.3.0' },
    { what: 'more is required', to: { ...a, required: ['a'] }, mode: 'forward', want: '1.3.0' },
    { what: 'everything changes in mode none', to: { not: {} }, mode: 'none', want: '2.0.0' },
  ] as const)('gets the version $want when $what', ({ to, mode, want }) => {
    expect(json({ from: a, to, mode })).toBe(want)
  })

  it('is refused when a change is major', () => {
    const to = { properties: { b: { type: 'null' } }, additionalProperties: false, title: 'A' }
    expect(json({ from: ab, to, mode: 'forward' })).toBe(
      'Invalid schema: #/properties/a: schema properties cannot be removed, ' +
        '#/additionalProperties: change not allowed',
    )
  })

  it('may require more in mode forward only', () => {
    const to = { ...a, required: ['a'] }
    expect(json({ from: a, to, mode: 'compatible' })).toBe(
      'Invalid schema: #/required: required array changed',
    )
  })

  it('is refused without a reason when its id changes', () => {
    expect(json({ from: a, to: { ...a, id: 'a' }, mode: 'forward' })).toBe('Invalid schema: #/: null')
  })

  it('may be closed on the way from forward to compatible', () => {
    const upgrade = { mode: 'forward', updatedMode: 'compatible' } as const
    const to = { ...ab, additionalProperties: false }
    expect(json({ from: a, to, ...upgrade })).toBe('2.0.0')
    expect(json({ from: a, to, mode: 'forward' })).toBe(
      'Invalid schema: #/additionalProperties: change not allowed',
    )
    expect(json({ from: { properties: { a: {} } }, to: a, ...upgrade })).toBe(
      'Invalid schema: #/properties/a: schema types cannot be narrowed',
    )
  })
})

describe('an Avro schema', () => {
  const record = (...fields: object[]) => ({ type: 'record', name: 'R', fields })
  const a = { name: 'a', type: 'string' }
  const optional = { name: 'b', type: 'int', default: 0 }
  const required = { name: 'b', type: 'int' }

  it('keeps its version when only layout, documentation and aliases change', () => {
    const to = { doc: 'd', ...record({ ...a, doc: 'd', aliases: ['x'] }) }
    expect(avro({ from: record(a), to, mode: 'compatible' })).toBe('1.2.3')
  })

  it.each([
    { what: 'an optional field is added', to: record(a, optional), mode: 'compatible' },
    { what: 'a required field is added', to: record(a, required), mode: 'forward' },
    { what: 'everything changes in mode none', to: 'string', mode: 'none' },
  ] as const)('gets a major version when $what', ({ to, mode }) => {
    expect(avro({ from: record(a), to, mode })).toBe('2.0.0')
  })

  it('is refused when one side could not read the other', () => {
    expect(avro({ from: record(a), to: record(required), mode: 'forward' })).toBe(
      'Failed to evolve avro schema due to ' +
        '[{ type:READER_FIELD_MISSING_DEFAULT_VALUE, location:/fields/0, message:a }]',
    )
    expect(avro({ from: record(a), to: record(a, required), mode: 'compatible' })).toBe(
      'Failed to evolve avro schema due to ' +
        '[{ type:READER_FIELD_MISSING_DEFAULT_VALUE, location:/fields/1, message:b }]',
    )
  })

  it('is judged by the mode that comes with it', () => {
    const update = { from: record(a), to: 'string', mode: 'compatible', updatedMode: 'none' } as const
    expect(avro(update)).toBe('2.0.0')
  })
})

describe('the type of a schema', () => {
  it('may change to Avro, whatever the mode', () => {
    const evolution = evolve({ from: {}, to: 'string', mode: 'compatible' }, ['json_schema', 'avro_schema'])
    expect(evolution).toEqual({ ok: true, level: 'major', version: '2.0.0', changes: [] })
  })

  it('never changes back', () => {
    const evolution = evolve({ from: 'string', to: {}, mode: 'none' }, ['avro_schema', 'json_schema'])
    expect(evolution).toMatchObject({ ok: false, message: 'Cannot change from avro_schema to json_schema!' })
  })
})
