import { type CheckBudget, createCheckBudget } from './check-budget.ts'
import { definitionOf, type LoadedDocument, type LoadedSchema, type SchemaNode } from './loaded-schema.ts'

/**
 * True when a schema speaks of the property that a path leads to: it lists it, or has a pattern for it, at
 * every step, in enough members of a combinator.
 */
export function definesProperty(document: LoadedDocument, path: readonly string[]): boolean {
  return defines({ document, schema: document.definitions[0] ?? true, path, budget: createCheckBudget() })
}

interface Question {
  readonly document: LoadedDocument
  readonly schema: LoadedSchema
  readonly path: readonly string[]
  readonly budget: CheckBudget
}

function defines(question: Question): boolean {
  const { document, schema, path, budget } = question
  budget.spend(1)
  if (path.length === 0) return true
  if (typeof schema === 'boolean') return false
  if (schema.$ref !== undefined) {
    return defines({ ...question, schema: definitionOf(document, schema.$ref) })
  }
  const [name = '', ...rest] = path
  const properties = [
    ...(Object.hasOwn(schema.properties ?? {}, name) ? [schema.properties?.[name] ?? true] : []),
    ...Object.entries(schema.patternProperties ?? {})
      .filter(([pattern]) => document.patterns.get(pattern)?.matches(name, budget))
      .map(([, property]) => property),
  ]
  return (
    properties.some((property) => defines({ ...question, schema: property, path: rest })) ||
    isDefinedByMembers(schema, (member) => defines({ ...question, schema: member }))
  )
}

function isDefinedByMembers(schema: SchemaNode, isDefined: (member: LoadedSchema) => boolean): boolean {
  return (
    schema.allOf?.some(isDefined) === true ||
    schema.anyOf?.some(isDefined) === true ||
    schema.oneOf?.some(isDefined) === true
  )
}
