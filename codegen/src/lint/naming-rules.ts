// Rules about the names of properties and of values.

import { listedSchemas } from '../schema/json-schema.ts'
import { atSchema, type LintRule } from './lint-rule.ts'

const SNAKE_CASE = /^[a-z_][a-z0-9_]*$/
const UPPER_CASE = /^[A-Z0-9]+(_[A-Z0-9]+)*$/
const TIME_NAME = /(^|_)(at|date|day|time|timestamp|until|since|from|to|on)($|_)|(date|day|time)$/
const SECRET_NAME = /(^|_)(password|passwd|secret|access_token|api_key|credit_card|card_number|cvv|cvc)$/

/** Rules about names. */
export const NAMING_RULES: readonly LintRule[] = [
  {
    id: 'property-name',
    level: 'warning',
    summary: 'Names of properties are in snake_case.',
    remedy: 'Write small letters, digits and underscores, such as order_number.',
    check: ({ nodes }) =>
      nodes.flatMap((node) =>
        node.property === undefined || SNAKE_CASE.test(node.property)
          ? []
          : [
              {
                at: atSchema(node),
                message: `the property ${JSON.stringify(node.property)} is not in snake_case`,
              },
            ],
      ),
  },
  {
    id: 'enum-value',
    level: 'warning',
    summary: 'Values of enumerations are in UPPER_SNAKE_CASE.',
    remedy: 'Write capital letters, digits and underscores, such as PAID_IN_FULL.',
    check: ({ nodes }) =>
      nodes.flatMap((node) =>
        ['enum', 'x-extensible-enum'].flatMap((keyword) => {
          const values = listedSchemas(node.schema, keyword) ?? []
          const odd = values.find((value) => typeof value === 'string' && !UPPER_CASE.test(value))
          return odd === undefined
            ? []
            : [
                {
                  at: atSchema(node, keyword),
                  message: `the value ${JSON.stringify(odd)} is not in UPPER_SNAKE_CASE`,
                },
              ]
        }),
      ),
  },
  {
    id: 'time-name',
    level: 'warning',
    summary: 'Names of times end with `_at`, or say date or time.',
    remedy: 'Call it after what happened then, such as shipped_at, or end the name with _date or _time.',
    check: ({ nodes }) =>
      nodes.flatMap((node) => {
        const { property, schema } = node
        const isTime = schema['format'] === 'date-time' || schema['format'] === 'date'
        return property === undefined || !isTime || TIME_NAME.test(property)
          ? []
          : [
              {
                at: atSchema(node),
                message: `the name ${JSON.stringify(property)} does not say that it is a time`,
              },
            ]
      }),
  },
  {
    id: 'secret-name',
    level: 'warning',
    summary: 'Events hold no secrets: whoever may read them reads them for days.',
    remedy: 'Leave it out; publish an id by which those who may can ask for it.',
    check: ({ nodes }) =>
      nodes.flatMap((node) =>
        node.property !== undefined && SECRET_NAME.test(node.property)
          ? [{ at: atSchema(node), message: `${JSON.stringify(node.property)} sounds like a secret` }]
          : [],
      ),
  },
]
