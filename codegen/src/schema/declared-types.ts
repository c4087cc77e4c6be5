// Which types of JSON a schema declares, and what follows for the schemas beside it. Keywords without a `type` hold for their
// own kind of value only: `properties` says nothing about a text. Types read an object off them all the same, because that
// is what was meant, but not where another schema for the same value declares that it may be something else.

import { COMBINATORS, isNode, listedSchemas, type SchemaNode } from './json-schema.ts'
import { impliesObject, saysTypesAlone, withoutOutweighed } from './keyword-kinds.ts'
import type { References } from './resolve-references.ts'

/** Adds to the parts of a node what they do not refuse, so that what the other parts declare stays possible. */
export type Loosening = (node: SchemaNode) => SchemaNode

type Types = ReadonlySet<string>

const TYPES = new Set<unknown>(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'])
/** Keywords that leave others nothing to say. */
const LITERALS = ['$ref', 'enum', 'const']

/** Makes the loosening for the schemas of one document. It remembers what it has read. */
export function createLoosening(references: References): Loosening {
  const known = new Map<SchemaNode, Types | undefined>()
  const knownMisread = new Map<SchemaNode, Types>()
  const reading: Reading = {
    references,
    declared: (schema) => {
      if (!isNode(schema)) return schema === false ? NONE : undefined
      if (!known.has(schema)) known.set(schema, readDeclared(schema, reading))
      return known.get(schema)
    },
    misread: (schema) => {
      if (!isNode(schema)) return NONE
      const types = knownMisread.get(schema) ?? findMisread(schema, reading)
      knownMisread.set(schema, types)
      return types
    },
  }
  return (node) => loosen(node, reading)
}

const NONE: Types = new Set()

interface Reading {
  readonly references: References
  /** The types that a schema restricts its values to; undefined when it restricts them to none. */
  declared(schema: unknown): Types | undefined
  /** The types of which a schema may accept more than is read off it, because it declares none. */
  misread(schema: unknown): Types
}

function readDeclared(node: SchemaNode, { declared, references }: Reading): Types | undefined {
  if ('enum' in node) return typesOfValues(listedSchemas(node, 'enum') ?? [])
  if ('$ref' in node) return declared(references.targets.get(String(node['$ref']))?.schema)
  if ('const' in node) return typesOfValues([node['const']])
  const parts = [ownTypes(node), ...(listedSchemas(node, 'allOf') ?? []).map(declared)]
  const choices = choicesOf(node).map(([, alternatives]) => unionOf(alternatives.map(declared)))
  const types = intersectionOf([...parts, ...choices])
  return types !== undefined && node['nullable'] === true ? new Set([...types, 'null']) : types
}

function findMisread(node: SchemaNode, { declared, misread, references }: Reading): Types {
  if ('$ref' in node) return misread(references.targets.get(String(node['$ref']))?.schema)
  // What declares its types is loosened itself.
  if (declared(node) !== undefined) return NONE
  const parts = [
    ...(listedSchemas(node, 'allOf') ?? []),
    ...choicesOf(node).flatMap(([, alternatives]) => alternatives),
  ]
  return new Set([
    ...beyond(ALL_TYPES, typesOfKeywords(node)),
    ...parts.flatMap((part) => [...misread(part)]),
  ])
}

const ALL_TYPES: Types = new Set(['array', 'boolean', 'null', 'number', 'object', 'string'])

function loosen(node: SchemaNode, { declared, misread }: Reading): SchemaNode {
  if (!COMBINATORS.some((keyword) => keyword in node)) return node
  if (LITERALS.some((keyword) => keyword in node)) return node
  const members = listedSchemas(node, 'allOf') ?? []
  const choices = choicesOf(node)
  if (members.length === 0 && choices.length === 0) return node
  const own = ownTypes(node)
  const choiceTypes = choices.map(([, alternatives]) => unionOf(alternatives.map(declared)))
  const strict = intersectionOf([own, ...members.map(declared), ...choiceTypes])
  // An alternative without a type allows anything. Where nothing else is declared it is believed to mean its kind.
  const types =
    strict ?? intersectionOf(choices.map(([, alternatives]) => believedTypes(alternatives, declared)))
  if (types === undefined) return node
  const misreadIn = (parts: readonly unknown[]): string[] =>
    [...types].filter((type) => parts.some((part) => misread(part).has(type))).sort()
  const looseMembers = members.map((member) => {
    const rest = misreadIn([member])
    return rest.length === 0 ? member : { anyOf: [member, { type: rest }] }
  })
  // A type alone moves into the alternatives anyway, though not through references.
  const isAlone = own !== undefined && saysTypesAlone(node, [...own])
  const looseChoices = (strict === undefined ? [] : choices).map(([keyword, alternatives]) => {
    const rest = misreadIn(isAlone ? alternatives.filter(isReference) : alternatives)
    return [keyword, rest.length === 0 ? alternatives : [...alternatives, { type: rest }]] as const
  })
  const isWider = own === undefined && beyond(types, typesOfKeywords(node)).length > 0
  return {
    ...(isWider ? withoutOutweighed(node) : node),
    ...(members.length === 0 ? {} : { allOf: looseMembers }),
    ...Object.fromEntries(looseChoices),
    ...(isWider ? { type: [...types].sort() } : {}),
  }
}

function isReference(schema: unknown): boolean {
  return isNode(schema) && '$ref' in schema
}

/** The types that a choice means to allow, if at least one alternative declares what it is. */
function believedTypes(alternatives: readonly unknown[], declared: Reading['declared']): Types | undefined {
  const isDeclared = alternatives.some((alternative) => declared(alternative) !== undefined)
  return isDeclared ? unionOf(alternatives.map((each) => declared(each) ?? impliedTypes(each))) : undefined
}

/** The types that keywords which imply others do not speak of; none when nothing is implied. */
function beyond(types: Types, implied: Types | undefined): string[] {
  return implied === undefined ? [] : [...types].filter((type) => !implied.has(type)).sort()
}

/** The types that a schema without `type` is believed to mean; undefined when there are none. */
function impliedTypes(schema: unknown): Types | undefined {
  if (!isNode(schema)) return undefined
  const members = listedSchemas(schema, 'allOf') ?? []
  return typesOfKeywords(schema) ?? members.map(impliedTypes).find((types) => types !== undefined)
}

function typesOfKeywords(node: SchemaNode): Types | undefined {
  const types = [...(impliesObject(node) ? ['object'] : []), ...('items' in node ? ['array'] : [])]
  return types.length === 0 ? undefined : new Set(types)
}

function ownTypes({ type }: SchemaNode): Types | undefined {
  const names = Array.isArray(type) ? type : [type]
  // `integer` is a kind of `number`, and types do not tell them apart.
  return names.length > 0 && names.every((name) => TYPES.has(name))
    ? new Set(names.map((name) => (name === 'integer' ? 'number' : name)))
    : undefined
}

function typesOfValues(values: readonly unknown[]): Types {
  return new Set(
    values.map((value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)),
  )
}

function choicesOf(node: SchemaNode): (readonly [keyword: string, alternatives: readonly unknown[]])[] {
  return ['anyOf', 'oneOf'].flatMap((keyword) => {
    const alternatives = listedSchemas(node, keyword)
    return alternatives === undefined ? [] : [[keyword, alternatives] as const]
  })
}

/** Undefined, which is every type, as soon as one of them is. */
function unionOf(sets: readonly (Types | undefined)[]): Types | undefined {
  const union = new Set<string>()
  for (const types of sets) {
    if (types === undefined) return undefined
    for (const type of types) union.add(type)
  }
  return union
}

function intersectionOf(sets: readonly (Types | undefined)[]): Types | undefined {
  const [first, ...others] = sets.filter((types) => types !== undefined)
  if (first === undefined) return undefined
  return new Set([...first].filter((type) => others.every((types) => types.has(type))))
}
