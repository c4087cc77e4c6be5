import { describe, expect, it } from 'vitest'
import { avroCanonicalForm } from './avro-canonical-form.ts'
import { parseAvroSchema } from './parse-avro-schema.ts'

function canonical(schema: unknown): string {
  return avroCanonicalForm(parseAvroSchema(JSON.stringify(schema)))
}

function nested(depth: number): unknown {
  return depth === 0 ? 'int' : { type: 'array', items: nested(depth - 1) }
}

describe('the canonical form of an Avro schema', () => {
  it.each([
    { given: 'int', want: '"int"' },
    { given: { type: 'long', logicalType: 'timestamp-millis' }, want: '"long"' },
    { given: { type: { type: 'string' } }, want: '"string"' },
    { given: ['null', { type: 'map', values: 'bytes' }], want: '["null",{"type":"map","values":"bytes"}]' },
    {
      given: {
        type: 'enum',
        namespace: 'a.b',
        name: 'E',
        symbols: ['X'],
        doc: 'd',
        aliases: ['F'],
        default: 'X',
      },
      want: '{"name":"a.b.E","type":"enum","symbols":["X"]}',
    },
    {
      given: { type: 'fixed', name: 'a.F', namespace: 'ignored', size: 4 },
      want: '{"name":"a.F","type":"fixed","size":4}',
    },
    {
      given: {
        type: 'record',
        name: 'a.R',
        fields: [
          { type: ['null', 'R'], name: 'next', default: null, order: 'ignore' },
          { name: 'other', type: { type: 'array', items: { type: 'a.R' } } },
        ],
      },
      want:
        '{"name":"a.R","type":"record","fields":[{"name":"next","type":["null","a.R"]},' +
        '{"name":"other","type":{"type":"array","items":"a.R"}}]}',
    },
  ])('of $given is $want', ({ given, want }) => {
    expect(canonical(given)).toBe(want)
  })
})

describe('an Avro schema', () => {
  const record = (...fields: unknown[]) => ({ type: 'record', name: 'R', fields })

  it.each([
    { given: 'x', want: 'Undefined name: "x"' },
    { given: 5, want: 'Schema not yet supported: 5' },
    { given: { name: 'x' }, want: 'No type: {"name":"x"}' },
    { given: { type: 'array' }, want: 'No items type: {"type":"array"}' },
    { given: { type: 'map' }, want: 'No values type: {"type":"map"}' },
    { given: ['int', ['null']], want: 'Nested union: ["int",["null"]]' },
    { given: ['int', { type: 'int' }], want: 'Duplicate in union:int' },
    { given: { type: 'record', name: 'R' }, want: 'Record has no fields: {"type":"record","name":"R"}' },
    { given: { type: 'record', fields: [] }, want: 'No name in schema: {"type":"record","fields":[]}' },
    { given: { type: 'record', name: '', fields: [] }, want: 'Empty name' },
    { given: { type: 'record', name: '1R', fields: [] }, want: 'Illegal initial character: 1R' },
    { given: { type: 'record', name: 'R-S', fields: [] }, want: 'Illegal character in: R-S' },
    {
      given: { type: 'record', name: 'int', fields: [] },
      want: 'Schemas may not be named after primitives: int',
    },
    { given: record({ type: 'int' }), want: 'No field name: {"type":"int"}' },
    { given: record({ name: 'a' }), want: 'No field type: {"name":"a"}' },
    {
      given: record({ name: 'a', type: 'int' }, { name: 'a', type: 'int' }),
      want: 'Duplicate field a in record R',
    },
    {
      given: record({ name: 'a', type: { type: 'fixed', name: 'R', size: 1 } }),
      want: "Can't redefine: R",
    },
    {
      given: record({ name: 'a', type: 'int', default: 'x' }),
      want: 'Invalid default for field a: "x" not a "int"',
    },
    {
      given: record({ name: 'a', type: ['null', 'int'], default: 1 }),
      want: 'Invalid default for field a: 1 not a "union"',
    },
    { given: { type: 'enum', name: 'E' }, want: 'Enum has no symbols: {"type":"enum","name":"E"}' },
    { given: { type: 'enum', name: 'E', symbols: ['A', 'A'] }, want: 'Duplicate enum symbol: A' },
    {
      given: { type: 'enum', name: 'E', symbols: ['A'], default: 'B' },
      want: 'The Enum Default: B is not in the enum symbol set: [A]',
    },
    {
      given: { type: 'fixed', name: 'F', size: -1 },
      want: 'Invalid or no size: {"type":"fixed","name":"F","size":-1}',
    },
    { given: nested(65), want: 'more than 64 types inside each other' },
  ])('is refused when it is $given', ({ given, want }) => {
    expect(() => parseAvroSchema(JSON.stringify(given))).toThrow(want)
  })

  it('may contain itself only by name', () => {
    expect(parseAvroSchema(JSON.stringify(record({ name: 'a', type: ['null', 'R'] })))).toMatchObject({
      name: 'R',
    })
  })
})
