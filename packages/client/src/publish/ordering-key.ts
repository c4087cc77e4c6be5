import type { EventTypeConstant } from '../event-type-constant.ts'

/** Says which events must stay in order: those with equal keys. */
export interface OrderingKey {
  // A method, because deleted events, which have only some of the fields, get their key from the same function.
  keyOf(event: unknown): string
}

/**
 * The key of events by the fields that the broker hashes (`partition_key_fields`): events with the same values are in the
 * same partition, and nobody can tell the order of events in different ones. Those fields are inside `data` for category
 * `data` (Nakadi API, "EventType.partition_key_fields").
 *
 * @returns undefined when the event type names no fields
 */
export function keyByFields({ category, partitionKeyFields }: EventTypeConstant): OrderingKey | undefined {
  if (partitionKeyFields === undefined || partitionKeyFields.length === 0) return undefined
  const prefix = category === 'data' ? ['data'] : []
  const paths = partitionKeyFields.map((field) => [...prefix, ...field.split('.')])
  return { keyOf: (event) => paths.map((path) => textAt(event, path)).join('\n') }
}

function textAt(event: unknown, path: readonly string[]): string {
  let value = event
  for (const name of path) value = isObject(value) ? value[name] : undefined
  if (typeof value === 'string') return value
  // Generated types may have large integers, for which JSON has no form of its own.
  return typeof value === 'bigint' ? value.toString() : (JSON.stringify(value) ?? '')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
