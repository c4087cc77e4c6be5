// Step 4: every payload goes out through the generated producer of its event type, in batches.

import type { Client, PublishOutcome } from '@rioni/client'
import type { GeneratedClients } from './generated-clients.ts'
import type { JsonObject, Payload } from './github.ts'

/** What became of the payloads. */
export interface Published {
  /** Ids of the events that the broker took. */
  readonly submitted: ReadonlySet<string>
  /** The payloads that it refused. */
  readonly rejected: readonly Rejection[]
  /** Payloads whose fate nobody knows, because an answer was lost. */
  readonly unknown: number
}

/** One payload that the broker refused. */
export interface Rejection {
  readonly eventType: string
  /** Which of the webhook's payloads it is, counted from 1. */
  readonly number: number
  /** The broker's words, one line per violation. */
  readonly reason: string
}

/** Publishes all payloads, one event type at a time, and reports on each event type when it is done. */
export async function publishPayloads(
  client: Client,
  { producers }: GeneratedClients,
  payloads: readonly Payload[],
  onProgress: (eventType: string, outcomes: readonly PublishOutcome[]) => void,
): Promise<Published> {
  const submitted = new Set<string>()
  const rejected: Rejection[] = []
  let unknown = 0
  for (const [eventType, bodies] of groupByEventType(payloads)) {
    const Producer = producers[eventType]
    if (!Producer) throw new Error(`no producer was generated for ${eventType}`)
    await using producer = new Producer(client)
    const outcomes = await producer.publish(bodies)
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status === 'submitted') submitted.add(outcome.eid)
      else if (outcome.status === 'unknown') unknown += 1
      else rejected.push({ eventType, number: index + 1, reason: outcome.detail })
    }
    onProgress(eventType, outcomes)
  }
  return { submitted, rejected, unknown }
}

/**
 * The heart of a reason in one short line. A schema with variants is refused with a tree of causes, in which the
 * variants that were not meant complain about the action; what counts is the first other violation.
 */
export function summarize({ reason }: Rejection): string {
  const violations = reason
    .split('\n')
    .filter((line) => !/ schema violations found$|subschemas? match/.test(line))
  const telling = violations.find((line) => !line.startsWith('#/action:')) ?? violations[0] ?? reason
  const others = violations.length - 1
  return `${shorten(telling)}${others > 0 ? ` (and ${others} more)` : ''}`
}

const LONGEST_SUMMARY = 100

function shorten(text: string): string {
  return text.length > LONGEST_SUMMARY ? `${text.slice(0, LONGEST_SUMMARY)}...` : text
}

function groupByEventType(payloads: readonly Payload[]): Map<string, JsonObject[]> {
  const groups = new Map<string, JsonObject[]>()
  for (const { webhook, body } of payloads) {
    const eventType = `github.${webhook}`
    groups.set(eventType, [...(groups.get(eventType) ?? []), body])
  }
  return groups
}
