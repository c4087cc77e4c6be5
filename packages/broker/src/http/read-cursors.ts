import type { SubscriptionCursor } from '@rioni/protocol'
import type { Violation } from './problem.ts'
import { fieldsOf, missing, optionalList, optionalText, type ReadBody, readWith } from './read-fields.ts'

/** Reads the body of a commit: `{"items":[{partition, offset, event_type, cursor_token}]}`, all required. */
export function readCursors(body: unknown): ReadBody<readonly SubscriptionCursor[]> {
  return readWith(() => {
    const items = optionalList(fieldsOf(body, '').get('items'), 'items')
    if (items === undefined) return { kind: 'invalid', violations: [missing('items')] }
    const violations: Violation[] = []
    const cursors = items.map((item, index) => readCursor(item, `items[${index}]`, violations))
    return violations.length > 0 ? { kind: 'invalid', violations } : { kind: 'read', value: cursors }
  })
}

function readCursor(value: unknown, name: string, violations: Violation[]): SubscriptionCursor {
  const fields = fieldsOf(value, name)
  const required = (field: string): string => {
    const text = optionalText(fields.get(field), `${name}.${field}`)
    if (text === undefined) violations.push(missing(`${name}.${field}`))
    return text ?? ''
  }
  return {
    partition: required('partition'),
    offset: required('offset'),
    event_type: required('event_type'),
    cursor_token: required('cursor_token'),
  }
}
