import type { Explaining } from './explaining.ts'
import { type JsonObject, ownValue } from './json-value.ts'
import type { SchemaNode } from './loaded-schema.ts'
import { type SchemaViolation, under, violation } from './violation.ts'

/** What is wrong with an object by the keywords for objects, in the order in which the broker tells it. */
export function explainObject(
  schema: SchemaNode,
  value: JsonObject,
  explaining: Explaining,
): SchemaViolation[] {
  const names = Object.keys(value)
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema
  return [
    ...(schema.required ?? [])
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => violation(`required key [${name}] not found`)),
    ...explainNames(schema, names, explaining),
    ...(names.length < minProperties
      ? [violation(`minimum size: [${minProperties}], found: [${names.length}]`)]
      : []),
    ...(names.length > maxProperties
      ? [violation(`maximum size: [${maxProperties}], found: [${names.length}]`)]
      : []),
    ...requiredByOthers(schema, value),
    ...explainAdditional(schema, value, explaining),
    ...explainPatterns(schema, value, explaining),
    ...explainDependentSchemas(schema, value, explaining),
    ...explainProperties(schema, value, explaining),
  ]
}

function explainProperties(
  { properties = {} }: SchemaNode,
  value: JsonObject,
  explaining: Explaining,
): readonly SchemaViolation[] {
  const found: SchemaViolation[] = []
  for (const [name, property] of Object.entries(properties)) {
    if (Object.hasOwn(value, name)) found.push(...underName(name, explaining.explain(property, value[name])))
  }
  return found
}

function explainNames(
  { propertyNames }: SchemaNode,
  names: readonly string[],
  explaining: Explaining,
): SchemaViolation[] {
  if (propertyNames === undefined) return []
  return names.flatMap((name) => underName(name, explaining.explain(propertyNames, name)))
}

function requiredByOthers({ dependencies = {} }: SchemaNode, value: JsonObject): SchemaViolation[] {
  return Object.entries(dependencies).flatMap(([name, needed]) => {
    if (!Array.isArray(needed) || !Object.hasOwn(value, name)) return []
    return needed
      .filter((each) => !Object.hasOwn(value, each))
      .map((each) => violation(`property [${each}] is required`))
  })
}

function explainAdditional(schema: SchemaNode, value: JsonObject, explaining: Explaining): SchemaViolation[] {
  const { additionalProperties = true } = schema
  if (additionalProperties === true) return []
  const patterns = Object.keys(schema.patternProperties ?? {})
  const additional = Object.keys(value).filter(
    (name) =>
      !Object.hasOwn(schema.properties ?? {}, name) &&
      !patterns.some((pattern) => explaining.matches(pattern, name)),
  )
  return additional.flatMap((name) =>
    additionalProperties === false
      ? [violation(`extraneous key [${name}] is not permitted`)]
      : underName(name, explaining.explain(additionalProperties, ownValue(value, name))),
  )
}

function explainPatterns(
  { patternProperties = {} }: SchemaNode,
  value: JsonObject,
  explaining: Explaining,
): SchemaViolation[] {
  return Object.entries(patternProperties).flatMap(([pattern, property]) =>
    Object.keys(value)
      .filter((name) => explaining.matches(pattern, name))
      .flatMap((name) => underName(name, explaining.explain(property, ownValue(value, name)))),
  )
}

function explainDependentSchemas(
  { dependencies = {} }: SchemaNode,
  value: JsonObject,
  explaining: Explaining,
): SchemaViolation[] {
  return Object.entries(dependencies).flatMap(([name, needed]) => {
    if (isListOfNames(needed) || !Object.hasOwn(value, name)) return []
    const found = explaining.explain(needed, value)
    return found ? [found] : []
  })
}

function isListOfNames(needed: unknown): needed is readonly string[] {
  return Array.isArray(needed)
}

function underName(name: string, found: SchemaViolation | undefined): SchemaViolation[] {
  return found ? [under(name, found)] : []
}
