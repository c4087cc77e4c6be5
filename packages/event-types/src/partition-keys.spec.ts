import type { NewEventType } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { type PartitionKeys, partitionKeyPaths, partitionKeys } from './partition-keys.ts'
import { parsePropertyPath } from './property-path.ts'

describe('a path into an event', () => {
  it.each([
    { given: 'a', want: ['a'] },
    { given: 'a.b.c', want: ['a', 'b', 'c'] },
    { given: "a.'b.c'.d", want: ['a', 'b.c', 'd'] },
    { given: 'a\\.b.c', want: ['a.b', 'c'] },
    { given: "it\\'s", want: ["it's"] },
    { given: "'a\\'.b'", want: ["a'.b"] },
    { given: 'a\\\\.b', want: ['a\\', 'b'] },
    { given: 'a..b', want: ['a'] },
    { given: 'a.', want: ['a'] },
    { given: '.a', want: [] },
    { given: '', want: [] },
  ])('$given passes through $want', ({ given, want }) => {
    expect(parsePropertyPath(given)).toEqual(want)
  })
})

function keysOf(
  eventType: Pick<NewEventType, 'category' | 'partition_key_fields'>,
  text: string,
): PartitionKeys {
  return partitionKeys(partitionKeyPaths(eventType), { event: JSON.parse(text), text })
}

describe('the partition keys of an event', () => {
  it.each([
    { value: '"x y"', want: 'x y' },
    { value: '"\\u00e9\\n"', want: 'é\n' },
    { value: '42', want: '42' },
    { value: '-7', want: '-7' },
    { value: '12345678901234567890', want: '12345678901234567890' },
    { value: '1.10', want: '1.1' },
    { value: '1.0', want: '1.0' },
    { value: '1e3', want: '1000.0' },
    { value: '1E7', want: '1.0E7' },
    { value: '1e-4', want: '1.0E-4' },
    { value: '-0', want: '-0.0' },
    { value: 'true', want: 'true' },
    { value: 'null', want: 'null' },
    { value: '{ "b": 1.50 }', want: '{"b":1.50}' },
    { value: '[ 1, 2 ]', want: '[1,2]' },
  ])('are $want for the value $value', ({ value, want }) => {
    const eventType = { category: 'business', partition_key_fields: ['key'] } as const
    expect(keysOf(eventType, `{ "key" : ${value} , "other": 1 }`)).toEqual({ keys: [want] })
  })

  it('come in the order of the fields', () => {
    const eventType = { category: 'undefined', partition_key_fields: ['b.c', 'a'] } as const
    expect(keysOf(eventType, '{"a":"1","b":{"c":"2"}}')).toEqual({ keys: ['2', '1'] })
  })

  it('are looked for inside data when the category is data', () => {
    const eventType = { category: 'data', partition_key_fields: ['id'] } as const
    expect(keysOf(eventType, '{"id":"outer","data":{"id":"inner"}}')).toEqual({ keys: ['inner'] })
  })

  it('are an error that names the first segment that leads nowhere', () => {
    const eventType = { category: 'data', partition_key_fields: ['a.b.c'] } as const
    expect(keysOf(eventType, '{"data":{"a":{}}}')).toEqual({ error: "field b doesn't exist." })
    expect(keysOf(eventType, '{"data":{"a":1}}')).toEqual({ error: "field b doesn't exist." })
    expect(keysOf(eventType, '{}')).toEqual({ error: "field data doesn't exist." })
  })
})
