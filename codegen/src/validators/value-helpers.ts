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

/** Whether an object lacks one of some properties of its own. */
export function lacks(object: object, names: readonly string[]): boolean {
  return !names.every((name) => Object.hasOwn(object, name))
}

/** Whether no two items are equal. */
export function hasUniqueItems(items: readonly unknown[]): boolean {
  return new Set(items.map(canonicalText)).size === items.length
}

/** What is wrong with a value by the schema of another function. */
interface PartError {
  readonly instancePath: string
  readonly message: string
}

/** Adds errors that another function has found in a part of the value. */
export function withErrors(
  errors: readonly PartError[] | null,
  found: readonly PartError[],
  path: string,
): readonly PartError[] {
  return [
    ...(errors ?? []),
    ...found.map(({ instancePath, message }) => ({ instancePath: path + instancePath, message })),
  ]
}
