// One item of a definition file to a subscription.

import { annotationViolations, deadLetterViolations, labelViolations } from '@rioni/event-types'
import type { NewSubscription } from '@rioni/protocol'
import { checkBounds } from '../schema/check-bounds.ts'
import { formatPointer } from '../schema/json-pointer.ts'
import { isNode, type SchemaNode } from '../schema/json-schema.ts'
import type { SchemaProblem } from '../schema/schema-problem.ts'

/** A subscription, or what is wrong with the item. */
export type ReadSubscription =
  | { readonly ok: true; readonly subscription: NewSubscription }
  | { readonly ok: false; readonly problems: readonly SchemaProblem[] }

/** True for an item that is meant to be a subscription: it names event types and is none. */
export function isSubscription(item: unknown): item is SchemaNode {
  return isNode(item) && Object.hasOwn(item, 'event_types') && !Object.hasOwn(item, 'schema')
}

/**
 * Reads one item. Fields that a registry answers beside those that are sent are passed over, so that an answer may be kept
 * as a file. Pointers of problems start at the item.
 */
export function readSubscription(item: SchemaNode): ReadSubscription {
  const problem = checkBounds(item)
  if (problem !== undefined) return { ok: false, problems: [problem] }
  const problems = Object.entries(FIELDS).flatMap(([field, { isRequired = false, check }]) => {
    const value = item[field]
    if (value === undefined || value === null)
      return isRequired ? [problemAt([field], `${field} is missing`)] : []
    return check(value, [field])
  })
  if (problems.length > 0) return { ok: false, problems }
  const given = Object.keys(FIELDS).filter((field) => item[field] !== undefined && item[field] !== null)
  const subscription = Object.fromEntries(given.map((field) => [field, item[field]]))
  return { ok: true, subscription: subscription as unknown as NewSubscription }
}

type Check = (value: unknown, path: readonly string[]) => SchemaProblem[]

interface Field {
  readonly isRequired?: boolean
  readonly check: Check
}

function problemAt(path: readonly string[], message: string): SchemaProblem {
  return {
    pointer: formatPointer(path),
    message,
    remedy: 'Correct it; the broker would refuse the subscription as it is.',
  }
}

/** A check that a value is what a sentence says. */
function expected(what: string, isRight: (value: unknown) => boolean): Check {
  return (value, path) => (isRight(value) ? [] : [problemAt(path, `${path.at(-1)} is not ${what}`)])
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isListOf = (value: unknown, isRight: (member: unknown) => boolean): value is readonly unknown[] =>
  Array.isArray(value) && value.every(isRight)
const isObjectOf = (value: unknown, fields: readonly string[]): boolean =>
  isNode(value) && fields.every((field) => typeof value[field] === 'string')

const TEXT = expected('a text', isText)
const ATTRIBUTES = expected(
  'a list of at least one attribute with data_type and value',
  (value) => isListOf(value, (member) => isObjectOf(member, ['data_type', 'value'])) && value.length > 0,
)

interface Violation {
  readonly field: string
  readonly message: string
}

/** Texts by key, under the broker's rules for them. */
function textsUnder(rules: (texts: Readonly<Record<string, string>>) => readonly Violation[]): Check {
  return (value, path) => {
    if (!isNode(value)) return [problemAt(path, `${path.at(-1)} is not an object of texts`)]
    const wrong = Object.entries(value).find(([, text]) => typeof text !== 'string')
    if (wrong !== undefined)
      return [problemAt([...path, wrong[0]], `${JSON.stringify(wrong[0])} is not a text`)]
    const texts = Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]))
    return rules(texts).map(({ field, message }) => problemAt(path, `${field} ${message}`))
  }
}

const FIELDS: Readonly<Record<string, Field>> = {
  owning_application: { isRequired: true, check: TEXT },
  event_types: {
    isRequired: true,
    check: expected('a list of at least one text', (value) => isListOf(value, isText) && value.length > 0),
  },
  consumer_group: { check: TEXT },
  read_from: {
    check: expected('one of begin, end, cursors', (value) =>
      ['begin', 'end', 'cursors'].includes(String(value)),
    ),
  },
  initial_cursors: {
    check: expected('a list of cursors with event_type, partition and offset', (value) =>
      isListOf(value, (member) => isObjectOf(member, ['event_type', 'partition', 'offset'])),
    ),
  },
  authorization: {
    check: (value, path) =>
      isNode(value)
        ? ['admins', 'readers'].flatMap((list) => ATTRIBUTES(value[list], [...path, list]))
        : [problemAt(path, 'authorization is not an object')],
  },
  annotations: {
    check: textsUnder((texts) => [...annotationViolations(texts), ...deadLetterViolations(texts)]),
  },
  labels: { check: textsUnder(labelViolations) },
}

/** Every field of a subscription, those that only a broker writes included. */
export const SUBSCRIPTION_FIELDS: readonly string[] = [
  ...Object.keys(FIELDS),
  'id',
  'created_at',
  'updated_at',
  'status',
]
