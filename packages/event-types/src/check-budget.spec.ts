import { describe, expect, it } from 'vitest'
import { createEventValidator } from './event-validator.ts'

const TOO_LONG = '#: the event takes too long to check'

function validator(schema: object) {
  const text = JSON.stringify(schema)
  return createEventValidator({
    name: 'a',
    category: 'undefined',
    schema: { type: 'json_schema', schema: text },
  })
}

function array<T>(length: number, item: T): T[] {
  return Array.from({ length }, () => item)
}

describe('an event whose check takes too many steps', () => {
  const choices = { anyOf: array(250, 0).map((_, index) => ({ enum: [index] })) }

  it('is refused when many items meet many schemas', () => {
    const validate = validator({ properties: { x: { items: choices } } })
    expect(validate({ x: array(1_000, 249) })).toBeUndefined()
    expect(validate({ x: array(100_000, 249) })).toBe(TOO_LONG)
  })

  it('is refused when a long text meets a large pattern', () => {
    const validate = validator({ properties: { x: { pattern: '(a|b|c){1,500}$' } } })
    expect(validate({ x: 'abc' })).toBeUndefined()
    expect(validate({ x: 'abc'.repeat(20_000) })).toBe(TOO_LONG)
  })

  it('is refused when explaining what is wrong takes them', () => {
    const validate = validator({ properties: { x: { items: choices } } })
    expect(validate({ x: array(10_000, -1) })).toBe(TOO_LONG)
  })

  it('costs the next event nothing', () => {
    const validate = validator({ properties: { x: { items: choices } } })
    validate({ x: array(100_000, 249) })
    expect(validate({ x: array(10_000, 249) })).toBeUndefined()
  })
})
