import type { EventTypeCategory, NewEventMetadata } from '@rioni/protocol'
import type { EventIssue, EventValidator } from '../event-validator.ts'
import type { EventWriter, WrittenEvent } from './event-writer.ts'
import type { OrderingKey } from './ordering-key.ts'
import type { OutgoingEvent, PublishOutcome } from './outcomes.ts'
import { validateEvent } from './validate-event.ts'

/** Metadata to fill in; what the event itself says comes first. */
export type MetadataDefaults = Partial<NewEventMetadata>

/** How events of a type are made fit to be sent. */
export interface Preparation {
  readonly category: EventTypeCategory
  readonly writer: EventWriter
  /** A new `metadata.eid`: a UUID. */
  readonly eid: () => string
  /** Further metadata of an event. */
  readonly metadata?: ((event: object) => MetadataDefaults) | undefined
  /** Checks the event as the broker would get it, metadata included. */
  readonly validator?: EventValidator<unknown> | undefined
  /** Says which events stay in order. */
  readonly orderingKey?: OrderingKey | undefined
  /**
   * Writes an event as JSON, where it holds values that JSON has no form for.
   *
   * @default JSON.stringify
   */
  readonly write?: ((event: object) => string | undefined) | undefined
}

/** An event that is fit to be sent, or the reason why it is not. */
export type PreparedEvent =
  | { readonly kind: 'ready'; readonly event: OutgoingEvent & WrittenEvent }
  | { readonly kind: 'unfit'; readonly outcome: PublishOutcome }

/** Nakadi's limit for one event (`event.max.bytes`), in bytes of UTF-8. */
const maxEventBytes = 999_000

/**
 * Fills in the metadata of an event and writes it as JSON, once: every attempt sends the same text,
 * and with it the same eid. Events of category `undefined` have no metadata and stay as they are.
 *
 * What the broker would refuse only for the whole batch is found here: an event that is no object or
 * has odd metadata makes it answer 400 to the innocent neighbours too.
 *
 * @param occurredAt `metadata.occurred_at` of events that do not say it, as an ISO 8601 time
 */
export function prepareEvent(event: unknown, occurredAt: string, preparation: Preparation): PreparedEvent {
  if (!isObject(event)) return unfit('', 'an event must be an object')
  try {
    const key = preparation.orderingKey?.keyOf(event)
    const prepared = prepare(event, occurredAt, preparation)
    return key === undefined || prepared.kind === 'unfit'
      ? prepared
      : { ...prepared, event: { ...prepared.event, key } }
  } catch (error) {
    // Getters, `toJSON`, the metadata function and the validator are the caller's.
    const reason = error instanceof Error ? error.message : String(error)
    return unfit('', `the event cannot be written as JSON: ${reason}`)
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function prepare(given: JsonObject, occurredAt: string, preparation: Preparation): PreparedEvent {
  const event = typeof given['toJSON'] === 'function' ? given['toJSON']() : given
  if (!isObject(event)) return unfit('', 'the event does not become a JSON object')
  if (preparation.category === 'undefined') return checked(event, '', preparation)
  const { metadata: own } = event
  if (own === undefined && preparation.validator === undefined && preparation.write === undefined) {
    return withMetadata(event, occurredAt, preparation)
  }
  if (own !== undefined && !isObject(own)) return unfit('', 'metadata must be an object')
  const metadata = { ...metadataDefaults(event, occurredAt, preparation), ...defined(own) }
  if (typeof metadata.eid !== 'string') return unfit('', 'metadata.eid must be a string')
  return checked({ ...event, metadata }, metadata.eid, preparation)
}

/** The way of most events: neither they nor their text is copied, and the metadata is put in front of it. */
function withMetadata(event: JsonObject, occurredAt: string, preparation: Preparation): PreparedEvent {
  const text = JSON.stringify(event)
  if (preparation.metadata === undefined) {
    const eid = preparation.eid()
    // Neither a UUID nor a time has a character that JSON would escape.
    const head = `{"metadata":{"eid":"${eid}","occurred_at":"${occurredAt}"}`
    return sized(preparation.writer.writeBehind(head, text), eid)
  }
  const metadata = metadataDefaults(event, occurredAt, preparation)
  return sized(preparation.writer.writeBehind(`{"metadata":${JSON.stringify(metadata)}`, text), metadata.eid)
}

function metadataDefaults(
  event: object,
  occurred_at: string,
  { eid, metadata }: Preparation,
): { readonly eid: string; readonly occurred_at: string } {
  if (metadata === undefined) return { eid: eid(), occurred_at }
  const more = metadata(event)
  return { occurred_at, ...defined(more), eid: more.eid ?? eid() }
}

/** Without the properties that are `undefined`, which would hide what is filled in. */
function defined(metadata: object | undefined): object {
  return Object.fromEntries(Object.entries(metadata ?? {}).filter(([, value]) => value !== undefined))
}

function checked(event: object, eid: string, preparation: Preparation): PreparedEvent {
  const { validator, write, writer } = preparation
  const text = (write ?? JSON.stringify)(event)
  if (text === undefined || !text.startsWith('{'))
    return unfit(eid, 'the event does not become a JSON object')
  if (validator !== undefined) {
    const invalidity = validateEvent(write === undefined ? event : JSON.parse(text), validator)
    if (invalidity !== undefined) return invalid(eid, invalidity.detail, invalidity.issues)
  }
  return sized(writer.write(text), eid)
}

function sized(written: WrittenEvent, eid: string): PreparedEvent {
  const { slab, start, bytes } = written
  if (bytes > maxEventBytes) {
    return unfit(eid, `Event too large: ${bytes} bytes, max size is ${maxEventBytes} bytes`)
  }
  return { kind: 'ready', event: { eid, slab, start, bytes, submitted: false } }
}

function unfit(eid: string, detail: string): PreparedEvent {
  return { kind: 'unfit', outcome: { status: 'rejected', eid, step: 'before-sending', detail } }
}

function invalid(eid: string, detail: string, issues: readonly EventIssue[]): PreparedEvent {
  return { kind: 'unfit', outcome: { status: 'rejected', eid, step: 'validating', detail, issues } }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
