// Whether a value, written as a literal, can be assigned to a type. The compiler's own rules, as far as generated types
// need them; `test/codegen/proof.spec.ts` compares the verdicts with those of the compiler itself, which would take
// seconds where this takes microseconds.

import type { ObjectShape, TupleShape, TypeShape } from './type-shape.ts'

/** Whether a type accepts a value; undefined when that takes too long to find out, or depends on types of elsewhere. */
export type TypeCheck = (value: unknown) => boolean | undefined

/**
 * How the compiler looks at a literal. It is `fresh` where it stands: unknown properties are an error. Once it has been
 * compared with a union as a whole, it is compared with the alternatives as a `regular` value. While it is compared with
 * a `part` of an intersection, unknown properties are none of that part's business.
 */
type Freshness = 'fresh' | 'regular' | 'part'

interface Checking {
  readonly shapes: ReadonlyMap<string, TypeShape>
  /** The alternatives of unions that were met. */
  readonly flattened: WeakMap<readonly TypeShape[], readonly TypeShape[]>
  /** What was found out about objects and arrays: most documents consist of what others consist of. */
  readonly verdicts: Readonly<Record<Freshness, WeakMap<object, Map<TypeShape, boolean>>>>
  steps: number
}

/** Steps that one check may take, beside those that were remembered: alternatives inside of alternatives multiply. */
const MAX_STEPS = 50_000

/** Why a check ends without a verdict. */
class Undecided extends Error {}

/** Makes the check of a type. */
export function createTypeCheck(shapes: ReadonlyMap<string, TypeShape>, name: string): TypeCheck {
  const remembered = {
    flattened: new WeakMap(),
    verdicts: { fresh: new WeakMap(), regular: new WeakMap(), part: new WeakMap() },
  }
  return (value) => {
    try {
      const checking = { shapes, ...remembered, steps: 0 }
      return accepts({ kind: 'name', name }, value, { checking, freshness: 'fresh' })
    } catch (error) {
      if (error instanceof Undecided || error instanceof RangeError) return undefined
      throw error
    }
  }
}

interface Context {
  readonly checking: Checking
  readonly freshness: Freshness
}

type JsonObject = Readonly<Record<string, unknown>>

function accepts(named: TypeShape, value: unknown, context: Context): boolean {
  const { checking } = context
  checking.steps += 1
  if (checking.steps > MAX_STEPS) throw new Undecided()
  const shape = resolve(named, checking)
  if (typeof value !== 'object' || value === null) return acceptsAnew(shape, value, context)
  const ofFreshness = checking.verdicts[context.freshness]
  const ofValue = ofFreshness.get(value) ?? new Map<TypeShape, boolean>()
  const known = ofValue.get(shape)
  if (known !== undefined) return known
  const verdict = acceptsAnew(shape, value, context)
  ofValue.set(shape, verdict)
  ofFreshness.set(value, ofValue)
  return verdict
}

function acceptsAnew(shape: TypeShape, value: unknown, context: Context): boolean {
  switch (shape.kind) {
    case 'anything':
      return true
    case 'nothing':
      return false
    case 'primitive':
      return shape.type === 'object'
        ? typeof value === 'object' && value !== null
        : typeof value === shape.type
    case 'literal':
      return shape.value === value
    case 'array':
      return Array.isArray(value) && value.every((item) => accepts(shape.item, item, insideArray(context)))
    case 'tuple':
      return Array.isArray(value) && acceptsTuple(shape, value, insideArray(context))
    case 'object':
      return acceptsObject(shape, value, context)
    case 'union':
      return acceptsUnion(shape.parts, value, context)
    case 'intersection':
      return acceptsIntersection(shape.parts, value, context)
    default:
      throw new Undecided()
  }
}

function resolve(shape: TypeShape, checking: Checking): TypeShape {
  let current: TypeShape | undefined = shape
  while (current?.kind === 'name') {
    checking.steps += 1
    if (checking.steps > MAX_STEPS) throw new Undecided()
    current = checking.shapes.get(current.name)
  }
  return current ?? { kind: 'foreign' }
}

/** What stands in an array stays fresh when the array does not. */
function insideArray(context: Context): Context {
  return context.freshness === 'regular' ? { ...context, freshness: 'fresh' } : context
}

function acceptsTuple({ items, rest }: TupleShape, value: readonly unknown[], context: Context): boolean {
  const least = items.filter(({ isOptional }) => !isOptional).length
  if (value.length < least || (rest === undefined && value.length > items.length)) return false
  return value.every((item, index) => {
    const shape = items[index]?.shape ?? rest
    return shape !== undefined && accepts(shape, item, context)
  })
}

function acceptsObject(shape: ObjectShape, value: unknown, context: Context): boolean {
  const { members, index } = shape
  const isOpen = index === undefined && areOptional(members)
  if (!isObject(value)) {
    // Whatever has properties fits a type that requires none, unless the compiler suspects a mistake.
    return isOpen && value !== null && (members.size === 0 || context.freshness === 'part')
  }
  const names = Object.keys(value)
  if (context.freshness === 'fresh' && !names.every((name) => knows(shape, name, context.checking)))
    return false
  const isStranger =
    isOpen && members.size > 0 && names.length > 0 && !names.some((name) => members.has(name))
  if (isStranger && context.freshness !== 'part') return false
  for (const [name, { isOptional }] of members) if (!isOptional && !Object.hasOwn(value, name)) return false
  return names.every((name) => {
    const member = members.get(name)
    return (
      (member === undefined || accepts(member.shape, value[name], context)) &&
      (index === undefined || accepts(index, value[name], context))
    )
  })
}

function areOptional(members: ObjectShape['members']): boolean {
  for (const { isOptional } of members.values()) if (!isOptional) return false
  return true
}

function acceptsUnion(parts: readonly TypeShape[], value: unknown, context: Context): boolean {
  const alternatives = flatten(parts, context.checking)
  // One object type among `null` and the like is compared as if it were alone, and once.
  const [only, ...others] = isObject(value) ? alternatives.filter(isOfObjects) : []
  if (only !== undefined && others.length === 0) return accepts(only, value, context)
  if (context.freshness === 'fresh' && isObject(value) && hasExcess(alternatives, value, context))
    return false
  const isRegular = context.freshness === 'fresh' && isObject(value)
  const inner: Context = isRegular ? { ...context, freshness: 'regular' } : context
  return alternatives.some((alternative) => accepts(alternative, value, inner))
}

/** The members of a union, nested ones included. */
function flatten(parts: readonly TypeShape[], checking: Checking): readonly TypeShape[] {
  const known = checking.flattened.get(parts)
  if (known !== undefined) return known
  const alternatives = parts.flatMap((part) => {
    const shape = resolve(part, checking)
    return shape.kind === 'union' ? flatten(shape.parts, checking) : [shape]
  })
  checking.flattened.set(parts, alternatives)
  return alternatives
}

/** Whether an object literal has a property that no alternative in question knows, or that fits it in none of them. */
function hasExcess(alternatives: readonly TypeShape[], value: JsonObject, context: Context): boolean {
  const { checking } = context
  const objects = alternatives.filter(mayBeObject)
  if (objects.length === 0 || alternatives.some(({ kind }) => kind === 'anything')) return false
  const candidates = discriminated(objects, value, context)
  return Object.entries(value).some(([name, member]) => {
    if (!candidates.some((candidate) => knows(candidate, name, checking))) return true
    const types = candidates.flatMap((candidate) => memberShapes(candidate, name, checking))
    return !acceptsUnion(types, member, context)
  })
}

function isOfObjects(shape: TypeShape): boolean {
  return mayBeObject(shape) || (shape.kind === 'primitive' && shape.type === 'object')
}

function mayBeObject({ kind }: TypeShape): boolean {
  return kind !== 'literal' && kind !== 'primitive' && kind !== 'nothing'
}

/** The alternatives that the literal properties of a value leave. */
function discriminated(
  alternatives: readonly TypeShape[],
  value: JsonObject,
  context: Context,
): readonly TypeShape[] {
  const { checking } = context
  let included: readonly TypeShape[] = alternatives
  for (const [name, member] of Object.entries(value)) {
    const types = alternatives.map((alternative) => memberShapes(alternative, name, checking))
    if (!types.some((shapes) => shapes.some((shape) => isUnit(shape, checking)))) continue
    const fitting = included.filter((alternative) => {
      const shapes = memberShapes(alternative, name, checking)
      return (
        shapes.length === 0 ||
        shapes.every((shape) => accepts(shape, member, { ...context, freshness: 'regular' }))
      )
    })
    const isMatched = fitting.some((alternative) => memberShapes(alternative, name, checking).length > 0)
    if (isMatched) included = fitting
  }
  return included
}

/** True for a type with a single value, and for a union of such types. */
function isUnit(named: TypeShape, checking: Checking): boolean {
  const shape = resolve(named, checking)
  if (shape.kind === 'union') return flatten([shape], checking).every((part) => isUnit(part, checking))
  return shape.kind === 'literal' || (shape.kind === 'primitive' && shape.type === 'boolean')
}

function acceptsIntersection(parts: readonly TypeShape[], value: unknown, context: Context): boolean {
  const { checking, freshness } = context
  if (freshness === 'fresh' && isObject(value)) {
    const isKnown = (name: string): boolean => parts.some((part) => knows(part, name, checking))
    if (!Object.keys(value).every(isKnown)) return false
  }
  if (!parts.every((part) => accepts(part, value, { ...context, freshness: 'part' }))) return false
  if (freshness === 'part' || !isObject(value)) return true
  return Object.entries(value).every(([name, member]) => {
    const shapes = parts.flatMap((part) => memberShapes(part, name, checking))
    const [only] = shapes
    // What no part says anything about may be anything.
    if (only === undefined) return true
    return shapes.length === 1 ? accepts(only, member, context) : acceptsIntersection(shapes, member, context)
  })
}

/** Whether a type says anything about a property. */
function knows(named: TypeShape, name: string, checking: Checking): boolean {
  const shape = resolve(named, checking)
  switch (shape.kind) {
    case 'object':
      return shape.index !== undefined || shape.members.has(name) || shape.members.size === 0
    case 'union':
    case 'intersection':
      return shape.parts.some((part) => knows(part, name, checking))
    case 'anything':
      return true
    case 'primitive':
      return shape.type === 'object'
    default:
      return false
  }
}

/** The types that a type gives to a property: none, one, or one per alternative that knows it. */
function memberShapes(named: TypeShape, name: string, checking: Checking): readonly TypeShape[] {
  const shape = resolve(named, checking)
  switch (shape.kind) {
    case 'object': {
      const member = shape.members.get(name)?.shape ?? shape.index
      return member === undefined ? [] : [member]
    }
    case 'union': {
      // What may be anything says nothing about its properties.
      if (shape.parts.some((part) => isAnything(resolve(part, checking)))) return []
      const parts = shape.parts.flatMap((part) => memberShapes(part, name, checking))
      if (parts.length === 0) return []
      return parts.some(isAnything) ? [ANYTHING] : [{ kind: 'union', parts }]
    }
    case 'intersection': {
      const parts = shape.parts.flatMap((part) => memberShapes(part, name, checking))
      const constrained = parts.filter((part) => !isAnything(part))
      if (constrained.length === 0) return parts.slice(0, 1)
      return constrained.length === 1 ? constrained : [{ kind: 'intersection', parts: constrained }]
    }
    default:
      return []
  }
}

const ANYTHING: TypeShape = { kind: 'anything' }

function isAnything({ kind }: TypeShape): boolean {
  return kind === 'anything'
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
