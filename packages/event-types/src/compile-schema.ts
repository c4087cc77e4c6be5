import { Ajv, type Options } from 'ajv'
import { hasUniqueItems } from './explain-array.ts'
import { FORMATS } from './formats.ts'
import { canonicalText } from './json-value.ts'
import type { LoadedDocument } from './loaded-schema.ts'
import { isMultipleOf } from './multiple-of.ts'

/**
 * Compiles a loaded schema to a function that says whether a value follows it. It stops at the first
 * violation; `explain` tells all of them.
 */
export function compileSchema(document: LoadedDocument): (value: unknown) => boolean {
  const ajv = new Ajv({ ...OPTIONS, code: { regExp: patternsOf(document) } })
  replaceKeywords(ajv)
  const validate = ajv.compile<unknown>({
    $ref: '#/definitions/0',
    definitions: Object.fromEntries(document.definitions.entries()),
  })
  return (value) => validate(value)
}

const OPTIONS: Options = {
  // The loader has checked the schema, for more than the meta-schema would.
  meta: false,
  validateSchema: false,
  strict: false,
  logger: false,
  messages: false,
  // One function per definition: several times smaller and faster to compile than copies in every place.
  inlineRefs: false,
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

/**
 * Replaces the keywords that compare values. The compiler's own take quadratic time, let an event's property
 * `valueOf` break the comparison, and divide in binary.
 */
function replaceKeywords(ajv: Ajv): void {
  for (const keyword of ['enum', 'const', 'uniqueItems', 'multipleOf']) ajv.removeKeyword(keyword)
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
