import { describe, expect, it } from 'vitest'
import { avroIncompatibilities } from './avro-resolution.ts'
import { parseAvroSchema } from './parse-avro-schema.ts'

function problems(reader: unknown, writer: unknown): string[] {
  const [first, second] = [reader, writer].map((schema) => parseAvroSchema(JSON.stringify(schema)))
  if (first === undefined || second === undefined) return []
  return avroIncompatibilities(first, second).map(
    ({ type, location, message }) => `${location} ${type} ${message}`,
  )
}

const enumOf = (...symbols: string[]) => ({ type: 'enum', name: 'E', symbols })
const fixed = (size: number) => ({ type: 'fixed', name: 'F', size })
const record = (...fields: unknown[]) => ({ type: 'record', name: 'R', fields })
const field = (type: unknown, more: object = {}) => ({ name: 'a', type, ...more })

describe('a reader', () => {
  it.each([
    { reader: 'long', writer: 'int' },
    { reader: 'double', writer: 'float' },
    { reader: 'string', writer: 'bytes' },
    { reader: 'bytes', writer: 'string' },
    { reader: ['null', 'long'], writer: 'int' },
    { reader: 'long', writer: ['int', 'long'] },
    { reader: ['null', 'int'], writer: ['int', 'null'] },
    { reader: enumOf('A', 'B'), writer: enumOf('B') },
    { reader: { ...enumOf('A'), default: 'A' }, writer: enumOf('A', 'B') },
    { reader: record(field('int', { default: 1 })), writer: record() },
    { reader: record(), writer: record(field('int')) },
    { reader: record(field('int', { aliases: ['b'] })), writer: record({ name: 'b', type: 'int' }) },
    { reader: { ...record(), aliases: ['Q'] }, writer: { ...record(), name: 'Q' } },
    { reader: { ...record(), namespace: 'x' }, writer: { ...record(), namespace: 'y' } },
  ])('$reader reads what $writer writes', ({ reader, writer }) => {
    expect(problems(reader, writer)).toEqual([])
  })

  it.each([
    {
      reader: 'int',
      writer: 'long',
      want: '/ TYPE_MISMATCH reader type: INT not compatible with writer type: LONG',
    },
    {
      reader: { type: 'array', items: 'int' },
      writer: { type: 'array', items: 'string' },
      want: '/items TYPE_MISMATCH reader type: INT not compatible with writer type: STRING',
    },
    {
      reader: { type: 'map', values: 'int' },
      writer: { type: 'map', values: 'string' },
      want: '/values TYPE_MISMATCH reader type: INT not compatible with writer type: STRING',
    },
    {
      reader: ['null', 'int'],
      writer: 'string',
      want: '/ MISSING_UNION_BRANCH reader union lacking writer type: STRING',
    },
    {
      reader: ['null', 'int'],
      writer: ['null', 'string'],
      want: '/1 MISSING_UNION_BRANCH reader union lacking writer type: STRING',
    },
    { reader: enumOf('A'), writer: enumOf('A', 'B'), want: '/symbols MISSING_ENUM_SYMBOLS [B]' },
    { reader: fixed(2), writer: fixed(3), want: '/size FIXED_SIZE_MISMATCH expected: 3, found: 2' },
    { reader: record(), writer: { ...record(), name: 'Q' }, want: '/name NAME_MISMATCH expected: Q' },
    {
      reader: record(field('int')),
      writer: record(),
      want: '/fields/0 READER_FIELD_MISSING_DEFAULT_VALUE a',
    },
    {
      reader: record(field(['null', 'R']), { name: 'b', type: 'int' }),
      writer: record(field(['null', 'R']), { name: 'b', type: 'string' }),
      want: '/fields/1/type TYPE_MISMATCH reader type: INT not compatible with writer type: STRING',
    },
  ])('$reader does not read what $writer writes', ({ reader, writer, want }) => {
    expect(problems(reader, writer)).toEqual([want])
  })

  it('is compared in reasonable time when records contain records again and again', () => {
    const doubling = (last: string) => {
      const first: unknown = { type: 'record', name: 'R0', fields: [{ name: 'a', type: last }] }
      return Array.from({ length: 25 }, (_, index) => index + 1).reduce(
        (inner, level) => ({
          type: 'record',
          name: `R${level}`,
          fields: [
            { name: 'a', type: inner },
            { name: 'b', type: `R${level - 1}` },
          ],
        }),
        first,
      )
    }
    expect(problems(doubling('int'), doubling('long')).length).toBeGreaterThan(0)
  })
})
