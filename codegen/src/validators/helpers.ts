// The functions that a generated validator carries with it, so that it imports nothing: the very ones by which the broker
// checks events, as text.

import { HELPER_SOURCES } from './helper-sources.generated.ts'

type RoutineModule = keyof typeof HELPER_SOURCES

/** Modules in the order in which they may follow each other in one file: what is needed comes first. */
const MODULES: readonly RoutineModule[] = [
  'currency',
  'date-time',
  'ip-address',
  'internet-formats',
  'json-value',
  'multiple-of',
  'value-helpers',
]

/** Each function that checks call, and the modules that hold it and what it calls. */
const HELPERS = {
  anyErrors: ['value-helpers'],
  canonicalText: ['json-value'],
  characterCount: ['value-helpers'],
  currencyViolation: ['currency'],
  dateTimeViolation: ['date-time'],
  dependencyErrors: ['value-helpers'],
  hasUniqueItems: ['json-value', 'value-helpers'],
  isEmail: ['ip-address', 'internet-formats'],
  isHostname: ['ip-address', 'internet-formats'],
  isIpv4: ['ip-address'],
  isIpv6: ['ip-address'],
  isMultipleOf: ['multiple-of'],
  isUri: ['ip-address', 'internet-formats'],
  isUriReference: ['ip-address', 'internet-formats'],
  memberErrors: ['value-helpers'],
  missingErrors: ['value-helpers'],
  nameErrors: ['value-helpers'],
  oneErrors: ['value-helpers'],
  otherErrors: ['value-helpers'],
  placed: ['value-helpers'],
  unmetErrors: ['value-helpers'],
} as const satisfies Record<string, readonly RoutineModule[]>

/** The name of a function that checks may call. */
export type RoutineName = keyof typeof HELPERS

/** The function that checks each format. One that is called a violation returns what is wrong, the others a boolean. */
export const FORMAT_HELPERS: Readonly<Record<string, RoutineName>> = {
  'date-time': 'dateTimeViolation',
  uri: 'isUri',
  'uri-reference': 'isUriReference',
  email: 'isEmail',
  ipv4: 'isIpv4',
  ipv6: 'isIpv6',
  hostname: 'isHostname',
  'iso-4217': 'currencyViolation',
  'ISO-4217': 'currencyViolation',
}

/** The text of some functions and of what they call. */
export function helperSources(names: ReadonlySet<RoutineName>): string[] {
  const needed = new Set<RoutineModule>([...names].flatMap((name) => HELPERS[name]))
  return MODULES.filter((module) => needed.has(module)).map((module) => HELPER_SOURCES[module])
}

/** The names of all functions that checks may call. */
export const ROUTINE_NAMES = Object.keys(HELPERS)

/** The text of all functions. */
export const ALL_HELPERS: readonly string[] = MODULES.map((module) => HELPER_SOURCES[module])
