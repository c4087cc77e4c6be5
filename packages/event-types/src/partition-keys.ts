import type { NewEventType } from '@rioni/protocol'
import { compactJson } from './compact-json.ts'
import { javaDoubleText } from './java-number.ts'
import { valueSpan } from './json-members.ts'
import { parsePropertyPath } from './property-path.ts'

/** The texts of an event's partition key fields in their order, or why they cannot be read. */
export type PartitionKeys = { readonly keys: readonly string[] } | { readonly error: string }

/**
 * Reads the values of the partition key fields out of an event. They are taken from its text, since the
 * hash depends on how a number is written: `1.10` and `1.1` are one key, `1` is another.
 *
 * The paths of an event type of category `data` start at the event's `data`.
 *
 * @param eventText The event as JSON text that `JSON.parse` accepts.
 */
export function partitionKeys(
  eventType: Pick<NewEventType, 'category' | 'partition_key_fields'>,
  eventText: string,
): PartitionKeys {
  const keys: string[] = []
  for (const field of eventType.partition_key_fields ?? []) {
    const path = parsePropertyPath(eventType.category === 'data' ? `data.${field}` : field)
    const span = valueSpan(eventText, path)
    if (span === undefined) return { error: `field ${missingSegment(eventText, path)} doesn't exist.` }
    keys.push(keyText(eventText.slice(span.start, span.end)))
  }
  return { keys }
}

/** The first name of the path that leads nowhere: the broker's message mentions that name only. */
function missingSegment(eventText: string, path: readonly string[]): string {
  const index = path.findIndex((_, at) => valueSpan(eventText, path.slice(0, at + 1)) === undefined)
  return path[index] ?? ''
}

function keyText(json: string): string {
  switch (json.charAt(0)) {
    case '"':
      return String(JSON.parse(json))
    case '{':
    case '[':
      return compactJson(json)
    case 't':
    case 'f':
    case 'n':
      return json
    default:
      return numberKeyText(json)
  }
}

/** Java's parser keeps a number in digits, unless its notation makes it a double. */
function numberKeyText(json: string): string {
  return /[.eE]/.test(json) || json === '-0' ? javaDoubleText(Number(json)) : json
}
