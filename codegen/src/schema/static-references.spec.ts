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
  ])('$kind leads to a place', ({ schema, want }) => {
    const properties = rewrittenProperties(schema)
    expect(properties).toMatchObject(want)
    expect(JSON.stringify(properties)).not.toMatch(/dynamicRef|recursiveRef/)
  })

  it.each([
    {
      kind: 'to one of several, depending on the way,',
      schema: {
        a: { $id: 'a', $dynamicAnchor: 'node', ...tree },
        b: { $id: 'b', $dynamicAnchor: 'node' },
      },
    },
    { kind: 'to nothing', schema: { a: tree, b: { $ref: '#x' } } },
  ])('$kind stays as it is', ({ schema }) => {
    expect(rewrittenProperties(schema)).toEqual(schema)
  })
})

/** The properties of a schema after its references were rewritten; keywords among them are those of the schema. */
function rewrittenProperties(schema: Readonly<Record<string, unknown>>): unknown {
  const { $dynamicAnchor, $recursiveAnchor, $defs, ...properties } = schema
  return withStaticReferences({ $dynamicAnchor, $recursiveAnchor, $defs, properties })['properties']
}
