// What the author of a schema offers as examples: of the whole event, and of parts of it, which are tried inside of a
// document that is known to be valid.

import { formatPointer, valueAt } from '../schema/json-pointer.ts'
import { isNode, namedSchemas, type SchemaNode } from '../schema/json-schema.ts'

/** A document with an example in it. */
export interface ExampleDocument {
  /** JSON pointer of the example in the schema. */
  readonly pointer: string
  /** JSON pointer of the example in the document. */
  readonly place: string
  readonly document: unknown
}

/** The most examples of a schema. */
const MAX_EXAMPLES = 20

/** Makes documents of the examples of a schema. Without a valid document only examples of the whole are of use. */
export function exampleDocuments(root: SchemaNode, valid: unknown): readonly ExampleDocument[] {
  const found: ExampleDocument[] = []
  const open: { node: SchemaNode; path: readonly string[]; place: readonly string[] }[] = [
    { node: root, path: [], place: [] },
  ]
  for (let next = open.shift(); next !== undefined && found.length < MAX_EXAMPLES; next = open.shift()) {
    const { node, path, place } = next
    for (const [name, value] of examplesOf(node)) {
      const document = place.length === 0 ? value : withValueAt(valid, place, value)
      if (document !== undefined) {
        found.push({ pointer: formatPointer([...path, ...name]), place: formatPointer(place), document })
      }
    }
    for (const [name, schema] of namedSchemas(node, 'properties')) {
      if (isNode(schema))
        open.push({ node: schema, path: [...path, 'properties', name], place: [...place, name] })
    }
  }
  return found
}

function examplesOf(node: SchemaNode): readonly (readonly [path: readonly string[], value: unknown])[] {
  const { examples, example, default: preset } = node
  return [
    ...(Array.isArray(examples)
      ? examples.map((value: unknown, index) => [['examples', String(index)], value] as const)
      : []),
    ...(example === undefined ? [] : [[['example'], example] as const]),
    ...(preset === undefined ? [] : [[['default'], preset] as const]),
  ]
}

/** A copy of a document with another value at a place; undefined when the document has nothing around that place. */
function withValueAt(document: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  if (!isNode(document)) return undefined
  const inner = rest.length === 0 ? value : withValueAt(valueAt(document, [name]), rest, value)
  return inner === undefined ? undefined : Object.fromEntries([...Object.entries(document), [name, inner]])
}
