// A loaded schema to recipes for examples. What recipes cannot promise, such as `not` and `if`, is left to whoever tries
// them: see `tried-recipes.ts`.

import type { ExampleRecipe } from '@rioni/client/codegen-v1'
import {
  definitionIndexOf,
  type LoadedDocument,
  type LoadedSchema,
  type SchemaNode,
} from '@rioni/event-types'
import { setMember } from '../schema/set-member.ts'
import { highestOf, lowestOf } from './bounds.ts'
import { numberRecipe } from './number-recipe.ts'
import { textRecipe } from './text-recipe.ts'

/** Recipes of the definitions of a document, by their index; undefined where none can be made. The first is for an object. */
export function buildRecipes(document: LoadedDocument): (ExampleRecipe | undefined)[] {
  return document.definitions.map((schema, index) =>
    recipeOf(index === 0 ? [schema, { type: 'object' }] : [schema], {
      document,
      depth: 0,
      work: { left: MOST_WORK },
    }),
  )
}

interface Building {
  readonly document: LoadedDocument
  /** How many schemas around were expanded. */
  readonly depth: number
  /** How many more may be expanded for the definition. */
  readonly work: { left: number }
}

/**
 * Most schemas inside each other of which a recipe is made. Schemas that hold together are expanded into each other, which a
 * reference in a circle could do without end.
 */
export const MAX_RECIPE_DEPTH = 10

const MAX_ALTERNATIVES = 8
/** Alternatives in alternatives multiply. What a definition has beyond so many schemas is left out of its examples. */
const MOST_WORK = 500

/** A recipe for what follows all of some schemas. */
function recipeOf(schemas: readonly LoadedSchema[], building: Building): ExampleRecipe | undefined {
  const [only] = schemas
  if (schemas.length === 1 && typeof only === 'object' && only.$ref !== undefined && building.depth > 0) {
    return { part: definitionIndexOf(only.$ref) }
  }
  const { document, work } = building
  const inner = { document, work, depth: building.depth + 1 }
  work.left -= 1
  if (inner.depth > MAX_RECIPE_DEPTH || work.left < 0) return undefined
  const nodes = expand(schemas, document)
  if (nodes === undefined) return undefined
  const choice = nodes.find((node) => node.anyOf !== undefined || node.oneOf !== undefined)
  if (choice === undefined) return plainRecipe(nodes, inner)
  const { anyOf, oneOf, ...base } = choice
  const others = nodes.filter((node) => node !== choice)
  const alternatives = (anyOf ?? oneOf ?? []).slice(0, MAX_ALTERNATIVES).flatMap((alternative) => {
    const constrains = others.length > 0 || Object.keys(base).length > 0
    return recipeOf(constrains ? [...others, base, alternative] : [alternative], inner) ?? []
  })
  return oneOfSome(alternatives)
}

function oneOfSome(recipes: readonly ExampleRecipe[]): ExampleRecipe | undefined {
  const [first] = recipes
  return recipes.length < 2 ? first : { any: recipes }
}

/** The nodes that schemas consist of, references and `allOf` resolved; undefined when nothing can follow them. */
function expand(schemas: readonly LoadedSchema[], document: LoadedDocument): SchemaNode[] | undefined {
  const nodes: SchemaNode[] = []
  const waiting = [...schemas]
  for (let count = 0; count < waiting.length; count += 1) {
    const schema = waiting[count] ?? true
    if (schema === false || count > MAX_EXPANDED) return undefined
    if (schema === true) continue
    const { allOf, $ref } = schema
    if ($ref !== undefined) waiting.push(document.definitions[definitionIndexOf($ref)] ?? true)
    if (allOf !== undefined) waiting.push(...allOf)
    const node = allOf === undefined && $ref === undefined ? schema : withoutSchemasBeside(schema)
    if (Object.keys(node).length > 0) nodes.push(node)
  }
  return nodes
}

/** What a node says itself. */
function withoutSchemasBeside({ allOf: _, $ref: __, ...node }: SchemaNode): SchemaNode {
  return node
}

const MAX_EXPANDED = 200

function plainRecipe(nodes: readonly SchemaNode[], building: Building): ExampleRecipe | undefined {
  const listed: (readonly unknown[])[] = []
  for (const node of nodes) {
    if ('const' in node) return { pick: [node.const] }
    if (node.enum !== undefined) listed.push(node.enum)
  }
  if (listed.length > 0) return pickOfAll(listed)
  const recipes: ExampleRecipe[] = []
  for (const type of typesOf(nodes)) {
    const recipe = recipeOfType(type, nodes, building)
    if (recipe !== undefined) recipes.push(recipe)
  }
  return oneOfSome(recipes)
}

function pickOfAll([first = [], ...others]: readonly (readonly unknown[])[]): ExampleRecipe | undefined {
  const texts = others.map((values) => new Set(values.map((value) => JSON.stringify(value))))
  const pick = first.filter((value) => texts.every((permitted) => permitted.has(JSON.stringify(value))))
  return pick.length === 0 ? undefined : { pick }
}

/** The types that all nodes permit; without any, the one that their keywords speak about. */
function typesOf(nodes: readonly SchemaNode[]): readonly string[] {
  let permitted: readonly string[] | undefined
  for (const { type } of nodes) {
    if (type === undefined) continue
    const types = typeof type === 'string' ? [type] : type
    permitted = permitted === undefined ? types : typesOfBoth(permitted, types)
  }
  return permitted ?? [impliedType(nodes)]
}

function typesOfBoth(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.flatMap((type) => {
    if (right.includes(type)) return [type]
    if (type === 'integer') return right.includes('number') ? ['integer'] : []
    return type === 'number' && right.includes('integer') ? ['integer'] : []
  })
}

function impliedType(nodes: readonly SchemaNode[]): string {
  const has = (...names: readonly (keyof SchemaNode)[]): boolean =>
    nodes.some((node) => names.some((name) => name in node))
  if (
    has(
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'minProperties',
      'propertyNames',
      'dependencies',
    )
  )
    return 'object'
  if (has('items', 'minItems', 'maxItems', 'uniqueItems', 'contains')) return 'array'
  return has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf') ? 'number' : 'string'
}

function recipeOfType(
  type: string,
  nodes: readonly SchemaNode[],
  building: Building,
): ExampleRecipe | undefined {
  switch (type) {
    case 'object':
      return objectRecipe(nodes, building)
    case 'array':
      return arrayRecipe(nodes, building)
    case 'string':
      return textRecipe(nodes)
    case 'integer':
    case 'number':
      return numberRecipe(nodes, type === 'integer')
    case 'boolean':
      return { pick: [false, true] }
    default:
      return { pick: [null] }
  }
}

function objectRecipe(nodes: readonly SchemaNode[], building: Building): ExampleRecipe | undefined {
  const dependencies = nodes.map((node) => node.dependencies).filter((each) => each !== undefined)
  const required = new Set(nodes.flatMap((node) => node.required ?? []))
  for (const name of required) for (const needed of neededWith(name, dependencies)) required.add(needed)
  const names = new Set(required)
  for (const { properties } of nodes) for (const name of Object.keys(properties ?? {})) names.add(name)
  const least = highestOf('minProperties', nodes, 0)
  const most = lowestOf('maxProperties', nodes)
  if (least > MAX_LEAST) return undefined
  const isMap = names.size === 0 && nodes.some((node) => typeof node.additionalProperties === 'object')
  for (let number = 1; names.size < Math.max(least, isMap ? 1 : 0); number += 1) names.add(`key${number}`)
  const object: Record<string, ExampleRecipe> = {}
  let count = 0
  const optional: string[] = []
  for (const name of names) {
    const isRequired = required.has(name) || names.size <= least
    // What is present only with others is left out rather than completed.
    if (!isRequired && (neededWith(name, dependencies).length > 0 || count >= most)) continue
    const recipe = recipeOf(schemasOf(name, nodes), building)
    if (recipe === undefined && isRequired) return undefined
    if (recipe === undefined) continue
    setMember(object, name, recipe)
    count += 1
    if (!isRequired) optional.push(name)
  }
  return { object, optional }
}

function neededWith(
  name: string,
  dependencies: readonly NonNullable<SchemaNode['dependencies']>[],
): readonly string[] {
  return dependencies.flatMap((dependenciesOf) => {
    const needed = Object.hasOwn(dependenciesOf, name) ? dependenciesOf[name] : undefined
    return Array.isArray(needed) ? (needed as readonly string[]) : []
  })
}

/** Everything that holds for a property. */
function schemasOf(name: string, nodes: readonly SchemaNode[]): readonly LoadedSchema[] {
  const found: LoadedSchema[] = []
  for (const { properties, additionalProperties } of nodes) {
    if (properties !== undefined && Object.hasOwn(properties, name)) found.push(properties[name] ?? true)
    else if (additionalProperties !== undefined) found.push(additionalProperties)
  }
  return found.length === 0 ? [true] : found
}

/** More members than this are not made up, however many a schema asks for. */
const MAX_LEAST = 1_000

/** How many more items than it must have an example may have. */
const MORE_ITEMS = 2

function arrayRecipe(nodes: readonly SchemaNode[], building: Building): ExampleRecipe | undefined {
  const least = highestOf('minItems', nodes, 0)
  const most = lowestOf('maxItems', nodes)
  if (least > most || least > MAX_LEAST) return undefined
  const listed = Math.max(0, ...nodes.map(({ items }) => (Array.isArray(items) ? items.length : 0)))
  if (listed > 0) {
    const tuple = Array.from({ length: Math.min(most, Math.max(listed, least)) }, (_, index) =>
      recipeOf(itemSchemas(nodes, index), building),
    )
    return tuple.every((item) => item !== undefined) ? { tuple } : undefined
  }
  const item = recipeOf(itemSchemas(nodes, 0), building)
  if (item === undefined) return least === 0 ? { pick: [[]] } : undefined
  const isUnique = nodes.some(({ uniqueItems }) => uniqueItems === true)
  return { list: item, length: [least, Math.max(least, Math.min(most, isUnique ? 1 : least + MORE_ITEMS))] }
}

function itemSchemas(nodes: readonly SchemaNode[], index: number): readonly LoadedSchema[] {
  const found = nodes.flatMap(({ items, additionalItems = true, contains }) => {
    const item = Array.isArray(items) ? (items[index] ?? additionalItems) : items
    return [item, contains].filter((schema) => schema !== undefined)
  })
  return found.length === 0 ? [true] : found
}
