// Checks what a config file holds. The file may be JSON, or TypeScript that nobody type-checked.

import { LINT_RULES } from '../lint/lint-rules.ts'
import { isNode } from '../schema/json-schema.ts'
import type { RioniConfig } from './config.ts'
import { nearestWord } from './nearest-word.ts'

/** A config, or everything that is wrong with it. */
export type ReadConfig =
  | { readonly ok: true; readonly config: RioniConfig }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Checks a config. Each problem is a sentence that names the key. */
export function readConfig(value: unknown): ReadConfig {
  if (!isNode(value)) return { ok: false, problems: ['the config is not an object'] }
  const problems = checkMembers(value, CONFIG, '')
  for (const key of ['from', 'out']) {
    if (!Object.hasOwn(value, key)) problems.push(`${key} is missing`)
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: value as unknown as RioniConfig }
}

/** Problems of the value of a key. */
type Check = (value: unknown, key: string) => string[]

/** A check that a value is what a sentence says. */
function expected(what: string, isRight: (value: unknown) => boolean): Check {
  return (value, key) => (isRight(value) ? [] : [`${key} is not ${what}`])
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const TEXT = expected('a text', isText)
const TEXTS = expected('a list of texts', (value) => Array.isArray(value) && value.every(isText))
const SWITCH = expected('true or false', (value) => typeof value === 'boolean')

function oneOf(...words: readonly string[]): Check {
  return expected(`one of ${words.join(', ')}`, (value) => words.includes(String(value)))
}

const MAPPING: Readonly<Record<string, Check>> = {
  pointer: TEXT,
  category: oneOf('business', 'data', 'undefined'),
  owningApplication: TEXT,
  compatibilityMode: oneOf('compatible', 'forward', 'none'),
}

const SOURCE: Readonly<Record<string, Check>> = {
  path: TEXT,
  eventTypes: (value, key) =>
    isNode(value)
      ? Object.entries(value).flatMap(([name, mapping]) =>
          checkMapping(mapping, `${key}[${JSON.stringify(name)}]`),
        )
      : [`${key} is not an object`],
}

const FORMATS: Readonly<Record<string, Check>> = {
  'date-time': oneOf('Date', 'Temporal.Instant'),
  date: oneOf('Temporal.PlainDate'),
  int64: oneOf('bigint'),
}

const CONFIG: Readonly<Record<string, Check>> = {
  from: (value, key) =>
    (Array.isArray(value) ? value : [value]).flatMap((source) => checkSource(source, key)),
  out: TEXT,
  lock: TEXT,
  include: TEXTS,
  exclude: TEXTS,
  names: expected(
    'an object of texts',
    (value) =>
      isNode(value) && Object.values(value).every((name) => isText(name) && /[A-Za-z]/.test(String(name))),
  ),
  validators: SWITCH,
  examples: SWITCH,
  proof: SWITCH,
  docs: SWITCH,
  asyncapi: SWITCH,
  formats: (value, key) =>
    isNode(value) ? checkMembers(value, FORMATS, `${key}.`) : [`${key} is not an object`],
  importExtension: oneOf('.js', '.ts'),
  lint: checkLevels,
  role: oneOf('consumer', 'producer', 'both'),
}

function checkLevels(value: unknown, key: string): string[] {
  if (!isNode(value)) return [`${key} is not an object`]
  const level = oneOf('off', 'warning', 'error')
  return checkMembers(value, Object.fromEntries(LINT_RULES.map(({ id }) => [id, level])), `${key}.`)
}

function checkSource(source: unknown, key: string): string[] {
  if (isText(source)) return []
  if (!isNode(source)) return [`${key} is neither a path nor an object with a path`]
  const missing = Object.hasOwn(source, 'path') ? [] : [`${key}.path is missing`]
  return [...checkMembers(source, SOURCE, `${key}.`), ...missing]
}

function checkMapping(mapping: unknown, key: string): string[] {
  if (isText(mapping)) return []
  if (!isNode(mapping)) return [`${key} is neither a JSON pointer nor an object with a pointer`]
  const missing = Object.hasOwn(mapping, 'pointer') ? [] : [`${key}.pointer is missing`]
  return [...checkMembers(mapping, MAPPING, `${key}.`), ...missing]
}

function checkMembers(
  value: Readonly<Record<string, unknown>>,
  checks: Readonly<Record<string, Check>>,
  prefix: string,
): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    if (member === undefined) return []
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (check !== undefined) return check(member, `${prefix}${name}`)
    const near = nearestWord(name, Object.keys(checks))
    return [`${prefix}${name} is unknown${near === undefined ? '' : `; did you mean ${near}?`}`]
  })
}
