// The bodies of the operations on cursors: arrays of cursors, of pairs of cursors, or of cursors and distances.

import type { Cursor, CursorPair } from '@rioni/protocol'
import type { Violation } from './problem.ts'
import {
  fieldsOf,
  missing,
  optionalInteger,
  optionalList,
  optionalText,
  type ReadBody,
  readWith,
} from './read-fields.ts'

/** A cursor and by how many offsets to move it. */
export interface ShiftedCursor {
  readonly cursor: Cursor
  readonly by: number
}

/** Reads `[{partition, offset}]`. */
export function readCursors(body: unknown): ReadBody<readonly Cursor[]> {
  return readItems(body, readCursor)
}

/** Reads `[{partition, offset, shift}]`; the shift is 0 unless it is given. */
export function readShifts(body: unknown): ReadBody<readonly ShiftedCursor[]> {
  return readItems(body, (value, name, violations) => ({
    cursor: readCursor(value, name, violations),
    by: optionalInteger(fieldsOf(value, name).get('shift'), `${name}.shift`, Number.MAX_SAFE_INTEGER) ?? 0,
  }))
}

/** Reads `[{initial_cursor, final_cursor}]`. */
export function readPairs(body: unknown): ReadBody<readonly CursorPair[]> {
  return readItems(body, (value, name, violations) => {
    const fields = fieldsOf(value, name)
    const required = (field: string): Cursor => {
      const cursor = fields.get(field) ?? undefined
      if (cursor !== undefined) return readCursor(cursor, `${name}.${field}`, violations)
      violations.push(missing(`${name}.${field}`))
      return { partition: '', offset: '' }
    }
    return { initial_cursor: required('initial_cursor'), final_cursor: required('final_cursor') }
  })
}

function readItems<T>(
  body: unknown,
  readItem: (value: unknown, name: string, violations: Violation[]) => T,
): ReadBody<readonly T[]> {
  return readWith(() => {
    const list = optionalList(body, '')
    if (list === undefined) return { kind: 'unreadable', message: 'The body must be an array' }
    const violations: Violation[] = []
    const value = list.map((item, index) => readItem(item, `items[${index}]`, violations))
    return violations.length > 0 ? { kind: 'invalid', violations } : { kind: 'read', value }
  })
}

function readCursor(value: unknown, name: string, violations: Violation[]): Cursor {
  const fields = fieldsOf(value, name)
  const required = (field: string): string => {
    const text = optionalText(fields.get(field), `${name}.${field}`) ?? ''
    if (text === '')
      violations.push({ field: `${name}.${field}`, message: `cursor ${field} cannot be empty` })
    return text
  }
  return { partition: required('partition'), offset: required('offset') }
}
