// The keywords whose own implementation in ajv would leave an import in the code, or goes wrong: comparing values takes it
// quadratic time, `multipleOf` divides in binary. These call a helper by its name;
// the text of the helper becomes part of the module.

import { _, type Ajv, type Code, type KeywordCxt, Name, str, stringify } from 'ajv'
import { canonicalJson } from '../schema/canonical-json.ts'
import { FORMAT_HELPERS, type RoutineName } from './helpers.ts'
import { addPartKeywords, type UseRoutine } from './part-keywords.ts'

/** One keyword: on which values it works, when they fail, and what is said then. */
interface Replacement {
  readonly type?: 'string' | 'number' | 'array' | 'object'
  fails(cxt: KeywordCxt, helper: UseRoutine): Code
  message(schema: unknown): Code
}

const REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  enum: {
    fails: (cxt, helper) => isNoneOf(cxt, cxt.schema, helper),
    message: () => str`must be one of the permitted values`,
  },
  const: {
    fails: (cxt, helper) => isNoneOf(cxt, [cxt.schema], helper),
    message: (value) => str`must be ${JSON.stringify(value)}`,
  },
  minLength: {
    type: 'string',
    fails: ({ data, schema }, helper) => _`${helper('characterCount')}(${data}) < ${schema}`,
    message: (limit) => str`must have at least ${Number(limit)} characters`,
  },
  maxLength: {
    type: 'string',
    fails: ({ data, schema }, helper) => _`${helper('characterCount')}(${data}) > ${schema}`,
    message: (limit) => str`must have at most ${Number(limit)} characters`,
  },
  format: {
    type: 'string',
    fails({ data, schema }, helper) {
      const check = FORMAT_HELPERS[schema]
      if (check === undefined) return _`false`
      return check.endsWith('Violation')
        ? _`${helper(check)}(${data}) !== undefined`
        : _`!${helper(check)}(${data})`
    },
    message: (format) => str`must be a valid ${String(format)}`,
  },
  multipleOf: {
    type: 'number',
    fails: ({ data, schema }, helper) => _`!${helper('isMultipleOf')}(${data}, ${schema})`,
    message: (divisor) => str`must be a multiple of ${Number(divisor)}`,
  },
  uniqueItems: {
    type: 'array',
    fails: ({ data, schema }, helper) => (schema ? _`!${helper('hasUniqueItems')}(${data})` : _`false`),
    message: () => str`must not have equal items`,
  },
}

/** Puts the keywords in the place of ajv's. The names of the helpers that a schema needs are added to `used`. */
export function replaceKeywords(ajv: Ajv, used: Set<RoutineName>): void {
  const helper: UseRoutine = (name) => {
    used.add(name)
    return new Name(name)
  }
  addPartKeywords(ajv, helper)
  for (const [keyword, { type, fails, message }] of Object.entries(REPLACEMENTS)) {
    ajv.removeKeyword(keyword)
    ajv.addKeyword({
      keyword,
      ...(type === undefined ? {} : { type }),
      error: { message: ({ schema }) => message(schema), params: () => _`{}` },
      code: (cxt) => cxt.fail(fails(cxt, helper)),
    })
  }
}

/** Scalars are looked up; objects and arrays too, by a text that equal ones share. */
function isNoneOf(cxt: KeywordCxt, permitted: readonly unknown[], helper: UseRoutine): Code {
  const { data } = cxt
  const scalars = permitted.filter((value) => !isStructured(value))
  const structured = permitted.filter(isStructured).map((value) => JSON.stringify(canonicalJson(value)))
  if (structured.length === 0) return _`!${constant(cxt, scalars)}.has(${data})`
  const isListed = _`${constant(cxt, structured)}.has(${helper('canonicalText')}(${data}))`
  return scalars.length === 0 ? _`!${isListed}` : _`!${constant(cxt, scalars)}.has(${data}) && !${isListed}`
}

/** A set of the module, made once. */
function constant({ gen }: KeywordCxt, values: readonly unknown[]): Name {
  return gen.scopeValue('schema', { ref: values, code: setOf(values) })
}

/** The expression of a set of values. */
export function setOf(values: readonly unknown[]): Code {
  return _`new Set(${stringify(values)})`
}

/** True for objects and arrays, which are not equal to themselves where they occur twice. */
export function isStructured(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
