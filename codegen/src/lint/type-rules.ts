// Rules about the types of values: enumerations, numbers, times, money, null.

import { isNode, listedSchemas, namedSchemas, type SchemaNode } from '../schema/json-schema.ts'
import { atSchema, type LintRule, type Remark } from './lint-rule.ts'
import { isOnly, typesOf, type VisitedSchema } from './visit-schemas.ts'

const NUMBER_FORMATS: Readonly<Record<string, readonly string[]>> = {
  integer: ['int32', 'int64', 'bigint'],
  number: ['float', 'double', 'decimal'],
}

/** The formats that common values have, by the names of their properties. */
const STANDARD_FORMATS: readonly { readonly name: RegExp; readonly formats: readonly string[] }[] = [
  { name: /(^|_)currency(_code)?$/, formats: ['iso-4217', 'ISO-4217'] },
  { name: /(^|_)country(_code)?$/, formats: ['iso-3166-alpha-2', 'iso-3166'] },
  { name: /(^|_)language(_code)?$/, formats: ['iso-639-1', 'bcp47'] },
  { name: /(^|_)locale(_code)?$/, formats: ['bcp47'] },
]

const MONEY_NAME = /(^|_)(amount|price|cost|fee|total_price|total_amount)$/

/** Rules about types. */
export const TYPE_RULES: readonly LintRule[] = [
  {
    id: 'extensible-enum',
    level: 'warning',
    summary: 'Enumerations that may grow are `x-extensible-enum`.',
    remedy: 'Write x-extensible-enum in place of enum; consumers then expect values that they do not know.',
    check: ({ nodes, eventType }) =>
      // In mode `compatible` the broker refuses keywords of one's own.
      eventType.compatibility_mode === 'compatible'
        ? []
        : nodes.flatMap((node) => {
            const values = listedSchemas(node.schema, 'enum') ?? []
            return values.length > 1 && values.every((value) => typeof value === 'string')
              ? [{ at: atSchema(node, 'enum'), message: 'another value of an enum breaks consumers' }]
              : []
          }),
  },
  {
    id: 'number-format',
    level: 'warning',
    summary: 'Numbers say how large or exact they are.',
    remedy: 'Add format: int32, int64 or bigint for integers; float, double or decimal for numbers.',
    check: ({ nodes }) => nodes.flatMap(numberFormat),
  },
  {
    id: 'time-format',
    level: 'warning',
    summary: 'Times are texts in the format date-time, dates in the format date.',
    remedy: 'Use type: string with format: date-time, or date.',
    check: ({ nodes }) => nodes.flatMap(timeFormat),
  },
  {
    id: 'standard-format',
    level: 'warning',
    summary: 'Currencies, countries and languages have their standard formats.',
    remedy: 'Add the format; it says which codes are meant.',
    check: ({ nodes }) => nodes.flatMap(standardFormat),
  },
  {
    id: 'money',
    level: 'warning',
    summary: 'Money is an object of an exact amount and its currency.',
    remedy: 'Use an object with amount (type: number, format: decimal) and currency (format: iso-4217).',
    check: ({ nodes }) => nodes.flatMap(money),
  },
  {
    id: 'id-text',
    level: 'warning',
    summary: 'Ids are texts.',
    remedy: 'Use type: string; large numbers lose digits in JavaScript, and nobody calculates with ids.',
    check: ({ nodes }) =>
      nodes.flatMap((node) => {
        const isId = node.property !== undefined && /(^|_)id$/.test(node.property)
        const isNumber = isOnly(node.schema, 'integer') || isOnly(node.schema, 'number')
        return isId && isNumber
          ? [{ at: atSchema(node, 'type'), message: `the id ${JSON.stringify(node.property)} is a number` }]
          : []
      }),
  },
  {
    id: 'needless-null',
    level: 'warning',
    summary: 'Booleans and arrays are never null.',
    remedy: 'Use an empty array for none; for a boolean, an enumeration of three values.',
    check: ({ nodes }) =>
      nodes.flatMap((node) => {
        const types = typesOf(node.schema)
        const type = ['boolean', 'array'].find((name) => types.includes(name))
        return type !== undefined && types.includes('null')
          ? [{ at: atSchema(node, 'type'), message: `the ${type} may be null` }]
          : []
      }),
  },
]

function numberFormat(node: VisitedSchema): Remark[] {
  const type = ['integer', 'number'].find((name) => isOnly(node.schema, name))
  if (type === undefined || Object.hasOwn(node.schema, 'enum')) return []
  const formats = NUMBER_FORMATS[type] ?? []
  const { format } = node.schema
  if (typeof format === 'string' && formats.includes(format)) return []
  const message =
    format === undefined
      ? `the ${type} has no format`
      : `${JSON.stringify(format)} is no format of an ${type}`
  return [{ at: atSchema(node, format === undefined ? 'type' : 'format'), message }]
}

function timeFormat(node: VisitedSchema): Remark[] {
  const { property, schema } = node
  if (property === undefined || !/(_at|(^|_)date|(^|_)timestamp)$/.test(property)) return []
  const what = JSON.stringify(property)
  if (isOnly(schema, 'integer') || isOnly(schema, 'number')) {
    return [{ at: atSchema(node, 'type'), message: `the time ${what} is a number` }]
  }
  const isPlain = isOnly(schema, 'string') && !['date-time', 'date'].includes(String(schema['format']))
  return isPlain
    ? [{ at: atSchema(node), message: `the time ${what} has not the format date-time or date` }]
    : []
}

function standardFormat(node: VisitedSchema): Remark[] {
  const { property, schema } = node
  const standard = STANDARD_FORMATS.find(({ name }) => property !== undefined && name.test(property))
  if (standard === undefined || !isOnly(schema, 'string') || isLimited(schema)) return []
  if (standard.formats.includes(String(schema['format']))) return []
  const [format = ''] = standard.formats
  return [{ at: atSchema(node), message: `${JSON.stringify(property)} has not the format ${format}` }]
}

/** Values that are listed need no format. */
function isLimited(schema: SchemaNode): boolean {
  return ['enum', 'const', 'x-extensible-enum'].some((keyword) => Object.hasOwn(schema, keyword))
}

function money(node: VisitedSchema): Remark[] {
  const properties = new Map(namedSchemas(node.schema, 'properties'))
  const hasCurrency = [...properties.keys()].some((name) => /(^|_)currency(_code)?$/.test(name))
  const remarks = [...properties].flatMap(([name, schema]): Remark[] => {
    const isNumber = isNode(schema) && (isOnly(schema, 'number') || isOnly(schema, 'integer'))
    if (!MONEY_NAME.test(name) || !isNumber) return []
    const at = atSchema(node, 'properties', name)
    if (!hasCurrency) return [{ at, message: `${JSON.stringify(name)} looks like money without a currency` }]
    return schema['format'] === 'decimal'
      ? []
      : [{ at, message: `the amount ${JSON.stringify(name)} is not exact` }]
  })
  return remarks
}
