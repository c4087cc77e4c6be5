import type { EventTypePartition } from '@rioni/protocol'
import { type AppendEnvironment, appendEvents } from '../append-events.ts'
import type { LogRecord } from '../core/log-record.ts'
import { alphanumeric, type Random } from '../random.ts'
import type { Storage } from '../storage/storage.ts'
import { DEAD_LETTER_QUEUE } from '../system-events/system-event-types.ts'
import { withJsonEvents } from './event-encoding.ts'

/** An event that a subscription has given up. */
export interface DeadLetter {
  readonly subscriptionId: string
  readonly partition: EventTypePartition
  /** Where the event is, as clients see it. */
  readonly offset: string
  /** Why it was given up. */
  readonly reason: string
  readonly record: LogRecord
}

/** Keeps an event that was given up. Rejects when it cannot. */
export type StoreDeadLetter = (letter: DeadLetter) => Promise<void>

/** What the dead letters of a broker are kept with. */
export interface DeadLetterEnvironment extends AppendEnvironment {
  readonly random: Random
}

const FLOW_ID_LENGTH = 24

/**
 * Creates a store that publishes dead letters as events of `nakadi.dead.letter.queue`. They are not
 * validated: the event inside is kept as its publisher wrote it, of whatever category it is.
 */
export function createDeadLetterStore(environment: DeadLetterEnvironment): StoreDeadLetter {
  const { clock, random, storage } = environment
  return async (letter) => {
    const store = storage.commands.state.eventTypes.get(DEAD_LETTER_QUEUE)
    if (store === undefined) throw new Error(`There is no event type ${DEAD_LETTER_QUEUE}.`)
    const partition = store.partitions[random.below(store.partitions.length)] ?? '0'
    const time = new Date(clock.now()).toISOString()
    const metadata = {
      eid: random.uuid(),
      occurred_at: time,
      event_type: DEAD_LETTER_QUEUE,
      received_at: time,
      version: store.eventType.schema.version,
      published_by: '-',
      partition,
      flow_id: alphanumeric(random, FLOW_ID_LENGTH),
    }
    const value = encoder.encode(eventText(letter, jsonOf(letter, storage), metadata))
    const { kind } = await appendEvents(DEAD_LETTER_QUEUE, [{ partition, value }], environment)
    if (kind !== 'appended') throw new Error(`A dead letter was not appended: ${kind}.`)
  }
}

const [encoder, decoder] = [new TextEncoder(), new TextDecoder()]

/** The text of a dead letter. A JSON event stands in it byte for byte: numbers and escapes keep their form. */
function eventText(letter: DeadLetter, event: Uint8Array, metadata: object): string {
  const { subscriptionId: subscription_id, partition, offset, reason: message } = letter
  const fields = JSON.stringify({ subscription_id, ...placeOf(partition), offset, error: { message } })
  return `${fields.slice(0, -1)},"event":${decoder.decode(event)},"metadata":${JSON.stringify(metadata)}}`
}

/** The event in JSON, whatever it was published in. */
function jsonOf({ partition, record }: DeadLetter, storage: Storage): Uint8Array {
  const [event = record] = withJsonEvents({ partition, events: [record] }, storage).events
  return event.value
}

function placeOf({ event_type, partition }: EventTypePartition): EventTypePartition {
  return { event_type, partition }
}
