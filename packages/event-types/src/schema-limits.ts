import { jsonDepth } from './json-scan.ts'
import { isJsonObject } from './json-value.ts'
import { definitionOf, isSchemaList, type LoadedDocument, type LoadedSchema } from './loaded-schema.ts'
import { patternSize } from './pattern-size.ts'
import { SchemaError } from './schema-error.ts'

// A schema is code that others run: what it costs to read and to apply must be bounded. The limits are far
// above real schemas, and low enough that accepting the worst schema takes less than 50 ms, for that long the
// event loop stands still. `test/bench/schemas.ts` measures it.

/** The most characters of a schema's text. */
const MAX_SCHEMA_LENGTH = 262_144

/** The deepest nesting of objects and arrays in a schema's text. */
const MAX_SCHEMA_JSON_DEPTH = 256

/** The most schemas inside each other. */
const MAX_SCHEMA_DEPTH = 64

/** The most schemas in one schema, all that it refers to included. */
const MAX_SCHEMA_NODES = 2_500

/** The most different patterns in one schema. */
const MAX_PATTERNS = 250

/** The size that all patterns of one schema may have together, as `patternSize` estimates it. */
const MAX_PATTERN_SIZE = 5_000

/** The most members of a combinator, items of a tuple, patterns or dependencies of an object. */
const MAX_LIST_LENGTH = 250

/** The most values of one `enum`. */
export const MAX_ENUM_LENGTH = 1_000

/** How often one value may be checked: by the members of combinators, conditions and references. */
const MAX_CHECKS_PER_VALUE = 10_000

/** How many references and combinators may lead from one to the next without going down in the value. */
const MAX_CHECK_DEPTH = 256

/**
 * Refuses a text that should not even be parsed.
 *
 * @throws SchemaError when the text is too long or too deeply nested.
 */
export function limitSchemaText(text: string): void {
  if (text.length > MAX_SCHEMA_LENGTH) {
    throw new SchemaError(`schema too large: ${text.length} characters, at most ${MAX_SCHEMA_LENGTH}`)
  }
  if (jsonDepth(text) > MAX_SCHEMA_JSON_DEPTH) {
    throw new SchemaError(`schema too deep: more than ${MAX_SCHEMA_JSON_DEPTH} levels`)
  }
}

/** Counts what a schema consists of while it is loaded. */
export interface NodeBudget {
  /** @throws SchemaError when this node is one too many, or one level too deep. */
  spendNode(depth: number): void
  /** @throws SchemaError when this pattern is one too many, or too large. */
  spendPattern(pattern: string): void
}

/** Makes the budget of one document, with nothing spent. */
export function createNodeBudget(): NodeBudget {
  let nodes = 0
  let patterns = 0
  let sizeOfPatterns = 0
  return {
    spendNode(depth) {
      nodes += 1
      if (nodes > MAX_SCHEMA_NODES) {
        throw new SchemaError(`schema too complex: more than ${MAX_SCHEMA_NODES} subschemas`)
      }
      if (depth > MAX_SCHEMA_DEPTH) {
        throw new SchemaError(`schema too deep: more than ${MAX_SCHEMA_DEPTH} schemas inside each other`)
      }
    },
    spendPattern(pattern) {
      patterns += 1
      if (patterns > MAX_PATTERNS) {
        throw new SchemaError(`schema too complex: more than ${MAX_PATTERNS} different patterns`)
      }
      sizeOfPatterns += patternSize(pattern)
      if (sizeOfPatterns > MAX_PATTERN_SIZE) {
        throw new SchemaError(
          `schema too complex: patterns of more than ${MAX_PATTERN_SIZE} parts, repetitions spelled out`,
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
export function limitList(list: readonly unknown[], pointer: string): void {
  if (list.length <= MAX_LIST_LENGTH) return
  throw new SchemaError(`schema too complex: more than ${MAX_LIST_LENGTH} parts in ${pointer}`)
}

/**
 * Refuses a schema that would check one value too often. References that double from one definition to the
 * next take exponential time, and those that come back to the same value never end.
 *
 * @throws SchemaError
 */
export function limitChecksPerValue(document: LoadedDocument): void {
  const known = new Map<LoadedSchema, number | 'open'>()
  const count = (schema: LoadedSchema, depth: number): number => {
    if (!isJsonObject(schema)) return 1
    const counted = known.get(schema)
    if (counted === 'open') throw new SchemaError('schema refers to itself without end')
    if (counted !== undefined) return counted
    if (depth > MAX_CHECK_DEPTH) {
      throw new SchemaError(`schema too deep: more than ${MAX_CHECK_DEPTH} references one after the other`)
    }
    known.set(schema, 'open')
    const applied = appliedToSameValue(document, schema)
    const checks = applied.reduce((sum, each) => sum + count(each, depth + 1), 1)
    if (checks > MAX_CHECKS_PER_VALUE) {
      throw new SchemaError(`schema too complex: more than ${MAX_CHECKS_PER_VALUE} checks of one value`)
    }
    known.set(schema, checks)
    return checks
  }
  for (const schema of nestedSchemas(document)) count(schema, 0)
}

function appliedToSameValue(document: LoadedDocument, schema: LoadedSchema): LoadedSchema[] {
  if (typeof schema === 'boolean') return []
  const { $ref, allOf = [], anyOf = [], oneOf = [], dependencies = {} } = schema
  return [
    ...($ref === undefined ? [] : [definitionOf(document, $ref)]),
    ...allOf,
    ...anyOf,
    ...oneOf,
    ...present(schema.not, schema.if, schema.then, schema.else),
    ...Object.values(dependencies).filter(isSchema),
  ]
}

/** Every schema of the document, those of members and items included. */
function nestedSchemas(document: LoadedDocument): LoadedSchema[] {
  const all: LoadedSchema[] = [...document.definitions]
  for (let index = 0; index < all.length; index += 1) {
    const schema = all[index] ?? true
    if (typeof schema === 'boolean') continue
    const { $ref: _, ...inline } = schema
    const { items = [], properties = {}, patternProperties = {} } = schema
    all.push(
      ...appliedToSameValue(document, inline),
      ...(isSchemaList(items) ? items : [items]),
      ...Object.values(properties),
      ...Object.values(patternProperties),
      ...present(schema.additionalItems, schema.contains, schema.additionalProperties, schema.propertyNames),
    )
  }
  return all
}

function present(...schemas: readonly (LoadedSchema | undefined)[]): LoadedSchema[] {
  return schemas.filter((schema) => schema !== undefined)
}

function isSchema(value: LoadedSchema | readonly string[]): value is LoadedSchema {
  return !Array.isArray(value)
}
