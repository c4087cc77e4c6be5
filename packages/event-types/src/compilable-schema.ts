import { isJsonObject, type JsonObject } from './json-value.ts'
import { definitionIndexOf, type LoadedSchema, type SchemaNode } from './loaded-schema.ts'

/** A part that is checked by a function of its own, named by its index. */
export type PartIndex = number

/**
 * Objects with more properties than this are checked by a table: code for each of them would nest as deeply
 * as there are properties.
 */
const MAX_INLINE_PROPERTIES = 100

/**
 * Rewrites a loaded schema for the compiler, with two keywords of our own: `part` stands for a reference,
 * `members` for the properties of wide objects. Neither makes the compiler look into the part, so parts are
 * compiled when they are first needed, one at a time.
 *
 * @param addPart Gives a schema an index by which it can be referred to.
 */
export function compilableSchema(
  schema: LoadedSchema,
  addPart: (schema: LoadedSchema) => PartIndex,
): JsonObject | boolean {
  if (typeof schema === 'boolean') return schema
  if (schema.$ref !== undefined) return { part: definitionIndexOf(schema.$ref) }
  const inner = (value: unknown): unknown => compilableSchema(value as LoadedSchema, addPart)
  const entries = Object.entries(withMembers(schema, addPart))
  return Object.fromEntries(entries.map(([keyword, value]) => [keyword, rewrite(keyword, value, inner)]))
}

function withMembers(schema: SchemaNode, addPart: (schema: LoadedSchema) => PartIndex): JsonObject {
  const members = Object.entries(schema.properties ?? {})
  if (members.length <= MAX_INLINE_PROPERTIES) return { ...schema }
  return {
    ...schema,
    properties: Object.fromEntries(members.map(([name]) => [name, true])),
    members: Object.fromEntries(members.map(([name, member]) => [name, addPart(member)])),
  }
}

function rewrite(keyword: string, value: unknown, inner: (schema: unknown) => unknown): unknown {
  switch (keyword) {
    case 'enum':
    case 'const':
    case 'type':
    case 'required':
    case 'members':
      return value
    case 'properties':
    case 'patternProperties':
    case 'dependencies': // A list of names says what `required` says.
      return Object.fromEntries(
        Object.entries(isJsonObject(value) ? value : {}).map(([name, each]) => [
          name,
          Array.isArray(each) ? { required: each } : inner(each),
        ]),
      )
    default:
      if (Array.isArray(value)) return value.map(inner)
      return isJsonObject(value) ? inner(value) : value
  }
}
