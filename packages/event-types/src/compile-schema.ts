import { Ajv, type Options } from 'ajv'
import { compilableSchema, type PartIndex } from './compilable-schema.ts'
import { hasUniqueItems } from './explain-array.ts'
import { FORMATS } from './formats.ts'
import { canonicalText, type JsonObject } from './json-value.ts'
import type { LoadedDocument, LoadedSchema } from './loaded-schema.ts'
import { isMultipleOf } from './multiple-of.ts'

/** Says whether a value follows a schema. */
export type SchemaCheck = (value: unknown) => boolean

/**
 * Makes a check of a loaded schema. It stops at the first violation; `explain` tells all of them. Every
 * definition is compiled when a value first needs it, so no compilation is larger than one definition.
 */
export function compileSchema(document: LoadedDocument): SchemaCheck {
  const parts: LoadedSchema[] = [...document.definitions]
  const addPart = (schema: LoadedSchema): PartIndex => parts.push(schema) - 1
  const checks = new Map<PartIndex, SchemaCheck>()
  const checkOf = (index: PartIndex): SchemaCheck => {
    const known = checks.get(index)
    if (known !== undefined) return known
    const check = ajv.compile<unknown>(compilableSchema(parts[index] ?? true, addPart))
    checks.set(index, check)
    return check
  }
  const ajv = new Ajv({ ...OPTIONS, code: { regExp: patternsOf(document) } })
  addPartKeywords(ajv, checkOf)
  replaceKeywords(ajv)
  return (value) => checkOf(0)(value)
}

const OPTIONS: Options = {
  // The loader has checked the schema, for more than the meta-schema would.
  meta: false,
  validateSchema: false,
  strict: false,
  logger: false,
  messages: false,
  // `{}` has no property `constructor`, nor has it `toString`.
  ownProperties: true,
  formats: Object.fromEntries(
    [...FORMATS].map(([name, check]) => [name, (text: string) => check(text) === undefined]),
  ),
}

/** Patterns run as the loader compiled them: in linear time. */
function patternsOf({ patterns }: LoadedDocument): NonNullable<NonNullable<Options['code']>['regExp']> {
  const lookUp = (pattern: string) => ({
    test: (text: string) => patterns.get(pattern)?.test(text) ?? false,
    // The compiler tells patterns apart by this text.
    toString: () => pattern,
  })
  return Object.assign(lookUp, { code: 'patterns' })
}

/** The keywords that `compilableSchema` puts in the place of references and of many properties. */
function addPartKeywords(ajv: Ajv, checkOf: (index: PartIndex) => SchemaCheck): void {
  ajv.addKeyword({
    keyword: 'part',
    errors: false,
    compile: (index: PartIndex) => (value: unknown) => checkOf(index)(value),
  })
  ajv.addKeyword({
    keyword: 'members',
    type: 'object',
    errors: false,
    compile: (members: { readonly [name: string]: PartIndex }) => {
      const indexes = new Map(Object.entries(members))
      return (value: JsonObject) =>
        Object.keys(value).every((name) => {
          const index = indexes.get(name)
          return index === undefined || checkOf(index)(value[name])
        })
    },
  })
}

/**
 * Replaces keywords whose own implementation goes wrong: those that compare values take quadratic time and
 * stumble over an event's property `valueOf`, `multipleOf` divides in binary, and `required` overlooks the
 * empty name.
 */
function replaceKeywords(ajv: Ajv): void {
  for (const keyword of ['enum', 'const', 'uniqueItems', 'multipleOf', 'required']) ajv.removeKeyword(keyword)
  ajv.addKeyword({ keyword: 'enum', errors: false, compile: isOneOf })
  ajv.addKeyword({ keyword: 'const', errors: false, compile: (permitted: unknown) => isOneOf([permitted]) })
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    errors: false,
    compile: (unique: boolean) => (items: readonly unknown[]) => !unique || hasUniqueItems(items),
  })
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    errors: false,
    compile: (divisor: number) => (value: number) => isMultipleOf(value, divisor),
  })
  ajv.addKeyword({
    keyword: 'required',
    type: 'object',
    errors: false,
    compile: (names: readonly string[]) => (value: JsonObject) =>
      names.every((name) => Object.hasOwn(value, name)),
  })
}

function isOneOf(permitted: readonly unknown[]): (value: unknown) => boolean {
  const scalars = new Set(permitted.filter((value) => !isStructured(value)))
  const structured = new Set(permitted.filter(isStructured).map(canonicalText))
  return (value) =>
    isStructured(value) ? structured.size > 0 && structured.has(canonicalText(value)) : scalars.has(value)
}

function isStructured(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
