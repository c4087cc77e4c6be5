import type { PublishOutcome } from '@rioni/client'
import type { InputEvent, InputItem } from './event-reader.ts'
import { createWindow } from './window.ts'

/** What to do with the events and with what becomes of them. */
export interface Publishing {
  readonly publish: (event: object) => Promise<PublishOutcome>
  /** Receives every event that was not stored for a reason of its own, in no particular order. */
  readonly onRejected: (rejection: Rejection) => void
}

/** An event that was not stored, and why. */
export interface Rejection {
  readonly place: string
  /** Empty when the event has none. */
  readonly eid: string
  /** The phase that it did not survive: `reading` here, `before-sending` in the client, the others in the broker. */
  readonly step: string
  readonly detail: string
}

/** What became of an input. */
export interface Tally {
  readonly published: number
  readonly rejected: number
  /** Events of which nobody knows whether they were stored. */
  readonly unknown: number
  /** Events whose request failed, so that they were certainly not stored. */
  readonly notPublished: readonly InputPlace[]
  /** What ended the publishing before all of the input was read: a failed request, or an unreadable input. */
  readonly failure: unknown
}

type InputPlace = InputItem['place']

/** Most bytes of input in hand: read, and with unknown fate. The producer makes large batches of them. */
const WINDOW_BYTES = 4 * 1024 * 1024
/** What an event in hand costs beside its text, so that many small events are bounded as well. */
const BYTES_PER_EVENT = 1024

/**
 * Publishes a stream of events in order, with as many in hand as the window allows. One event that is rejected does
 * not stop the others; a request that fails as a whole stops the reading, and what is in hand is brought to its end.
 */
export async function publishItems(
  items: AsyncIterable<InputItem>,
  { publish, onRejected }: Publishing,
): Promise<Tally> {
  const window = createWindow(WINDOW_BYTES)
  const counts = { published: 0, rejected: 0, unknown: 0 }
  const notPublished: InputPlace[] = []
  let failure: unknown

  function reject(rejection: Rejection): void {
    counts.rejected += 1
    onRejected(rejection)
  }

  async function publishOne({ place, event }: InputEvent): Promise<void> {
    try {
      const outcome = await publish(event)
      if (outcome.status === 'submitted') counts.published += 1
      else if (outcome.status === 'unknown') counts.unknown += 1
      else reject({ place, eid: outcome.eid, step: outcome.step, detail: outcome.detail })
    } catch (error) {
      failure ??= error
      notPublished.push(place)
    }
  }

  try {
    for await (const item of items) {
      if (item.kind === 'malformed') {
        reject({ place: item.place, eid: '', step: 'reading', detail: item.reason })
        continue
      }
      const size = item.bytes + BYTES_PER_EVENT
      await window.enter(size)
      if (failure !== undefined) {
        window.leave(size)
        break
      }
      void publishOne(item).finally(() => window.leave(size))
    }
  } catch (error) {
    failure ??= error
  }
  await window.drained()
  return { ...counts, notPublished, failure }
}
