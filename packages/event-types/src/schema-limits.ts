import { type JsonScan, scanContainer } from './json-scan.ts'
import {
  definitionOf,
  isSchemaList,
  type LoadedDocument,
  type LoadedSchema,
  type SchemaNode,
} from './loaded-schema.ts'
import { patternSize } from './pattern-size.ts'
import { SchemaError } from './schema-error.ts'

// A schema is code that others run: what it costs to read and to apply must be bounded. The limits are far
// above real schemas, and low enough that accepting the worst schema takes about 50 ms in a process that has just
// begun, and a third of it later: for that long the event loop stands still. `test/bench/schemas.ts` measures it.

/** How much a schema may ask for. */
export interface SchemaLimits {
  /** The most characters of a schema's text. */
  readonly length: number
  /** The deepest nesting of objects and arrays in a schema's text. */
  readonly jsonDepth: number
  /** The most schemas inside each other. */
  readonly depth: number
  /** The most schemas in one schema, all that it refers to included. */
  readonly nodes: number
  /** The most different patterns in one schema. */
  readonly patterns: number
  /** The size that all patterns of one schema may have together, as `patternSize` estimates it. */
  readonly patternSize: number
  /** The most members of a combinator, items of a tuple, patterns or dependencies of an object. */
  readonly listLength: number
  /** The most values of one `enum`. */
  readonly enumLength: number
  /** How often one value may be checked: by the members of combinators, conditions and references. */
  readonly checksPerValue: number
}

/** What the broker takes. */
export const BROKER_LIMITS: SchemaLimits = {
  length: 262_144,
  jsonDepth: 256,
  depth: 64,
  nodes: 1_100,
  patterns: 250,
  patternSize: 4_000,
  listLength: 250,
  enumLength: 1_000,
  checksPerValue: 10_000,
}

/** What may be read where nobody waits for an answer, such as by a tool that runs at build time. */
export const TOOL_LIMITS: SchemaLimits = {
  length: 16_777_216,
  jsonDepth: 256,
  depth: 128,
  nodes: 40_000,
  patterns: 5_000,
  patternSize: 100_000,
  listLength: 2_500,
  enumLength: 20_000,
  checksPerValue: 100_000,
}

/** How many references and combinators may lead from one to the next without going down in the value. */
const MAX_CHECK_DEPTH = 256

/**
 * Refuses a text that should not even be parsed.
 *
 * @returns what was seen of it, for who parses it next
 * @throws SchemaError when the text is too long or too deeply nested.
 */
export function limitSchemaText(text: string, limits: SchemaLimits = BROKER_LIMITS): JsonScan {
  if (text.length > limits.length) {
    throw new SchemaError(`schema too large: ${text.length} characters, at most ${limits.length}`)
  }
  const scan = scanContainer(text, 0)
  if (scan.depth > limits.jsonDepth) {
    throw new SchemaError(`schema too deep: more than ${limits.jsonDepth} levels`)
  }
  return scan
}

/** Counts what a schema consists of while it is loaded. */
export interface NodeBudget {
  /** @throws SchemaError when this node is one too many, or one level too deep. */
  spendNode(depth: number): void
  /** @throws SchemaError when this pattern is one too many, or too large. */
  spendPattern(pattern: string): void
}

/** Makes the budget of one document, with nothing spent. */
export function createNodeBudget(limits: SchemaLimits): NodeBudget {
  let nodes = 0
  let patterns = 0
  let sizeOfPatterns = 0
  return {
    spendNode(depth) {
      nodes += 1
      if (nodes > limits.nodes) {
        throw new SchemaError(`schema too complex: more than ${limits.nodes} subschemas`)
      }
      if (depth > limits.depth) {
        throw new SchemaError(`schema too deep: more than ${limits.depth} schemas inside each other`)
      }
    },
    spendPattern(pattern) {
      patterns += 1
      if (patterns > limits.patterns) {
        throw new SchemaError(`schema too complex: more than ${limits.patterns} different patterns`)
      }
      sizeOfPatterns += patternSize(pattern)
      if (sizeOfPatterns > limits.patternSize) {
        throw new SchemaError(
          `schema too complex: patterns of more than ${limits.patternSize} parts, repetitions spelled out`,
        )
      }
    },
  }
}

/**
 * Refuses a keyword with too many parts.
 *
 * @throws SchemaError
 */
export function limitList(list: readonly unknown[], pointer: string, { listLength }: SchemaLimits): void {
  if (list.length <= listLength) return
  throw new SchemaError(`schema too complex: more than ${listLength} parts in ${pointer}`)
}

/**
 * Refuses a schema that would check one value too often. References that double from one definition to the
 * next take exponential time, and those that come back to the same value never end.
 *
 * @throws SchemaError
 */
export function limitChecksPerValue(document: LoadedDocument, { checksPerValue }: SchemaLimits): void {
  const known = new Map<LoadedSchema, number | 'open'>()
  const count = (schema: LoadedSchema, depth: number): number => {
    if (typeof schema === 'boolean') return 1
    const counted = known.get(schema)
    if (counted === 'open') throw new SchemaError('schema refers to itself without end')
    if (counted !== undefined) return counted
    if (depth > MAX_CHECK_DEPTH) {
      throw new SchemaError(`schema too deep: more than ${MAX_CHECK_DEPTH} references one after the other`)
    }
    known.set(schema, 'open')
    let checks = schema.$ref === undefined ? 1 : 1 + count(definitionOf(document, schema.$ref), depth + 1)
    forEachBeside(schema, (each) => {
      checks += count(each, depth + 1)
    })
    if (checks > checksPerValue) {
      throw new SchemaError(`schema too complex: more than ${checksPerValue} checks of one value`)
    }
    known.set(schema, checks)
    return checks
  }
  for (const schema of nestedSchemas(document)) count(schema, 0)
}

/** Calls with the schemas that stand in one and are for the same value. */
function forEachBeside(schema: SchemaNode, visit: (beside: LoadedSchema) => void): void {
  schema.allOf?.forEach(visit)
  schema.anyOf?.forEach(visit)
  schema.oneOf?.forEach(visit)
  for (const each of [schema.not, schema.if, schema.then, schema.else]) if (each !== undefined) visit(each)
  for (const needed of Object.values(schema.dependencies ?? {})) if (isSchema(needed)) visit(needed)
}

/** Every schema of the document, those of members and items included. */
function nestedSchemas(document: LoadedDocument): readonly LoadedSchema[] {
  const all: LoadedSchema[] = [...document.definitions]
  const add = (schema: LoadedSchema | undefined): void => {
    if (typeof schema === 'object') all.push(schema)
  }
  // What is found inside of a schema joins the end of the list.
  for (const schema of all) {
    if (typeof schema === 'boolean') continue
    forEachBeside(schema, add)
    if (schema.items !== undefined && isSchemaList(schema.items)) schema.items.forEach(add)
    else add(schema.items)
    if (schema.properties !== undefined) Object.values(schema.properties).forEach(add)
    if (schema.patternProperties !== undefined) Object.values(schema.patternProperties).forEach(add)
    add(schema.additionalItems)
    add(schema.contains)
    add(schema.additionalProperties)
    add(schema.propertyNames)
  }
  return all
}

function isSchema(value: LoadedSchema | readonly string[]): value is LoadedSchema {
  return !Array.isArray(value)
}
