import { describe, expect, it } from 'vitest'
import { sameSchema } from './same-schema.ts'

const json = (schema: string) => ({ type: 'json_schema', schema }) as const
const avro = (schema: string) => ({ type: 'avro_schema', schema }) as const

describe('two schemas', () => {
  it.each([
    { first: json('{"type":"object","title":"a"}'), second: json('{ "title": "a", "type": "object" }') },
    {
      first: json('{"properties":{"a":{"minimum":1.0}}}'),
      second: json('{"properties":{"a":{"minimum":1}}}'),
    },
    { first: avro('"int"'), second: avro('{"type":"int","logicalType":"date"}') },
    {
      first: avro('{"type":"fixed","name":"a.F","size":1}'),
      second: avro('{"type":"fixed","name":"F","namespace":"a","size":1,"doc":"d"}'),
    },
  ])('are the same whatever their layout: $first.schema and $second.schema', ({ first, second }) => {
    expect(sameSchema(first, second)).toBe(true)
  })

  it.each([
    { first: json('{}'), second: json('{"title":"a"}') },
    { first: json('{"required":["a","b"]}'), second: json('{"required":["b","a"]}') },
    { first: avro('"int"'), second: avro('"long"') },
    { first: json('{"type":"object"}'), second: avro('{"type":"record","name":"R","fields":[]}') },
  ])('differ in content or type: $first.schema and $second.schema', ({ first, second }) => {
    expect(sameSchema(first, second)).toBe(false)
  })
})
