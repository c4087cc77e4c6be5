import { completeEventType } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseText } from '../definitions/parse-text.ts'
import { readDefinition } from '../definitions/read-definition.ts'
import { definitionFileName, formatDefinition, isPulled } from './definition-file.ts'

function eventType(schema: string): EventType {
  return completeEventType(
    {
      name: 'order.placed',
      owning_application: 'shop',
      category: 'undefined',
      schema: { type: 'json_schema', schema },
    },
    0,
  )
}

describe('a definition file', () => {
  it('has the schema as an object, its version, and no times', () => {
    expect(parse(formatDefinition(eventType('{"properties": {"b": {}, "a": {}}}'), 'yaml'))).toMatchObject({
      name: 'order.placed',
      schema: { type: 'json_schema', version: '1.0.0', schema: { properties: { b: {}, a: {} } } },
    })
    expect(formatDefinition(eventType('{}'), 'yaml')).not.toContain('_at:')
  })

  it.each([
    { name: 'a number that JavaScript cannot hold', schema: '{"maximum": 12345678901234567890}' },
    { name: 'a number written in another way', schema: '{"multipleOf": 1.0}' },
    { name: 'a name twice', schema: '{"title":"a","title":"b"}' },
    { name: 'no JSON', schema: '{' },
  ])('keeps the text of a schema with $name', ({ schema }) => {
    expect(parse(formatDefinition(eventType(schema), 'yaml')).schema.schema).toBe(schema)
  })

  it('keeps what a registry answers beyond the API', () => {
    const extended = { ...eventType('{}'), topic: 'x' }
    expect(parse(formatDefinition(extended, 'yaml'))).toMatchObject({ topic: 'x' })
  })

  it('gives the same event type when it is read, in either format, whatever the schema', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.constantFrom('yaml', 'json'),
        (schema, format) => {
          const original = eventType(JSON.stringify(schema))
          const text = formatDefinition(original, format)
          const parsed = parseText(`x.${format}`, text)
          const read = readDefinition(parsed.ok ? parsed.value : undefined)
          expect(isPulled(text)).toBe(true)
          expect(read).toMatchObject({ ok: true, schemaVersion: '1.0.0' })
          expect(read.ok && JSON.parse(read.eventType.schema.schema)).toEqual(
            JSON.parse(original.schema.schema),
          )
        },
      ),
    )
  })
})

describe('the name of a definition file', () => {
  const hash = () => '0123456789'
  it.each([
    { eventType: 'order.order-placed', want: 'order.order-placed.yaml' },
    { eventType: 'Order.placed', want: 'order.placed-01234567.yaml' },
    { eventType: 'nul.placed', want: 'nul.placed-01234567.yaml' },
    { eventType: '../../etc/passwd', want: 'x._.._etc_passwd-01234567.yaml' },
  ])('of $eventType is $want', ({ eventType, want }) => {
    expect(definitionFileName(eventType, 'yaml', hash)).toBe(want)
  })

  it('stays within what file systems allow', () => {
    expect(definitionFileName('a'.repeat(255), 'yaml', hash).length).toBeLessThan(230)
  })
})
