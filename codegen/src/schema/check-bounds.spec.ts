import { describe, expect, it } from 'vitest'
import { checkBounds, MAX_DEPTH, MAX_VALUES } from './check-bounds.ts'

function nested(depth: number): unknown {
  let value: unknown = {}
  for (let level = 0; level < depth; level++) value = { not: value }
  return value
}

describe('a schema within bounds', () => {
  it('may be as deep and as large as they say', () => {
    expect(checkBounds(nested(MAX_DEPTH - 1))).toBeUndefined()
    expect(checkBounds({ enum: Array.from({ length: MAX_VALUES - 2 }, (_, index) => index) })).toBeUndefined()
  })
})

describe('a schema beyond bounds', () => {
  it('is too deep, and the pointer says where that begins', () => {
    const problem = checkBounds(nested(MAX_DEPTH))
    expect(problem?.message).toBe('the schema is nested more than 128 levels deep')
    expect(problem?.pointer).toBe('/not'.repeat(8))
  })

  it('is found however deep it is', () => {
    expect(checkBounds(nested(200_000))).toBeDefined()
  })

  it('is too large', () => {
    const values = Array.from({ length: MAX_VALUES }, (_, index) => index)
    expect(checkBounds({ enum: values })?.message).toBe('the schema has more than 100000 values')
  })

  it('is one that contains itself', () => {
    const schema: Record<string, unknown> = {}
    schema['not'] = schema
    expect(checkBounds(schema)).toBeDefined()
  })

  it('refuses names that hold half a character, and no text that does', () => {
    expect(checkBounds({ properties: { 'a\ud800': {} } })?.message).toBe('a name holds half a character')
    expect(checkBounds({ enum: ['\ud800'], properties: { '😀': {} } })).toBeUndefined()
  })
})
