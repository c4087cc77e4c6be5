import avsc from 'avsc'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { avroFingerprint } from './avro-fingerprint.ts'
import { avroValueText } from './avro-json.ts'
import { parseAvroSchema } from './parse-avro-schema.ts'
import { readAvro } from './read-avro.ts'
import { AvroDataError, writeAvro } from './write-avro.ts'

const SCHEMA = {
  type: 'record',
  name: 'org.example.Order',
  fields: [
    { name: 'text', type: 'string' },
    { name: 'flag', type: 'boolean' },
    { name: 'small', type: 'int' },
    { name: 'large', type: 'long' },
    { name: 'single', type: 'float' },
    { name: 'double', type: 'double' },
    { name: 'nothing', type: 'null' },
    { name: 'state', type: { type: 'enum', name: 'State', symbols: ['NEW', 'PAID'] } },
    { name: 'maybe', type: ['null', 'string'], default: null },
    { name: 'list', type: { type: 'array', items: 'int' } },
    { name: 'table', type: { type: 'map', values: 'double' } },
    { name: 'parent', type: ['null', 'Order'], default: null },
  ],
}
const type = parseAvroSchema(JSON.stringify(SCHEMA))
const oracle = avsc.Type.forSchema(SCHEMA as avsc.Schema, { wrapUnions: false })

const { order } = fc.letrec((tie) => ({
  order: fc.record({
    text: fc.string({ unit: 'grapheme' }),
    flag: fc.boolean(),
    small: fc.integer(),
    // The other implementation is inexact beyond.
    large: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
    single: fc.float({ noNaN: true, noDefaultInfinity: true }),
    double: fc.double({ noNaN: true }),
    nothing: fc.constant(null),
    state: fc.constantFrom('NEW', 'PAID'),
    maybe: fc.oneof(fc.constant(null), fc.string()),
    list: fc.array(fc.integer()),
    table: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.double({ noNaN: true })),
    parent: fc.oneof({ depthSize: 'small' }, fc.constant(null), tie('order')),
  }),
}))

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

describe('a value in Avro', () => {
  it('is written as another implementation writes it', () => {
    return fc.assert(
      fc.property(order, (value) => {
        expect(hex(writeAvro(type, value))).toBe(oracle.toBuffer(value).toString('hex'))
      }),
    )
  })

  it('is read back as what was written', () => {
    return fc.assert(
      fc.property(order, (value) => {
        const read = readAvro(type, writeAvro(type, value))
        expect(hex(writeAvro(type, read))).toBe(hex(writeAvro(type, value)))
        expect(read).toMatchObject({ text: Object(value).text, large: Object(value).large })
      }),
    )
  })

  it.each([
    // Section "Primitive Types" of the Avro specification.
    { schema: 'long', value: 0, want: '00' },
    { schema: 'long', value: -1, want: '01' },
    { schema: 'long', value: -64, want: '7f' },
    { schema: 'long', value: 64, want: '8001' },
    { schema: 'long', value: 9_223_372_036_854_775_807n, want: 'feffffffffffffffff01' },
    { schema: 'long', value: -9_223_372_036_854_775_808n, want: 'ffffffffffffffffff01' },
    { schema: 'string', value: 'foo', want: '06666f6f' },
    { schema: 'bytes', value: 'ÿ\0', want: '04ff00' },
    { schema: { type: 'fixed', name: 'F', size: 2 }, value: bytes('0102'), want: '0102' },
    { schema: { type: 'array', items: 'long' }, value: [3, 27], want: '04063600' },
    { schema: ['null', 'string'], value: 'a', want: '020261' },
    { schema: ['int', 'long'], value: 2 ** 40, want: '02808080808040' },
    {
      schema: { type: 'record', name: 'R', fields: [{ name: 'a', type: 'int', default: 7 }] },
      value: {},
      want: '0e',
    },
  ])('of type $schema is written as $want', ({ schema, value, want }) => {
    const given = parseAvroSchema(JSON.stringify(schema))
    const written = writeAvro(given, value)
    expect(hex(written)).toBe(want)
    expect(hex(writeAvro(given, readAvro(given, written)))).toBe(want)
  })

  it.each([
    { schema: 'int', value: 2 ** 31 },
    { schema: 'int', value: 1.5 },
    { schema: 'long', value: 2 ** 63 },
    { schema: 'bytes', value: 'Ā' },
    { schema: ['null', 'int'], value: 'a' },
    { schema: { type: 'enum', name: 'E', symbols: ['A'] }, value: 'B' },
    { schema: { type: 'record', name: 'R', fields: [{ name: 'a', type: 'int' }] }, value: {} },
  ])('of type $schema is never $value', ({ schema, value }) => {
    expect(() => writeAvro(parseAvroSchema(JSON.stringify(schema)), value)).toThrow(AvroDataError)
  })

  it.each([
    { what: 'end too early', schema: 'string', given: '0661' },
    { what: 'go on', schema: 'int', given: '0000' },
    { what: 'name no branch', schema: ['null'], given: '02' },
    { what: 'have a negative length', schema: 'bytes', given: '01' },
    { what: 'never end a number', schema: 'long', given: 'ff'.repeat(11) },
    {
      what: 'promise too many empty items',
      schema: { type: 'array', items: 'null' },
      given: 'feffffffffffffffff0100',
    },
  ])('is refused when its bytes $what', ({ schema, given }) => {
    expect(() => readAvro(parseAvroSchema(JSON.stringify(schema)), bytes(given))).toThrow(AvroDataError)
  })

  it('is refused when it is nested too deeply', () => {
    const list = parseAvroSchema(
      '{"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]}]}',
    )
    expect(() => readAvro(list, bytes(`${'02'.repeat(100_000)}00`))).toThrow('inside each other')
  })

  it('survives any bytes', () => {
    return fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (given) => {
        try {
          readAvro(type, given)
        } catch (error) {
          expect(error).toBeInstanceOf(AvroDataError)
        }
      }),
    )
  })

  it('is printed as JSON', () => {
    const value = {
      long: 9_223_372_036_854_775_807n,
      bytes: bytes('ff00'),
      none: Number.NaN,
      list: [null, 'a"b'],
    }
    expect(avroValueText(value)).toBe(
      '{"long":9223372036854775807,"bytes":"ÿ\\u0000","none":"NaN","list":[null,"a\\"b"]}',
    )
  })

  it('keeps the few digits of a float', () => {
    expect(readAvro(parseAvroSchema('"float"'), writeAvro(parseAvroSchema('"float"'), 0.1))).toBe(0.1)
  })
})

describe('the fingerprint of an Avro schema', () => {
  it.each([
    { schema: '"null"', want: '63dd24e7cc258f8a' },
    { schema: '"boolean"', want: '9f42fc78a4d4f764' },
    { schema: '"int"', want: '7275d51a3f395c8f' },
    { schema: '{"type":"string","logicalType":"uuid"}', want: '8f014872634503c7' },
  ])('of $schema is $want', ({ schema, want }) => {
    expect(avroFingerprint(parseAvroSchema(schema)).toString(16)).toBe(want)
  })
})
