// Small readers for request bodies. A value of the wrong kind makes the whole body unreadable (400); a
// missing one is a violation (422), which its caller collects.

import type { Violation } from './problem.ts'

/** A request body as its operation needs it, or what is wrong with it. */
export type ReadBody<T> =
  | { readonly kind: 'read'; readonly value: T }
  /** Not even of the right shape. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** Of the right shape, with fields that break a rule. */
  | { readonly kind: 'invalid'; readonly violations: readonly Violation[] }

/** A value has the wrong kind. */
export class UnreadableBodyError extends Error {
  override readonly name = 'UnreadableBodyError'
}

/** Runs a reader, turning an `UnreadableBodyError` into its result. */
export function readWith<T>(read: () => ReadBody<T>): ReadBody<T> {
  try {
    return read()
  } catch (error) {
    if (error instanceof UnreadableBodyError) return { kind: 'unreadable', message: error.message }
    throw error
  }
}

/** The fields of an object. */
export function fieldsOf(value: unknown, name: string): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongKind(name, 'an object')
  return new Map(Object.entries(value))
}

/** An array; undefined when it is absent or null. */
export function optionalList(value: unknown, name: string): readonly unknown[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw wrongKind(name, 'an array')
  return value
}

/** A text, with numbers and booleans taken for theirs; undefined when it is absent or null. */
export function optionalText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw wrongKind(name, 'a string')
}

/** The greatest number that Nakadi takes for an integer, which has 32 bits there. */
export const MAX_INTEGER = 2 ** 31 - 1

/**
 * An integer, also one written as text; undefined when it is absent, null or empty.
 *
 * @param max how far from zero it may be
 */
export function optionalInteger(value: unknown, name: string, max = MAX_INTEGER): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number === 'number' && Number.isInteger(number) && Math.abs(number) <= max) return number
  throw wrongKind(name, 'an integer')
}

/** A map of texts; undefined when it is absent or null. */
export function optionalTexts(value: unknown, name: string): Readonly<Record<string, string>> | undefined {
  if (value === undefined || value === null) return undefined
  const entries = [...fieldsOf(value, name)].map(([key, text]) => [
    key,
    optionalText(text, `${name}.${key}`) ?? '',
  ])
  return Object.fromEntries(entries)
}

/** What the broker calls a missing value. */
export function missing(field: string): Violation {
  return { field, message: 'must not be null' }
}

function wrongKind(name: string, expected: string): UnreadableBodyError {
  return new UnreadableBodyError(name === '' ? `The body must be ${expected}` : `${name} must be ${expected}`)
}
