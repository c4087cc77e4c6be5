// From a JSON Schema to a plan of types. See `type-plan.ts` for what a plan is and why.

import { createLoosening, type Loosening } from '../schema/declared-types.ts'
import {
  COMBINATORS,
  hasNamedSchemas,
  isNode,
  listedSchemas,
  listedStrings,
  namedSchemas,
  type SchemaNode,
} from '../schema/json-schema.ts'
import { knownValues } from '../schema/known-values.ts'
import { mappedTypeOf } from '../schema/mapped-type.ts'
import { combinesReferences, normaliseNode } from '../schema/normalise-node.ts'
import type { References } from '../schema/resolve-references.ts'
import { identifierWordsOf, joinWords, pascalCase } from '../words.ts'
import { type Documentation, documentationOf } from './documentation.ts'
import {
  hasParts,
  isLongEnumeration,
  isRecord,
  isTuple,
  MAX_TUPLE_LENGTH,
  needsName,
  saysMoreThanObject,
} from './node-forms.ts'
import type { StructureSchema, TokenMeaning, TupleStructure, TypePlan } from './type-plan.ts'
import { alternativeWords, pathWords } from './type-words.ts'

const ANY: StructureSchema = { type: 'any' }
const NEVER: StructureSchema = { tsType: 'never' }

/** A plan while it is being made. */
interface OpenPlan extends TypePlan {
  readonly structures: Map<string, StructureSchema>
  readonly meanings: Map<string, TokenMeaning>
  readonly references: References
  /** Where the schemas that references lead to sit in the document. */
  readonly targetPaths: ReadonlyMap<SchemaNode, readonly string[]>
  /** Whether references combine with the keywords beside them. */
  readonly siblings: boolean
  readonly loosen: Loosening
  readonly normalised: Map<SchemaNode, SchemaNode>
  /** The words that the name of every type begins with. */
  readonly words: readonly string[]
  readonly declared: Map<SchemaNode, string>
  readonly pending: Pending[]
}

/** A declaration whose structure is still to be described. */
interface Pending {
  readonly token: string
  readonly node: SchemaNode
  readonly words: readonly string[]
}

/** Where a schema stands. */
interface Place {
  /** What a declaration at this place is called. At most places there is none, and nobody asks. */
  words(): readonly string[]
  /** There is a declaration of that name already, and the schema is described inside of it. */
  readonly isNamed?: true
  /** The schema is the value of a property, which carries its description. */
  readonly isProperty?: true
  /** The type is part of a tuple, which may be written several times over. */
  readonly isRepeated?: true
}

/**
 * Plans the types of a schema whose bounds and references have been checked.
 *
 * @param words - the words that the name of every type begins with
 */
export function planTypes(root: SchemaNode, references: References, words: readonly string[]): TypePlan {
  const plan: OpenPlan = {
    structures: new Map(),
    meanings: new Map(),
    references,
    targetPaths: new Map([...references.targets.values()].map(({ schema, path }) => [schema, path])),
    siblings: combinesReferences(root),
    loosen: createLoosening(references),
    normalised: new Map(),
    words,
    declared: new Map(),
    pending: [],
  }
  const whole = followReferences(plan, root)
  const name = words.join(' ')
  const documentation = { ...documentationOf(root, name), ...documentationOf(whole, name) }
  addDeclaration(plan, { node: whole, words }, documentation)
  // Describing one declaration finds others, which join the end of the list.
  for (const { token, node, words } of plan.pending) {
    const structure = describe(plan, normalised(plan, node), { words: () => words, isNamed: true })
    plan.structures.set(token, isEmptyObject(structure) ? { type: 'object' } : structure)
  }
  return plan
}

/** The schema that a schema means: itself or, when it is nothing but a reference, what that leads to in the end. */
function followReferences(plan: OpenPlan, node: SchemaNode): SchemaNode {
  const { $ref } = normalised(plan, node)
  const target = $ref === undefined ? undefined : plan.references.targets.get(String($ref))
  return target === undefined ? node : followReferences(plan, target.schema)
}

function normalised(plan: OpenPlan, node: SchemaNode): SchemaNode {
  const known = plan.normalised.get(node)
  if (known !== undefined) return known
  const made = normaliseNode(plan.loosen(node), plan.siblings)
  plan.normalised.set(node, made)
  return made
}

/** The structure of a sub-schema: a token when it has a declaration of its own, else its description. */
function refer(plan: OpenPlan, schema: unknown, place: Place): StructureSchema {
  if (!isNode(schema)) return schema === false ? NEVER : ANY
  const target = followReferences(plan, schema)
  const path = plan.targetPaths.get(target)
  if (path !== undefined)
    return declare(plan, target, { words: () => joinWords(plan.words, pathWords(path)) })
  const node = normalised(plan, schema)
  const isWorthName = needsName(node) && !place.isNamed
  // Tuples inside of tuples would multiply: each is written at most once.
  const isTupleInTuple = place.isRepeated && isTuple(node)
  if (isWorthName || isTupleInTuple) return declare(plan, schema, place)
  return describe(plan, node, place)
}

/** A declaration for a schema, made when it is met for the first time. */
function declare(plan: OpenPlan, node: SchemaNode, place: Place): StructureSchema {
  const known = plan.declared.get(node)
  if (known !== undefined) return { tsType: known }
  const words = place.words()
  const documentation = place.isProperty ? {} : documentationOf(node, words.join(' '))
  return { tsType: addDeclaration(plan, { node, words }, documentation) }
}

function addDeclaration(plan: OpenPlan, part: Omit<Pending, 'token'>, documentation: Documentation): string {
  const isReferredTo = plan.targetPaths.has(part.node)
  const type = { wish: pascalCase(part.words), node: part.node, isReferredTo }
  const token = newToken(plan, { kind: 'declaration', type, documentation })
  plan.declared.set(part.node, token)
  plan.pending.push({ ...part, token })
  return token
}

/** Describes a normalised node: what it says itself and what its combinators say must all hold. */
function describe(plan: OpenPlan, node: SchemaNode, place: Place): StructureSchema {
  if (!COMBINATORS.some((keyword) => keyword in node)) return describeType(plan, node, place)
  const members = listedSchemas(node, 'allOf') ?? []
  const choices = ['anyOf', 'oneOf']
    .map((keyword) => listedSchemas(node, keyword))
    .filter((choice) => choice !== undefined)
  const isOnlyMember =
    members.length === 1 && choices.length === 0 && !isRecord(node) && !saysMoreThanObject(node)
  if (isOnlyMember) return refer(plan, members[0], place)
  const own = describeType(plan, node, place)
  const described = members.map((member) => refer(plan, member, { ...place, isNamed: true }))
  const chosen = choices.map((choice) => describeChoice(plan, choice, place))
  const combined = [...described, ...chosen]
  // What has a name reads best before what is added to it.
  const named = described.filter((part) => 'tsType' in part)
  const unnamed = described.filter((part) => !('tsType' in part))
  const parts = [...named, own, ...unnamed, ...chosen].filter(
    (part) => part !== ANY && !(combined.length > 0 && isVague(part)),
  )
  const [only = combined[0] ?? ANY] = parts
  return parts.length <= 1 ? only : { allOf: parts }
}

function describeType(plan: OpenPlan, node: SchemaNode, place: Place): StructureSchema {
  const values = listedSchemas(node, 'enum')
  if (values !== undefined) return describeLiterals(plan, values)
  const mapped = mappedTypeOf(node)
  if (mapped !== undefined && node['type'] === (mapped === 'bigint' ? 'integer' : 'string'))
    return { tsType: newToken(plan, { kind: 'mapped', type: mapped }) }
  const known = node['type'] === 'string' ? knownValues(node) : undefined
  if (known !== undefined) return { tsType: newToken(plan, { kind: 'known', values: known }) }
  switch (node['type']) {
    case 'object':
      return describeObject(plan, node, place)
    case 'array':
      return describeArray(plan, node, place)
    case 'integer':
    case 'number':
      return { type: 'number' }
    case 'string':
    case 'boolean':
    case 'null':
      return { type: node['type'] }
    default:
      return ANY
  }
}

function describeLiterals(plan: OpenPlan, values: readonly unknown[]): StructureSchema {
  const isEitherBoolean = values.includes(true) && values.includes(false)
  const others = isEitherBoolean ? values.filter((value) => typeof value !== 'boolean') : values
  const parts: StructureSchema[] = [
    ...(isEitherBoolean ? [{ type: 'boolean' } as const] : []),
    ...(others.length > 0 ? [{ tsType: newToken(plan, { kind: 'literals', values: others }) }] : []),
  ]
  const [only = NEVER] = parts
  return parts.length <= 1 ? only : { anyOf: parts }
}

function describeChoice(plan: OpenPlan, alternatives: readonly unknown[], place: Place): StructureSchema {
  const nodes = alternatives.map((schema) => (isNode(schema) ? normalised(plan, schema) : undefined))
  const known = nodes.filter((node) => node !== undefined)
  const hasRecord = known.some(isRecord)
  // One object, or else one enumeration, or one list among `null` and the like takes the name of the place; several are
  // told apart.
  const counts = [isRecord, isLongEnumeration, hasParts].map((isMeant) => known.filter(isMeant).length)
  const isAlone = counts.find((count) => count > 0) === 1
  const suffixes = alternativeWords(nodes)
  return {
    anyOf: alternatives.map((schema, index) => {
      const node = nodes[index]
      const isBesideRecord = hasRecord && node !== undefined && isLongEnumeration(node)
      return refer(plan, schema, isAlone && !isBesideRecord ? place : below(place, suffixes[index] ?? []))
    }),
  }
}

function describeObject(plan: OpenPlan, node: SchemaNode, place: Place): StructureSchema {
  const required = new Set(listedStrings(node, 'required'))
  const schemas = isNode(node['properties']) ? node['properties'] : {}
  const properties = Object.keys(schemas)
    .sort()
    .map((name) => {
      const schema = schemas[name]
      const documentation = isNode(schema) ? documentationOf(schema, name) : {}
      const token = newToken(plan, { kind: 'property', name, documentation })
      const structure = refer(plan, schema, placeOfProperty(place, name))
      return { token, isRequired: required.has(name), structure }
    })
  return { type: 'object', properties, additionalProperties: describeOtherProperties(plan, node, place) }
}

function placeOfProperty({ words, isRepeated }: Place, name: string): Place {
  const own = (): readonly string[] => {
    const further = identifierWordsOf(name)
    return joinWords(words(), further.length > 0 ? further : ['Field'])
  }
  return { words: own, isProperty: true, ...(isRepeated ? { isRepeated } : {}) }
}

/** What an object may hold beside its named properties: anything unless the schema says otherwise. */
function describeOtherProperties(plan: OpenPlan, node: SchemaNode, place: Place): boolean | StructureSchema {
  const patterns = namedSchemas(node, 'patternProperties').map(([, schema]) => schema)
  const others = node['additionalProperties'] ?? true
  const values = others === false ? patterns : [...patterns, others]
  if (values.includes(true)) return true
  const structures = values.map((schema) => refer(plan, schema, below(place, ['Value'])))
  const [first] = structures
  if (first === undefined) return hasNamedSchemas(node, 'properties') ? false : NEVER
  return structures.length === 1 ? first : { anyOf: structures }
}

function describeArray(plan: OpenPlan, node: SchemaNode, place: Place): StructureSchema {
  const list = listedSchemas(node, 'items')
  if (list !== undefined) return describeTuple(plan, node, place)
  const length = isTuple(node) ? Number(node['minItems']) : undefined
  const item = refer(plan, node['items'], below(place, ['Item'], length !== undefined))
  if (length === undefined) return { type: 'array', items: item }
  const items = Array.from({ length }, () => item)
  return inline(plan, { type: 'array', items, minItems: length, additionalItems: false })
}

function describeTuple(plan: OpenPlan, node: SchemaNode, place: Place): StructureSchema {
  const { minItems, maxItems } = node
  const most = typeof maxItems === 'number' ? maxItems : Number.POSITIVE_INFINITY
  const schemas = (listedSchemas(node, 'items') ?? []).slice(0, Math.max(Math.floor(most), 0))
  const items = schemas.map((schema, index) => refer(plan, schema, below(place, [`Item${index + 1}`], true)))
  const least = typeof minItems === 'number' ? Math.min(Math.max(Math.ceil(minItems), 0), items.length) : 0
  const others = most <= items.length ? false : (node['additionalItems'] ?? true)
  const additionalItems =
    typeof others === 'boolean' ? others : refer(plan, others, below(place, ['Item'], true))
  if (items.length - least > MAX_TUPLE_LENGTH) {
    const rest = additionalItems === false ? [] : [additionalItems === true ? ANY : additionalItems]
    return { type: 'array', items: { anyOf: [...items, ...rest] } }
  }
  return inline(plan, { type: 'array', items, minItems: least, additionalItems })
}

/** The place of a part, named by further words. */
function below(place: Place, words: readonly string[], isInTuple = false): Place {
  const isRepeated = isInTuple || place.isRepeated
  return { words: () => joinWords(place.words(), words), ...(isRepeated ? { isRepeated } : {}) }
}

/** Gives a tuple a token: equal ones, which may be large, are then compared by it. */
function inline(plan: OpenPlan, structure: TupleStructure): StructureSchema {
  const token = newToken(plan, { kind: 'inline' })
  plan.structures.set(token, structure)
  return { tsType: token }
}

/** True for an object that says nothing about its members. Beside other parts that say something, it is noise. */
function isVague(structure: StructureSchema): boolean {
  return (
    'properties' in structure &&
    structure.properties.length === 0 &&
    (structure.additionalProperties === true || structure.additionalProperties === NEVER)
  )
}

/** True for the object without any member, which as the payload of a business event must leave room for `metadata`. */
function isEmptyObject(structure: StructureSchema): boolean {
  return isVague(structure) && 'additionalProperties' in structure && structure.additionalProperties === NEVER
}

function newToken(plan: OpenPlan, meaning: TokenMeaning): string {
  const token = `${meaning.kind}${plan.meanings.size}`
  plan.meanings.set(token, meaning)
  return token
}
