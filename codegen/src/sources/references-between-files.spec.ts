import { loadSchema } from '@rioni/event-types'
import { describe, expect, it } from 'vitest'
import { loadSource } from './load-sources.ts'

/** Loads one event type whose schema has a property with this reference, beside other files. */
function refer(
  reference: string,
  files: Readonly<Record<string, unknown>> = {},
  links: readonly string[] = [],
) {
  const schema = { properties: { part: { $ref: reference } } }
  const event = { name: 'order.placed', owning_application: 'shop', category: 'undefined', schema }
  const texts = new Map(
    Object.entries({ 'events/order.json': event, ...files }).map(([file, value]) => [
      file,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  const { definitions, diagnostics } = loadSource({ texts, links: new Set(links), diagnostics: [] })
  const text = definitions[0]?.eventType.schema.schema
  return { schema: text === undefined ? undefined : JSON.parse(text), definitions, diagnostics }
}

const TEXT = { type: 'string' }

describe('a reference of an event type', () => {
  it.each([
    { to: 'a file', reference: 'text.json', files: { 'events/text.json': TEXT }, name: 'text' },
    {
      to: 'a file above',
      reference: '../common/text.yaml',
      files: { 'common/text.yaml': 'type: string' },
      name: 'text',
    },
    {
      to: 'a place in a file',
      reference: '../all.json#/definitions/Text',
      files: { 'all.json': { definitions: { Text: TEXT } } },
      name: 'Text',
    },
    {
      to: 'a plain name in a file',
      reference: '../all.json#text',
      files: { 'all.json': { $defs: { Text: { $anchor: 'text', ...TEXT } } } },
      name: 'Text',
    },
    {
      to: 'the `$id` of a file',
      reference: 'https://example.com/text.json',
      files: { 'other/name.json': { $id: 'https://example.com/text.json', ...TEXT } },
      name: 'name',
    },
    {
      to: 'a relative `$id`',
      reference: 'common/text.schema.json',
      files: { 'x.json': { $id: 'common/text.schema.json', ...TEXT } },
      name: 'x',
    },
    {
      to: 'the host of a file address, which means the file beside it,',
      reference: 'file://all.json#/definitions/Text',
      files: { 'events/all.json': { definitions: { Text: TEXT } } },
      name: 'Text',
    },
    {
      to: 'a file whose name says nothing',
      reference: '../size/v1.schema.json',
      files: { 'size/v1.schema.json': TEXT },
      name: 'size-v1',
    },
    {
      to: 'a place whose pointer lacks its slash',
      reference: '../all.json#definitions/Text',
      files: { 'all.json': { definitions: { Text: TEXT } } },
      name: 'Text',
    },
    {
      to: 'the plain name of a schema with an `$id` of its own',
      reference: 'https://example.com/inner.json#text',
      files: {
        'x.json': { $defs: { a: { $id: 'https://example.com/inner.json', $anchor: 'text', ...TEXT } } },
      },
      name: 'a',
    },
    {
      to: 'a place below a nested `$id`',
      reference: 'https://example.com/inner.json#/items',
      files: {
        'x.json': { $id: 'https://example.com/x.json', $defs: { a: { $id: 'inner.json', items: TEXT } } },
      },
      name: 'items',
    },
  ])('to $to is copied into the definitions', ({ reference, files, name }) => {
    const { schema, diagnostics } = refer(reference, files)
    expect(diagnostics).toEqual([])
    expect(schema.properties.part).toEqual({ $ref: `#/definitions/${name}` })
    expect(schema.definitions).toEqual({ [name]: TEXT })
  })

  it.each([
    'http://json-schema.org/draft-04/schema#',
    'http://json-schema.org/draft-06/schema#',
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema',
    'https://json-schema.org/draft/2020-12/schema',
    'http://json-schema.org/draft-07/schema#/definitions/simpleTypes',
    'https://json-schema.org/draft/2020-12/meta/validation#/$defs/simpleTypes',
  ])('to a meta-schema is resolved without the network: %s', (reference) => {
    const { schema, diagnostics } = refer(reference)
    expect(diagnostics).toEqual([])
    expect(() => loadSchema(schema)).not.toThrow()
  })

  it('to a meta-schema gives way to a file of the source that says it is that', () => {
    const reference = 'http://json-schema.org/draft-07/schema#'
    const { schema } = refer(reference, { 'own.json': { $id: reference, ...TEXT } })
    expect(schema.definitions).toEqual({ own: TEXT })
  })

  it.each(['https://json-schema.org/draft/2020-12/meta/none', 'http://json-schema.org/draft-05/schema#'])(
    'to a meta-schema that is not known is a problem: %s',
    (reference) => {
      expect(refer(reference).diagnostics).toMatchObject([
        { message: expect.stringContaining('nothing is fetched') },
      ])
    },
  )

  it('means the outermost schema of its name when it is dynamic: its own file has one', () => {
    const node = { $dynamicAnchor: 'node', properties: { next: { $dynamicRef: '#node' } } }
    const { schema, diagnostics } = refer('tree.json', { 'events/tree.json': node })
    expect(diagnostics).toEqual([])
    expect(schema.definitions.tree).toEqual({ properties: { next: { $ref: '#/definitions/tree' } } })
  })

  it('means the outermost schema of its name when it is dynamic: the event type has one', () => {
    const list = { items: { $dynamicRef: '#item' }, $defs: { item: { $dynamicAnchor: 'item', not: {} } } }
    const schema = {
      properties: { list: { $ref: 'list.json' } },
      $defs: { own: { $dynamicAnchor: 'item', ...TEXT } },
    }
    const event = { name: 'order.placed', owning_application: 'shop', category: 'undefined', schema }
    const texts = new Map(
      Object.entries({ 'order.json': event, 'list.json': list }).map(([file, value]) => [
        file,
        JSON.stringify(value),
      ]),
    )
    const { definitions } = loadSource({ texts, links: new Set(), diagnostics: [] })
    const bundled = JSON.parse(definitions[0]?.eventType.schema.schema ?? '{}')
    expect(bundled.definitions.list.items).toEqual({ $ref: '#/$defs/own' })
  })

  it('to a count in the meta-schema of draft 4 means what that draft calls positive', () => {
    const { schema, diagnostics } = refer(
      'http://json-schema.org/draft-04/schema#/definitions/positiveInteger',
    )
    expect(diagnostics).toEqual([])
    expect(schema.definitions).toEqual({ positiveInteger: { type: 'integer', minimum: 0 } })
  })

  it('to an `$id` as it is written is found where it leads nowhere as an address', () => {
    const { schema, diagnostics } = refer('../commands/base.json', {
      'commands/base.json': { $id: 'commands/base.json', properties: { a: { $ref: 'commands/text.json' } } },
      'commands/x.json': { $id: 'commands/text.json', ...TEXT },
    })
    expect(diagnostics).toEqual([])
    expect(schema.definitions.x).toEqual(TEXT)
  })

  it('has the name of what holds it where another one has its own', () => {
    const { schema } = refer('../a.json', {
      'a.json': {
        allOf: [
          { $ref: 'b.json#/definitions/Text' },
          { $ref: 'c.json#/definitions/Text' },
          { $ref: 'd/a.json' },
        ],
      },
      'b.json': { definitions: { Text: TEXT } },
      'c.json': { definitions: { Text: TEXT } },
      'd/a.json': TEXT,
    })
    expect(Object.keys(schema.definitions)).toEqual(['a', 'Text', 'c-Text', 'd-a'])
  })

  it.each([
    { draft: 'draft-07/schema#', leadsTo: { type: 'number' } },
    { draft: 'draft/2020-12/schema', leadsTo: TEXT },
  ])('ignores an `$id` beside itself up to draft 7: $draft', ({ draft, leadsTo }) => {
    const { schema } = refer('https://example.com/base/', {
      'x.json': {
        $schema: `https://json-schema.org/${draft}`,
        $id: 'https://example.com/base/',
        properties: { a: { $id: 'https://example.com/', $ref: 'foo.json' } },
        $defs: {
          inner: { $id: 'foo.json', type: 'number' },
          outer: { $id: 'https://example.com/foo.json', ...TEXT },
        },
      },
    })
    const { $ref } = schema.definitions.x.properties.a
    expect(schema.definitions[$ref.split('/').at(-1)]).toEqual(leadsTo)
  })

  it('to the schema of another event type means that schema and not its definition', () => {
    const other = { name: 'order.paid', owning_application: 'shop', category: 'undefined', schema: TEXT }
    const { definitions } = refer('paid.json', {
      'events/paid.json': { ...other, schema: { properties: { a: TEXT } } },
    })
    expect(JSON.parse(definitions[0]?.eventType.schema.schema ?? '').definitions).toEqual({
      paid: { properties: { a: TEXT } },
    })
  })

  it('may go in a circle through files and back to the schema itself', () => {
    const { schema, diagnostics } = refer('node.json', {
      'events/node.json': { properties: { next: { $ref: 'node.json' }, all: { $ref: 'order.json' } } },
    })
    expect(diagnostics).toEqual([])
    expect(schema.definitions.node.properties).toEqual({
      next: { $ref: '#/definitions/node' },
      all: { $ref: '#' },
    })
  })

  it('keeps two places of one name apart', () => {
    const { schema } = refer('a/text.json', {
      'events/a/text.json': { anyOf: [{ $ref: '../b/text.json' }, { $ref: '../b/text.json' }] },
      'events/b/text.json': TEXT,
    })
    expect(schema.definitions).toEqual({
      text: { anyOf: [{ $ref: '#/definitions/b-text' }, { $ref: '#/definitions/b-text' }] },
      'b-text': TEXT,
    })
  })

  it('within its own schema leaves the schema as it was written', () => {
    const { schema, definitions } = refer('#/definitions/a', {})
    expect(schema).toEqual({ properties: { part: { $ref: '#/definitions/a' } } })
    expect(definitions[0]?.origin).toEqual({ file: 'events/order.json', schemaPointer: '/schema' })
  })

  it.each([
    { to: 'a plain name', reference: '#text', text: { $anchor: 'text', ...TEXT } },
    { to: 'a plain name of draft 6', reference: '#text', text: { $id: '#text', ...TEXT } },
    { to: 'a plain name of draft 4', reference: '#text', text: { id: '#text', ...TEXT } },
    {
      to: 'a nested `id` of draft 4',
      reference: 'https://example.com/text.json',
      text: { id: 'https://example.com/text.json', ...TEXT },
    },
    { to: 'a nested `$id`', reference: 'text.json', text: { $id: 'text.json', ...TEXT } },
    {
      to: 'a place by the `$id` of the schema',
      reference: 'https://example.com/order.json#/definitions/text',
      text: TEXT,
    },
  ])('to $to within its own schema becomes one to its place', ({ reference, text }) => {
    const schema = {
      $id: 'https://example.com/order.json',
      properties: { part: { $ref: reference } },
      definitions: { text },
    }
    const event = { name: 'order.placed', owning_application: 'shop', category: 'undefined', schema }
    const { schema: bundled, diagnostics } = refer('', { 'events/order.json': event })
    expect(diagnostics).toEqual([])
    expect(bundled.properties.part).toEqual({ $ref: '#/definitions/text' })
  })

  it('starts at the root of the source when its address begins with a slash', () => {
    const { schema, diagnostics } = refer('/shared/text.json', { 'shared/text.json': TEXT })
    expect(diagnostics).toEqual([])
    expect(schema.definitions.text).toEqual(TEXT)
  })

  it('does not turn values that look like references into any', () => {
    const { schema } = refer('text.json', { 'events/text.json': { enum: [{ $ref: 'gone.json' }] } })
    expect(schema.definitions.text).toEqual({ enum: [{ $ref: 'gone.json' }] })
  })
})

describe('a reference that cannot be resolved', () => {
  it.each([
    {
      to: 'a file that is not there',
      reference: 'gone.json',
      says: 'a file that is not there: events/gone.json',
    },
    {
      to: 'a place that is not there',
      reference: 'order.json#/gone',
      says: 'leads to a place that is not there',
    },
    { to: 'a folder above the source', reference: '../../secret.json', says: 'leads out of the source' },
    { to: 'the root of the file system', reference: '/etc/passwd', says: 'not there' },
    { to: 'a file by its URL', reference: 'file:///etc/passwd', says: 'nothing is fetched' },
    { to: 'the network', reference: 'https://example.com/a.json', says: 'nothing is fetched' },
    { to: 'a link', reference: 'link.json', says: 'links are not followed' },
    { to: 'something behind a link', reference: 'linked/a.json', says: 'links are not followed' },
  ])('because it leads to $to is a diagnostic at its place', ({ reference, says }) => {
    const { definitions, diagnostics } = refer(reference, {}, ['events/link.json', 'events/linked'])
    expect(definitions).toEqual([])
    expect(diagnostics).toMatchObject([
      { severity: 'error', file: 'events/order.json', pointer: '/schema/properties/part/$ref' },
    ])
    expect(diagnostics[0]?.message).toContain(says)
    expect(diagnostics[0]?.excerpt).toContain('$ref')
    expect(diagnostics[0]?.remedy).toBeDefined()
  })

  it('in another file is a diagnostic of that file', () => {
    const { diagnostics } = refer('a.yaml', { 'events/a.yaml': 'items:\n  $ref: gone.yaml\n' })
    expect(diagnostics).toMatchObject([
      { file: 'events/a.yaml', pointer: '/items/$ref', excerpt: '2 | $ref: gone.yaml' },
    ])
  })
})
