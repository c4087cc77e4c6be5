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
  const open: { readonly node: SchemaNode; readonly place: readonly string[] }[] = [{ node: root, place: [] }]
  for (const { node, place } of open) {
    if (found.length >= MAX_EXAMPLES) break
    for (const { name, value } of examplesOf(node)) {
      const document = place.length === 0 ? value : withValueAt(valid, place, value)
      if (document === undefined) continue
      const pointer = [...place.flatMap((property) => ['properties', property]), ...name]
      found.push({ pointer: formatPointer(pointer), place: formatPointer(place), document })
    }
    for (const [name, schema] of namedSchemas(node, 'properties')) {
      if (isNode(schema)) open.push({ node: schema, place: [...place, name] })
    }
  }
  return found
}

/** An example, and the way to it from its schema. */
interface SchemaExample {
  readonly name: readonly string[]
  readonly value: unknown
}

function examplesOf({ examples, example, default: preset }: SchemaNode): readonly SchemaExample[] {
  const found: SchemaExample[] = []
  if (Array.isArray(examples)) {
    for (const [index, value] of examples.entries()) found.push({ name: ['examples', String(index)], value })
  }
  if (example !== undefined) found.push({ name: ['example'], value: example })
  if (preset !== undefined) found.push({ name: ['default'], value: preset })
  return found
}

/** A copy of a document with another value at a place; undefined when the document has nothing around that place. */
function withValueAt(document: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  if (!isNode(document)) return undefined
  const inner = rest.length === 0 ? value : withValueAt(valueAt(document, [name]), rest, value)
  return inner === undefined ? undefined : Object.fromEntries([...Object.entries(document), [name, inner]])
}
