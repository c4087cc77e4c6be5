// Step 4: every payload goes out through the generated producer of its event type, in batches.

import type { Client, PublishOutcome } from '@rioni/client'
import type { GeneratedClients } from './generated-clients.ts'
import type { JsonObject, Payload } from './github.ts'

/** What became of the payloads. */
export interface Published {
  /** Ids of the events that the broker took. */
  readonly submitted: ReadonlySet<string>
  /** The events that it refused, with the reason. */
  readonly rejected: readonly Rejection[]
}

/** One event that the broker refused. */
export interface Rejection {
  readonly eventType: string
  readonly eid: string
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
  for (const [eventType, bodies] of groupByEventType(payloads)) {
    const Producer = producers[eventType]
    if (!Producer) throw new Error(`no producer was generated for ${eventType}`)
    await using producer = new Producer(client)
    const outcomes = await producer.publish(bodies)
    for (const outcome of outcomes) {
      if (outcome.status === 'submitted') submitted.add(outcome.eid)
      else rejected.push({ eventType, eid: outcome.eid, reason: outcome.detail })
    }
    onProgress(eventType, outcomes)
  }
  return { submitted, rejected }
}

function groupByEventType(payloads: readonly Payload[]): Map<string, JsonObject[]> {
  const groups = new Map<string, JsonObject[]>()
  for (const { webhook, body } of payloads) {
    const eventType = `github.${webhook}`
    groups.set(eventType, [...(groups.get(eventType) ?? []), body])
  }
  return groups
}
