import type { NewEventType } from '@rioni/protocol'
import { compactJson } from './compact-json.ts'
import { javaDoubleText } from './java-number.ts'
import { valueSpan } from './json-members.ts'
import { isJsonObject, type JsonObject, ownValue } from './json-value.ts'
import { parsePropertyPath } from './property-path.ts'

/** The names that lead from an event to one of its values. */
export type PropertyPath = readonly string[]

/** The texts of an event's partition key fields in their order, or why they cannot be read. */
export type PartitionKeys = { readonly keys: readonly string[] } | { readonly error: string }

/** The paths of an event type's partition key fields. Those of category `data` start at the event's `data`. */
export function partitionKeyPaths(
  eventType: Pick<NewEventType, 'category' | 'partition_key_fields'>,
): readonly PropertyPath[] {
  const prefix = eventType.category === 'data' ? 'data.' : ''
  return (eventType.partition_key_fields ?? []).map((field) => parsePropertyPath(prefix + field))
}

/** An event, and the JSON text that it was read from. */
export interface ReadEvent {
  readonly event: JsonObject
  readonly text: string
}

/**
 * Reads the values of the partition key fields out of an event. Numbers are taken from its text, since the hash
 * depends on how they are written: `1.10` and `1.1` are one key, `1` is another.
 */
export function partitionKeys(paths: readonly PropertyPath[], { event, text }: ReadEvent): PartitionKeys {
  const keys: string[] = []
  for (const path of paths) {
    let value: unknown = event
    for (const name of path) {
      value = isJsonObject(value) ? ownValue(value, name) : undefined
      // The broker's message mentions the name that leads nowhere, and that alone.
      if (value === undefined) return { error: `field ${name} doesn't exist.` }
    }
    keys.push(typeof value === 'string' ? value : writtenKey(text, path))
  }
  return { keys }
}

function writtenKey(text: string, path: PropertyPath): string {
  const span = valueSpan(text, path)
  return span === undefined ? '' : keyText(text.slice(span.start, span.end))
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
