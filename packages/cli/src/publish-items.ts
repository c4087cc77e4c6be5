import type { PublishOutcome } from '@rioni/client'
import type { InputEvent, InputItem } from './event-reader.ts'
import { createWindow } from './window.ts'

/** What to do with the events and with what becomes of them. */
export interface Publishing {
  readonly publish: (event: object) => Promise<PublishOutcome>
  /** Receives every event that was not stored for a reason of its own, in no particular order. */
  readonly onRejected: (rejection: Rejection) => void
  /** Called once when a request fails as a whole: nothing more will be read, so whoever waits for input may stop. */
  readonly onFailure: () => void
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
  readonly unknown: Places
  /** Events whose request failed, so that they were certainly not stored. */
  readonly notPublished: Places
  /** What ended the publishing before all of the input was read: a failed request, or an unreadable input. */
  readonly failure: unknown
}

/** Events of one kind in the order of the input; not necessarily without others between them. */
export interface Places {
  readonly count: number
  readonly first?: string
  readonly last?: string
}

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
  { publish, onRejected, onFailure }: Publishing,
): Promise<Tally> {
  const window = createWindow(WINDOW_BYTES)
  let [published, rejected] = [0, 0]
  let unknown: Places = { count: 0 }
  let notPublished: Places = { count: 0 }
  let failure: unknown

  function reject(rejection: Rejection): void {
    rejected += 1
    onRejected(rejection)
  }

  async function publishOne({ place, event }: InputEvent): Promise<void> {
    try {
      const outcome = await publish(event)
      if (outcome.status === 'submitted') published += 1
      else if (outcome.status === 'unknown') unknown = add(unknown, place)
      else if (outcome.status === 'aborted')
        reject({ place, eid: outcome.eid, step: 'none', detail: outcome.detail })
      else reject({ place, eid: outcome.eid, step: outcome.step, detail: outcome.detail })
    } catch (error) {
      if (failure === undefined) onFailure()
      failure ??= error
      notPublished = add(notPublished, place)
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
  return { published, rejected, unknown, notPublished, failure }
}

function add({ count, first }: Places, place: string): Places {
  return { count: count + 1, first: first ?? place, last: place }
}
