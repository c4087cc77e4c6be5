import type { SubscriptionCursor, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import type { Violation } from './problem.ts'
import { fieldsOf, missing, optionalList, optionalText, type ReadBody, readWith } from './read-fields.ts'

/** Reads the body of a commit: `{"items":[{partition, offset, event_type, cursor_token}]}`, all required. */
export function readCursors(body: unknown): ReadBody<readonly SubscriptionCursor[]> {
  return readItems(body, (required) => ({
    partition: required('partition'),
    offset: required('offset'),
    event_type: required('event_type'),
    cursor_token: required('cursor_token'),
  }))
}

/** Reads the body of a reset: `{"items":[{event_type, partition, offset}]}`, all required. */
export function readCursorsWithoutToken(body: unknown): ReadBody<readonly SubscriptionCursorWithoutToken[]> {
  return readItems(body, (required) => ({
    event_type: required('event_type'),
    partition: required('partition'),
    offset: required('offset'),
  }))
}

/** Reads one item by asking for each of its fields. */
type ReadItem<T> = (required: (field: string) => string) => T

function readItems<T>(body: unknown, readItem: ReadItem<T>): ReadBody<readonly T[]> {
  return readWith(() => {
    const items = optionalList(fieldsOf(body, '').get('items'), 'items')
    if (items === undefined) return { kind: 'invalid', violations: [missing('items')] }
    const violations: Violation[] = []
    const value = items.map((item, index) => {
      const name = `items[${index}]`
      const fields = fieldsOf(item, name)
      return readItem((field) => {
        const text = optionalText(fields.get(field), `${name}.${field}`)
        if (text === undefined) violations.push(missing(`${name}.${field}`))
        return text ?? ''
      })
    })
    return violations.length > 0 ? { kind: 'invalid', violations } : { kind: 'read', value }
  })
}
