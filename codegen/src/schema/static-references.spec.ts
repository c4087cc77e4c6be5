import { describe, expect, it } from 'vitest'
import { withStaticReferences } from './static-references.ts'

const tree = { items: { $dynamicRef: '#node' } }

describe('a reference', () => {
  it.each([
    {
      kind: 'to a plain name',
      schema: { a: { $ref: '#text' }, $defs: { b: { $anchor: 'text' } } },
      want: { a: { $ref: '#/$defs/b' } },
    },
    {
      kind: 'to the outermost schema of a name',
      schema: { $dynamicAnchor: 'node', a: tree },
      want: { a: { items: { $ref: '#' } } },
    },
    {
      kind: 'to the outermost although its own part has one',
      schema: { $dynamicAnchor: 'node', a: { $id: 'a', $dynamicAnchor: 'node', ...tree } },
      want: { a: { items: { $ref: '#' } } },
    },
    {
      kind: 'to the one schema of a name that there is',
      schema: { a: { $id: 'a', $dynamicAnchor: 'node', ...tree } },
      want: { a: { items: { $ref: '#/properties/a' } } },
    },
    {
      kind: 'to one of several, depending on the way,',
      schema: {
        a: { $id: 'a', $dynamicAnchor: 'node', ...tree },
        b: { $id: 'b', $dynamicAnchor: 'node' },
      },
      want: { a: tree },
    },
    {
      kind: 'to a name that is not dynamic',
      schema: { $dynamicAnchor: 'node', a: { $id: 'a', $anchor: 'node', ...tree } },
      want: { a: { items: { $ref: '#/properties/a' } } },
    },
    {
      kind: 'to a place, dynamically,',
      schema: { a: { $dynamicRef: '#/$defs/b' } },
      want: { a: { $ref: '#/$defs/b' } },
    },
    {
      kind: 'to the whole, recursively,',
      schema: {
        $recursiveAnchor: true,
        a: { $id: 'a', $recursiveAnchor: true, items: { $recursiveRef: '#' } },
      },
      want: { a: { items: { $ref: '#' } } },
    },
    {
      kind: 'to its own part, recursively,',
      schema: { $recursiveAnchor: true, a: { $id: 'a', items: { $recursiveRef: '#' } } },
      want: { a: { items: { $ref: '#/properties/a' } } },
    },
    {
      kind: 'beside another',
      schema: { $dynamicAnchor: 'node', a: { $ref: '#/$defs/b', $dynamicRef: '#node', allOf: [{}] } },
      want: { a: { $ref: '#/$defs/b', allOf: [{ $ref: '#' }, {}] } },
    },
    { kind: 'to nothing', schema: { a: tree, b: { $ref: '#x' } }, want: { a: tree, b: { $ref: '#x' } } },
  ])('$kind leads there', ({ schema, want }) => {
    const { $dynamicAnchor, $recursiveAnchor, $defs, ...properties } = schema as Record<string, unknown>
    const rewritten = withStaticReferences({ $dynamicAnchor, $recursiveAnchor, $defs, properties })
    expect(rewritten['properties']).toMatchObject(want)
    expect(JSON.stringify(rewritten['properties']).includes('namicRef')).toBe(
      JSON.stringify(want).includes('namicRef'),
    )
  })
})
