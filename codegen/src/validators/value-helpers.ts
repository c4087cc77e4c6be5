// What generated validators need beside formats. The text of this module becomes part of them, so its functions stand
// alone but for `canonicalText`.

import { canonicalText } from '@rioni/event-types'

/** How many characters a text has, of which some take two code units. */
export function characterCount(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index += 1) {
    if ((text.codePointAt(index) ?? 0) > 0xffff) index += 1
    count += 1
  }
  return count
}

/** The first of some properties of its own that an object lacks. What is undefined is not there on the wire. */
function lacking(object: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  return names.find((name) => object[name] === undefined || !Object.hasOwn(object, name))
}

/** Whether no two items are equal. */
export function hasUniqueItems(items: readonly unknown[]): boolean {
  return new Set(items.map(canonicalText)).size === items.length
}

/** What is wrong with a value, and where. */
interface CheckError {
  readonly instancePath: string
  readonly message: string
}

/** A function that says whether a value is right, and remembers what is wrong. */
interface Check {
  (value: unknown): boolean
  readonly errors: readonly CheckError[]
}

/** What is wrong with a member of an object by its own check; undefined when nothing is, or there is no such member. */
export function memberErrors(
  object: Readonly<Record<string, unknown>>,
  name: string,
  check: Check,
): readonly CheckError[] | undefined {
  const value = object[name]
  if (value === undefined || !Object.hasOwn(object, name) || check(value)) return undefined
  return placed(check.errors, `/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`)
}

/** The names that members may have, and the patterns of such names. */
interface ListedNames {
  readonly names: ReadonlySet<string>
  readonly patterns: readonly RegExp[]
}

/** What is wrong with the first member that is not listed and should not be there, or does not follow its own check. */
export function otherErrors(
  object: Readonly<Record<string, unknown>>,
  { names, patterns }: ListedNames,
  check: Check | false,
): readonly CheckError[] | undefined {
  for (const name of Object.keys(object)) {
    if (names.has(name) || patterns.some((pattern) => pattern.test(name))) continue
    if (check === false) return unwanted(name)
    const errors = memberErrors(object, name, check)
    if (errors !== undefined) return errors
  }
  return undefined
}

/** What is wrong with an object that lacks one of some properties. */
export function missingErrors(
  object: Readonly<Record<string, unknown>>,
  names: readonly string[],
): readonly CheckError[] | undefined {
  const name = lacking(object, names)
  if (name === undefined) return undefined
  return [{ instancePath: '', message: `must have the property ${JSON.stringify(name)}` }]
}

/** What is wrong with the first name of a member that does not follow a check. */
export function nameErrors(
  object: Readonly<Record<string, unknown>>,
  check: Check | false,
): readonly CheckError[] | undefined {
  for (const name of Object.keys(object)) {
    if (check === false) return unwanted(name)
    if (check(name)) continue
    return check.errors.map(({ message }) => ({
      instancePath: '',
      message: `property name ${JSON.stringify(name)} ${message}`,
    }))
  }
  return undefined
}

/** What is wrong with an object that has a member beside which more is needed: other members, or what a check asks for. */
export function dependencyErrors(
  object: Readonly<Record<string, unknown>>,
  name: string,
  needed: readonly string[] | Check | false,
): readonly CheckError[] | undefined {
  if (!Object.hasOwn(object, name)) return undefined
  if (needed === false) return unwanted(name)
  if (typeof needed === 'function') return needed(object) ? undefined : placed(needed.errors, '')
  const lack = lacking(object, needed)
  if (lack === undefined) return undefined
  const message = `must have the property ${JSON.stringify(lack)} beside ${JSON.stringify(name)}`
  return [{ instancePath: '', message }]
}

/** What is wrong with a value by the first of some checks that it does not follow. */
export function unmetErrors(
  value: unknown,
  checks: readonly (Check | false)[],
): readonly CheckError[] | undefined {
  for (const check of checks) {
    if (check === false) return [{ instancePath: '', message: 'must not be there' }]
    if (!check(value)) return placed(check.errors, '')
  }
  return undefined
}

/** What is wrong with a value that follows none of some checks. */
export function anyErrors(value: unknown, checks: readonly Check[]): readonly CheckError[] | undefined {
  const errors: CheckError[] = []
  for (const check of checks) {
    if (check(value)) return undefined
    errors.push(...check.errors)
  }
  return [...errors, { instancePath: '', message: 'must match a schema in anyOf' }]
}

/**
 * What is wrong with a value that does not follow exactly one of some checks.
 *
 * @param known - how many others it follows
 */
export function oneErrors(
  value: unknown,
  checks: readonly Check[],
  known: number,
): readonly CheckError[] | undefined {
  const errors: CheckError[] = []
  let followed = known
  for (const check of checks) {
    if (followed > 1) break
    if (check(value)) followed += 1
    else errors.push(...check.errors)
  }
  if (followed === 1) return undefined
  const message = 'must match exactly one schema in oneOf'
  return followed > 1 ? [{ instancePath: '', message }] : [...errors, { instancePath: '', message }]
}

function unwanted(name: string): readonly CheckError[] {
  return [{ instancePath: '', message: `must not have the property ${JSON.stringify(name)}` }]
}

/** Errors of a part of a value, as seen from the whole. */
export function placed(errors: readonly CheckError[], path: string): readonly CheckError[] {
  return errors.map(({ instancePath, message }) => ({ instancePath: path + instancePath, message }))
}
