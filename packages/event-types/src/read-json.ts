// Small readers for JSON documents that a person wrote: each takes a value of any kind and gives it its
// type, or throws an `UnreadableError` that names the field. `null` is let through everywhere, since the
// Nakadi API reports a missing value in its own way. Numbers and texts stand in for each other as in the
// broker's JSON mapping.

import { isJsonObject, ownValue } from './json-value.ts'

/** Gives a value its type; `field` is its path in the document, for messages. */
export type Reader<T> = (value: unknown, field: string) => T | null

/** What a reader reads. */
export type ReadBy<R> = R extends Reader<infer T> ? T | null : never

/** The document cannot be read: a value has the wrong kind. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}

/** Reads a text. */
export function text(value: unknown, field: string): string | null {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw unreadable(field, 'a string')
}

/** Reads a whole number; a fraction is cut off. */
export function integer(value: unknown, field: string): number | null {
  if (value === null) return null
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return Math.trunc(number)
  throw unreadable(field, 'a number')
}

/** Reads one of some names, whatever its case. */
export function nameOf<T extends string>(names: readonly T[]): Reader<T> {
  return (value, field) => {
    if (value === null) return null
    const given = text(value, field)
    const name = names.find((candidate) => candidate === given?.toLowerCase())
    if (name !== undefined) return name
    throw unknownName(given, names)
  }
}

/** Reads one of some names as it is written. */
export function exactNameOf<T extends string>(names: readonly T[]): Reader<T> {
  return (value, field) => {
    if (value === null) return null
    const given = text(value, field)
    const name = names.find((candidate) => candidate === given)
    if (name !== undefined) return name
    throw unknownName(given, names)
  }
}

/** Reads an array whose elements are all read alike. */
export function listOf<T>(element: Reader<T>): Reader<readonly (T | null)[]> {
  return (value, field) => {
    if (value === null) return null
    if (!Array.isArray(value)) throw unreadable(field, 'an array')
    return value.map((item, index) => element(item, `${field}[${index}]`))
  }
}

/** Reads an object whose keys are free and whose values are all read alike. */
export function mapOf<T>(element: Reader<T>): Reader<{ readonly [key: string]: T | null }> {
  return (value, field) => {
    if (value === null) return null
    if (!isJsonObject(value)) throw unreadable(field, 'an object')
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, element(item, `${field}[${key}]`)]),
    )
  }
}

/** Reads an object with known fields. Absent fields stay absent, unknown ones are left out. */
export function objectOf<F extends { readonly [field: string]: Reader<unknown> }>(
  fields: F,
): Reader<{ readonly [K in keyof F]?: ReadBy<F[K]> }> {
  return (value, field) => {
    if (value === null) return null
    if (!isJsonObject(value)) throw unreadable(field, 'an object')
    const entries = Object.entries(fields)
      .map(([name, reader]) => ({ name, reader, item: ownValue(value, name) }))
      .filter(({ item }) => item !== undefined)
      .map(({ name, reader, item }) => [name, reader(item, field === '' ? name : `${field}.${name}`)])
    return Object.fromEntries(entries) as { readonly [K in keyof F]?: ReadBy<F[K]> }
  }
}

function unknownName(given: string | null, names: readonly string[]): UnreadableError {
  return new UnreadableError(`Illegal enum value: '${given}'. Possible values: [${names.join(', ')}]`)
}

function unreadable(field: string, expected: string): UnreadableError {
  return new UnreadableError(
    field === '' ? `The document must be ${expected}` : `Field "${field}" must be ${expected}`,
  )
}
