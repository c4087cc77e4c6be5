/** Reads what the broker publishes about itself. */

import type { World } from './world.ts'

/** Longer than the broker gathers events before it publishes them. */
const PUBLISHED_MS = 1000
const STREAM_SECONDS = 2
const LONGEST_COMMIT_TIMEOUT_MS = 60_000

interface WithMetadata {
  readonly metadata: { readonly occurred_at: string }
}

/** All events of an event type of the broker so far, the oldest first whatever their partition. */
export async function systemEvents<Event>(world: World, eventType: string): Promise<readonly Event[]> {
  await world.clock.advance(PUBLISHED_MS)
  const subscription = await world.createSubscription({
    owning_application: `reader of ${eventType}`,
    event_types: [eventType],
    read_from: 'begin',
  })
  const response = await world.requestStream(subscription, {
    batch_limit: 1000,
    max_uncommitted_events: 1000,
    batch_flush_timeout: 1,
    stream_timeout: STREAM_SECONDS,
  })
  await world.clock.advance(STREAM_SECONDS * 1000 + LONGEST_COMMIT_TIMEOUT_MS)
  const lines = (await response.text()).split('\n').filter((line) => line !== '')
  const events: (Event & WithMetadata)[] = lines.flatMap((line) => JSON.parse(line).events ?? [])
  return events.sort((a, b) => a.metadata.occurred_at.localeCompare(b.metadata.occurred_at))
}
