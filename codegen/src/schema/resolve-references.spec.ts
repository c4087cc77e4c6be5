import { describe, expect, it } from 'vitest'
import { resolveReferences } from './resolve-references.ts'

describe('a reference', () => {
  it.each([
    { $ref: '#', path: [] },
    { $ref: '#/definitions/a', path: ['definitions', 'a'] },
    { $ref: '#/definitions/x~1y~0', path: ['definitions', 'x/y~'] },
    { $ref: '#/definitions/x%2Fy', path: undefined },
    { $ref: '#/definitions/b%20c', path: ['definitions', 'b c'] },
  ])('$ref leads to $path', ({ $ref, path }) => {
    const definitions = { a: {}, 'x/y~': {}, 'b c': {} }
    const { targets } = resolveReferences({ properties: { p: { $ref } }, definitions })
    expect(targets.get($ref)?.path).toEqual(path)
  })

  it.each([
    { $ref: 'other.json', message: 'the reference "other.json" leaves the document' },
    { $ref: '/etc/passwd', message: 'the reference "/etc/passwd" leaves the document' },
    { $ref: 'file:///etc/passwd', message: 'the reference "file:///etc/passwd" leaves the document' },
    {
      $ref: 'http://example.org/a#/b',
      message: 'the reference "http://example.org/a#/b" leaves the document',
    },
    { $ref: '#name', message: 'the reference "#name" leaves the document' },
    { $ref: '#/definitions/gone', message: 'the reference "#/definitions/gone" leads nowhere' },
    { $ref: '#/__proto__', message: 'the reference "#/__proto__" leads nowhere' },
    { $ref: '#/type', message: 'the reference "#/type" does not lead to a schema' },
    { $ref: 7, message: '"$ref" is not a string' },
  ])('$ref is refused, with the place where it stands', ({ $ref, message }) => {
    const { problems } = resolveReferences({ type: 'object', properties: { 'a/b': { items: { $ref } } } })
    expect(problems).toMatchObject([{ message, pointer: '/properties/a~1b/items/$ref' }])
  })

  it('may lead nowhere, or in circles, in definitions that nothing refers to', () => {
    const definitions = { gone: { $ref: '#/nowhere' }, self: { $ref: '#/definitions/self' } }
    expect(resolveReferences({ type: 'object', definitions }).problems).toEqual([])
    const used = { properties: { a: { $ref: '#/definitions/self' } }, definitions }
    expect(resolveReferences(used).problems).toHaveLength(1)
  })

  it('is only what stands where a schema stands', () => {
    const nothing = { $ref: 'http://example.org' }
    const schema = {
      properties: { $ref: { type: 'string' } },
      default: nothing,
      enum: [nothing],
      examples: [nothing],
    }
    expect(resolveReferences(schema)).toEqual({ targets: new Map(), problems: [] })
  })
})

describe('a schema that refers to itself', () => {
  it.each([
    { schema: { properties: { a: { $ref: '#' } } } },
    { schema: { items: { $ref: '#' } } },
    { schema: { additionalProperties: { anyOf: [{ $ref: '#' }] } } },
  ])('through a property or an item is fine: $schema', ({ schema }) => {
    expect(resolveReferences(schema).problems).toEqual([])
  })

  it.each([
    { schema: { $ref: '#' } },
    { schema: { anyOf: [{ type: 'string' }, { $ref: '#' }] } },
    {
      schema: {
        $ref: '#/definitions/a',
        definitions: { a: { allOf: [{ $ref: '#/definitions/b' }] }, b: { $ref: '#/definitions/a' } },
      },
    },
  ])('without describing anything is refused: $schema', ({ schema }) => {
    expect(resolveReferences(schema).problems).toHaveLength(1)
  })
})
