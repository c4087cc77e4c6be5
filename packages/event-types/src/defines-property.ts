import { definitionOf, type LoadedDocument, type LoadedSchema, type SchemaNode } from './loaded-schema.ts'

/**
 * True when a schema speaks of the property that a path leads to: it lists it, or has a pattern for it, at
 * every step, in enough members of a combinator.
 */
export function definesProperty(document: LoadedDocument, path: readonly string[]): boolean {
  return defines({ document, schema: document.definitions[0] ?? true, path })
}

interface Question {
  readonly document: LoadedDocument
  readonly schema: LoadedSchema
  readonly path: readonly string[]
}

function defines({ document, schema, path }: Question): boolean {
  if (path.length === 0) return true
  if (typeof schema === 'boolean') return false
  if (schema.$ref !== undefined) {
    return defines({ document, schema: definitionOf(document, schema.$ref), path })
  }
  const [name = '', ...rest] = path
  const properties = [
    ...(Object.hasOwn(schema.properties ?? {}, name) ? [schema.properties?.[name] ?? true] : []),
    ...Object.entries(schema.patternProperties ?? {})
      .filter(([pattern]) => document.patterns.get(pattern)?.test(name))
      .map(([, property]) => property),
  ]
  return (
    properties.some((property) => defines({ document, schema: property, path: rest })) ||
    isDefinedByMembers(schema, (member) => defines({ document, schema: member, path }))
  )
}

function isDefinedByMembers(schema: SchemaNode, isDefined: (member: LoadedSchema) => boolean): boolean {
  return (
    schema.allOf?.some(isDefined) === true ||
    schema.anyOf?.some(isDefined) === true ||
    schema.oneOf?.some(isDefined) === true
  )
}
