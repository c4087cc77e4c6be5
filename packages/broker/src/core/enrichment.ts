// What the broker adds to the metadata of an event (strategy `metadata_enrichment`).

import { compactJson, type JsonObject, type Span, scanContainer } from '@rioni/event-types'
import type { PublishedEvent } from './event-batch.ts'

/** What all events of a request get. */
export interface Enrichment {
  /** The name of the event type. */
  readonly eventType: string
  /** Of the schema that the event was checked against. */
  readonly version: string
  /** Of the request; an event that brings its own keeps it. */
  readonly flowId: string
  readonly publishedBy: string
  /** ISO 8601 in UTC, with milliseconds. */
  readonly receivedAt: string
}

/** Gives the text of an event as it is stored in a partition. */
export type Enrich = (published: PublishedEvent, partition: string) => string

/** What the broker always says itself. `flow_id` is the producer's, if it is not empty. */
const BROKERS_OWN = ['event_type', 'received_at', 'published_by', 'version', 'partition']

/**
 * Makes what enriches the events of one request. Their text stays as the producer wrote it, but for the
 * whitespace between tokens and for what is added to `metadata`, or replaced in it.
 */
export function createEnrich({ eventType, version, flowId, publishedBy, receivedAt }: Enrichment): Enrich {
  const ofRequest = { event_type: eventType, received_at: receivedAt, published_by: publishedBy, version }
  // Written once: it is the same for all events.
  const additions = JSON.stringify(ofRequest).slice(1, -1)
  const withFlowId = `${additions},"flow_id":${JSON.stringify(flowId)}`
  return (published, partition) => {
    const text = compactText(published)
    const { metadata } = published.event
    const span = published.isSpaced ? scanContainer(text, 0).metadata : published.metadata
    if (span === undefined || !isObject(metadata)) return text
    const hasFlowId = Boolean(metadata['flow_id'])
    const kept = keptMembers(metadata, text, span)
    const added = `${hasFlowId ? additions : withFlowId},"partition":${JSON.stringify(partition)}`
    return `${text.slice(0, span.start)}{${kept}${kept === '' ? '' : ','}${added}}${text.slice(span.end)}`
  }
}

/** The text of an event without whitespace between its tokens. */
export function compactText({ text, isSpaced }: PublishedEvent): string {
  return isSpaced ? compactJson(text) : text
}

/** What stays of an event's own metadata, as members without the braces around them. */
function keptMembers(metadata: JsonObject, text: string, { start, end }: Span): string {
  const isKept = (name: string) =>
    !BROKERS_OWN.includes(name) && (name !== 'flow_id' || metadata[name] !== '')
  const names = Object.keys(metadata)
  if (names.every(isKept)) return text.slice(start + 1, end - 1)
  const kept = Object.fromEntries(names.filter(isKept).map((name) => [name, metadata[name]]))
  return JSON.stringify(kept).slice(1, -1)
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
