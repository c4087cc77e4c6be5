import { Buffer } from 'node:buffer'
import type { EventTypeCategory } from '@rioni/protocol'
import type { OutgoingEvent, PublishOutcome } from './outcomes.ts'

/** What is filled in where an event does not say it. */
export interface EventDefaults {
  readonly category: EventTypeCategory
  /** A new `metadata.eid`. */
  readonly eid: () => string
  /** `metadata.occurred_at`, in milliseconds since the epoch. */
  readonly occurredAt: number
  /**
   * Writes an event as JSON.
   *
   * @default JSON.stringify
   */
  readonly write?: (event: object) => string | undefined
}

/** An event that is fit to be sent, or the reason why it is not. */
export type PreparedEvent =
  | { readonly kind: 'ready'; readonly event: OutgoingEvent }
  | { readonly kind: 'unfit'; readonly outcome: PublishOutcome }

/** Nakadi's limit for one event (`event.max.bytes`), in bytes of UTF-8. */
const maxEventBytes = 999_000

/**
 * Fills in the metadata of an event and writes it as JSON, once: every attempt sends the same text,
 * and with it the same eid. Events of category `undefined` have no metadata and stay as they are.
 *
 * What the broker would refuse only for the whole batch is found here: an event that is no object or
 * has odd metadata makes it answer 400 to the innocent neighbours too.
 */
export function prepareEvent(event: unknown, defaults: EventDefaults): PreparedEvent {
  if (!isObject(event)) return unfit('', 'an event must be an object')
  const { metadata = {} } = event
  if (defaults.category === 'undefined') return written(event, '', defaults)
  if (!isObject(metadata)) return unfit('', 'metadata must be an object')
  const { eid = defaults.eid(), occurred_at = new Date(defaults.occurredAt).toISOString() } = metadata
  if (typeof eid !== 'string') return unfit('', 'metadata.eid must be a string')
  return written({ ...event, metadata: { ...metadata, eid, occurred_at } }, eid, defaults)
}

function written(event: object, eid: string, { write = JSON.stringify }: EventDefaults): PreparedEvent {
  let text: string | undefined
  try {
    text = write(event)
  } catch (error) {
    return unfit(
      eid,
      `the event cannot be written as JSON: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  if (text === undefined || !text.startsWith('{'))
    return unfit(eid, 'the event does not become a JSON object')
  const bytes = Buffer.byteLength(text)
  if (bytes > maxEventBytes) {
    return unfit(eid, `Event too large: ${bytes} bytes, max size is ${maxEventBytes} bytes`)
  }
  return { kind: 'ready', event: { eid, text, bytes, submitted: false } }
}

function unfit(eid: string, detail: string): PreparedEvent {
  return { kind: 'unfit', outcome: { status: 'rejected', eid, step: 'before-sending', detail } }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
