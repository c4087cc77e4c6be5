import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEventValidator, type EventValidator } from './event-validator.ts'

function validator(schema: string): EventValidator {
  return createEventValidator({ name: 'a', category: 'undefined', schema: { type: 'json_schema', schema } })
}

const inherited = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf']

describe('property names that every object seems to have', () => {
  it.each(inherited)('are required as such: %s', (name) => {
    const validate = validator(JSON.stringify({ required: [name] }))
    expect(validate({})).toBe(`#: required key [${name}] not found`)
    expect(validate(JSON.parse(`{"${name}":1}`))).toBeUndefined()
  })

  it.each(inherited)('are checked as such: %s', (name) => {
    const validate = validator(`{"properties":{"${name}":{"type":"string"}},"additionalProperties":false}`)
    expect(validate({})).toBeUndefined()
    expect(validate(JSON.parse(`{"${name}":"a"}`))).toBeUndefined()
    expect(validate(JSON.parse(`{"${name}":1}`))).toBe(`#/${name}: expected type: String, found: Integer`)
  })

  it.each(inherited)('are no extra properties of an empty event: %s', (name) => {
    const validate = validator('{"type":"object","additionalProperties":false}')
    expect(validate(JSON.parse(`{"${name}":1}`))).toBe(`#: extraneous key [${name}] is not permitted`)
  })

  it('are none when the event only inherits them', () => {
    const validate = validator('{"properties":{"a":{"type":"string"}},"additionalProperties":false}')
    expect(validate(Object.create({ a: 1, b: 2 }))).toBeUndefined()
  })

  it('do not break comparisons', () => {
    const validate = validator('{"properties":{"x":{"enum":[{"valueOf":1}]},"y":{"uniqueItems":true}}}')
    expect(validate({ x: { valueOf: 1 }, y: [{ toString: 1 }, { toString: 2 }] })).toBeUndefined()
    expect(validate({ x: { valueOf: 2 } })).toBe('#/x: {"valueOf":2} is not a valid enum value')
  })
})

describe('texts of a schema', () => {
  const payload = '*/globalThis.escaped=true;/*'

  it('do not become code', () => {
    const texts = [
      payload,
      `"${payload}`,
      `'${payload}`,
      `\`\${${payload}}`,
      `\n${payload}`,
      `\u2028${payload}`,
    ]
    for (const text of texts) {
      const schema = {
        $id: text,
        id: text,
        title: text,
        description: text,
        properties: { [text]: { $id: text, enum: [text] } },
        required: [text],
        patternProperties: { 'x"\'`': { format: text } },
      }
      const validate = validator(JSON.stringify(schema))
      expect(validate({ [text]: text })).toBeUndefined()
      expect(validate({})).toBe(`#: required key [${text}] not found`)
    }
    expect(Object.hasOwn(globalThis, 'escaped')).toBe(false)
  })

  it('name nothing: nested ids do not collide', () => {
    const schema = {
      $id: 'a',
      properties: { x: { $id: 'a', type: 'string' }, y: { $id: 'a', type: 'null' } },
    }
    expect(validator(JSON.stringify(schema))({ x: 'a', y: null })).toBeUndefined()
  })

  it('are found literally, whatever the property name', () => {
    return fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5 }), (name) => {
        const validate = validator(
          JSON.stringify({ required: [name], properties: { [name]: { type: 'null' } } }),
        )
        expect(validate(Object.fromEntries([[name, null]]))).toBeUndefined()
        expect(validate({})).toBe(`#: required key [${name}] not found`)
      }),
    )
  })
})

describe('patterns', () => {
  it('take linear time', () => {
    const validate = validator('{"properties":{"x":{"pattern":"^(a+)+$"}}}')
    expect(validate({ x: `${'a'.repeat(50_000)}!` })).toContain('does not match pattern')
  })

  it('are told apart from patterns that look like them', () => {
    const validate = validator('{"properties":{"a":{"pattern":"^abc$"},"b":{"pattern":"/^abc$/"}}}')
    expect(validate({ a: 'abc', b: 'abc' })).toBe('#/b: string [abc] does not match pattern /^abc$/')
  })
})

describe('events', () => {
  it('that are nested deeper than a recursive schema can follow are refused', () => {
    let event = {}
    for (let depth = 0; depth < 100_000; depth += 1) event = { x: event }
    expect(validator('{"properties":{"x":{"$ref":"#"}}}')(event)).toBe('#: the event is nested too deeply')
  })

  it('with many items are compared in linear time', () => {
    const items = [...Array(50_000).keys()].map((index) => ({ index }))
    const validate = validator('{"properties":{"x":{"uniqueItems":true}}}')
    expect(validate({ x: items })).toBeUndefined()
    expect(validate({ x: [...items, { index: 7 }] })).toBe('#/x: array items are not unique')
  })
})
