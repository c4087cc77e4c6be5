import { listedStrings, type SchemaNode, subschemasOf } from '../schema/json-schema.ts'

/** A schema within another one. */
export interface VisitedSchema {
  readonly schema: SchemaNode
  /** The way to it from the root of the document. */
  readonly path: readonly string[]
  /** The name of the property that it describes; absent for everything else. */
  readonly property?: string
}

/** Lists a schema and everything below it. References are not followed: what they lead to is listed where it stands. */
export function visitSchemas(root: SchemaNode): VisitedSchema[] {
  const visited: VisitedSchema[] = [{ schema: root, path: [] }]
  for (const { schema, path } of visited) {
    for (const { path: way, schema: below } of subschemasOf(schema)) {
      const [keyword, name] = way
      const property = keyword === 'properties' && name !== undefined ? { property: name } : {}
      visited.push({ schema: below, path: [...path, ...way], ...property })
    }
  }
  return visited
}

/** The types that a schema permits by name; none when it does not say. */
export function typesOf({ type }: SchemaNode): readonly string[] {
  return typeof type === 'string' ? [type] : listedStrings({ type }, 'type')
}

/** True for a schema that says that a value is of this type, and of no other but null. */
export function isOnly(schema: SchemaNode, type: string): boolean {
  const types = typesOf(schema).filter((name) => name !== 'null')
  return types.length === 1 && types[0] === type
}
