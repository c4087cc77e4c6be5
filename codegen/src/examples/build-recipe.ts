// A loaded schema to recipes for examples. What recipes cannot promise, such as `not` and `if`, is left to whoever tries
// them: see `tried-recipes.ts`.

import type { ExampleRecipe } from '@rioni/client/codegen-v1'
import {
  definitionIndexOf,
  type LoadedDocument,
  type LoadedSchema,
  type SchemaNode,
} from '@rioni/event-types'
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
  const inner = { ...building, depth: building.depth + 1 }
  building.work.left -= 1
  if (inner.depth > MAX_RECIPE_DEPTH || building.work.left < 0) return undefined
  const nodes = expand(schemas, building)
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
function expand(schemas: readonly LoadedSchema[], { document }: Building): SchemaNode[] | undefined {
  const nodes: SchemaNode[] = []
  const waiting = [...schemas]
  for (let count = 0; count < waiting.length; count += 1) {
    const schema = waiting[count] ?? true
    if (schema === false || count > MAX_EXPANDED) return undefined
    if (schema === true) continue
    const { allOf, $ref, ...node } = schema
    if ($ref !== undefined) waiting.push(document.definitions[definitionIndexOf($ref)] ?? true)
    waiting.push(...(allOf ?? []))
    if (Object.keys(node).length > 0) nodes.push(node)
  }
  return nodes
}

const MAX_EXPANDED = 200

function plainRecipe(nodes: readonly SchemaNode[], building: Building): ExampleRecipe | undefined {
  const constant = nodes.find((node) => 'const' in node)
  if (constant !== undefined) return { pick: [constant.const] }
  const listed = nodes.flatMap((node) => (node.enum === undefined ? [] : [node.enum]))
  if (listed.length > 0) return pickOfAll(listed)
  return oneOfSome(typesOf(nodes).flatMap((type) => recipeOfType(type, nodes, building) ?? []))
}

function pickOfAll([first = [], ...others]: readonly (readonly unknown[])[]): ExampleRecipe | undefined {
  const texts = others.map((values) => new Set(values.map((value) => JSON.stringify(value))))
  const pick = first.filter((value) => texts.every((permitted) => permitted.has(JSON.stringify(value))))
  return pick.length === 0 ? undefined : { pick }
}

/** The types that all nodes permit; without any, the one that their keywords speak about. */
function typesOf(nodes: readonly SchemaNode[]): readonly string[] {
  const permitted = nodes.flatMap(({ type }) =>
    type === undefined ? [] : [typeof type === 'string' ? [type] : type],
  )
  const [first, ...others] = permitted
  if (first === undefined) return [impliedType(nodes)]
  const allows = (types: readonly string[], type: string): boolean =>
    types.includes(type) || (type === 'integer' && types.includes('number'))
  const all = first.flatMap((type) =>
    type === 'number' && others.some((types) => !types.includes('number')) ? ['integer'] : [type],
  )
  return all.filter((type) => others.every((types) => allows(types, type)))
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
  const required = new Set(nodes.flatMap((node) => node.required ?? []))
  for (const name of required) for (const needed of neededWith(name, nodes)) required.add(needed)
  const names = new Set([...required, ...nodes.flatMap((node) => Object.keys(node.properties ?? {}))])
  const least = Math.max(0, ...nodes.map((node) => node.minProperties ?? 0))
  const most = Math.min(...nodes.map((node) => node.maxProperties ?? Number.POSITIVE_INFINITY))
  if (least > MAX_LEAST) return undefined
  const isMap = names.size === 0 && nodes.some((node) => typeof node.additionalProperties === 'object')
  for (let number = 1; names.size < Math.max(least, isMap ? 1 : 0); number += 1) names.add(`key${number}`)
  const members: [string, ExampleRecipe][] = []
  const optional: string[] = []
  for (const name of names) {
    const isRequired = required.has(name) || names.size <= least
    // What is present only with others is left out rather than completed.
    if (!isRequired && (neededWith(name, nodes).length > 0 || members.length >= most)) continue
    const recipe = recipeOf(schemasOf(name, nodes), building)
    if (recipe === undefined && isRequired) return undefined
    if (recipe === undefined) continue
    members.push([name, recipe])
    if (!isRequired) optional.push(name)
  }
  return { object: Object.fromEntries(members), optional }
}

function neededWith(name: string, nodes: readonly SchemaNode[]): readonly string[] {
  return nodes.flatMap(({ dependencies = {} }) => {
    const needed = Object.hasOwn(dependencies, name) ? dependencies[name] : undefined
    return Array.isArray(needed) ? (needed as readonly string[]) : []
  })
}

/** Everything that holds for a property. */
function schemasOf(name: string, nodes: readonly SchemaNode[]): readonly LoadedSchema[] {
  const found = nodes.flatMap(({ properties = {}, additionalProperties }) => {
    if (Object.hasOwn(properties, name)) return [properties[name] ?? true]
    return additionalProperties === undefined ? [] : [additionalProperties]
  })
  return found.length === 0 ? [true] : found
}

/** More members than this are not made up, however many a schema asks for. */
const MAX_LEAST = 1_000

/** How many more items than it must have an example may have. */
const MORE_ITEMS = 2

function arrayRecipe(nodes: readonly SchemaNode[], building: Building): ExampleRecipe | undefined {
  const least = Math.max(0, ...nodes.map((node) => node.minItems ?? 0))
  const most = Math.min(...nodes.map((node) => node.maxItems ?? Number.POSITIVE_INFINITY))
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
