// Subscriptions from a folder or a document, where they may lie beside the event types that they name.

import type { NewSubscription } from '@rioni/protocol'
import type { Diagnostic } from '../diagnostic.ts'
import { formatPointer, parsePointer } from '../schema/json-pointer.ts'
import { readSource } from '../sources/read-source.ts'
import { isSubscription, readSubscription } from './read-subscription.ts'
import { lineOf } from './source-line.ts'

/** A subscription that somebody wants, and where it was read. */
export interface SubscriptionDefinition {
  readonly subscription: NewSubscription
  readonly origin: {
    /** Path relative to the folder that was loaded, with `/` on every system. */
    readonly file: string
    /** JSON pointer to it within the file. */
    readonly pointer: string
  }
}

/** The subscriptions of a source. */
export interface LoadedSubscriptions {
  /** In the order of the files' paths. */
  readonly subscriptions: readonly SubscriptionDefinition[]
  /** What is wrong with those that are left out. Files that cannot be read at all are told by `loadDefinitions`. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads the subscriptions of every `.json`, `.yaml` and `.yml` file below a folder, or of one file: objects in the shape of
 * the Nakadi API, one or an array of them per file, that have `event_types`.
 */
export async function loadSubscriptions(path: string): Promise<LoadedSubscriptions> {
  const { parseText } = await import('./parse-text.ts')
  const { texts, entry } = readSource(path)
  const subscriptions: SubscriptionDefinition[] = []
  const diagnostics: Diagnostic[] = []
  for (const [file, text] of texts) {
    if ((entry !== undefined && entry !== file) || !text.includes('event_types')) continue
    const parsed = parseText(file, text)
    if (!parsed.ok) continue
    for (const { item, way } of itemsOf(parsed.value)) {
      if (!isSubscription(item)) continue
      const read = readSubscription(item)
      if (read.ok) {
        subscriptions.push({ subscription: read.subscription, origin: { file, pointer: formatPointer(way) } })
        continue
      }
      for (const { message, remedy, pointer } of read.problems) {
        const place = [...way, ...(parsePointer(pointer) ?? [])]
        const excerpt = lineOf(text, place)
        diagnostics.push({
          severity: 'error',
          message,
          remedy,
          file,
          pointer: formatPointer(place),
          ...(excerpt === undefined ? {} : { excerpt }),
        })
      }
    }
  }
  return { subscriptions, diagnostics }
}

function itemsOf(value: unknown): readonly { readonly item: unknown; readonly way: readonly string[] }[] {
  return Array.isArray(value)
    ? value.map((item, index) => ({ item, way: [String(index)] }))
    : [{ item: value, way: [] }]
}
