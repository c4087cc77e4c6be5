// producer.ts - the shell around the batcher and the outcomes: it lets events in, gives them to the lanes, and tells the
// callers what became of them. What it does is decided in the pure parts.

import { writeJson } from '../codec/write-json.ts'
import type { Client } from '../create-client.ts'
import { asNakadiError, NakadiError } from '../error.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import { type EventOperation, hasRoom, type WaitingEvent } from './batcher.ts'
import { chooseLane } from './choose-lane.ts'
import { type Delivered, deliver, isSettled } from './deliver.ts'
import { createDeliveryRoutes, type DeliveryRoutes } from './delivery-route.ts'
import { createEventWriter, type WrittenEvent } from './event-writer.ts'
import { createFifo } from './fifo.ts'
import { createLane, type Lane } from './lane.ts'
import type { OutgoingEvent, PublishOutcome } from './outcomes.ts'
import { type Preparation, prepareEvent } from './prepare-event.ts'
import {
  type NormalizedProducerOptions,
  normalizeProducerOptions,
  type ProducerOptions,
} from './producer-options.ts'
import { PublishCall } from './publish-call.ts'
import { isWatched, watchPublish } from './watch-publish.ts'

/** An event to be deleted: what tells its partition, and its key. The rest of it does not matter. */
export interface DeletedEvent {
  readonly metadata: {
    readonly partition_compaction_key: string
    /** For partition strategy `user_defined`. */
    readonly partition?: string
    readonly [name: string]: unknown
  }
  /** For partition strategy `hash`: the fields that are hashed. */
  readonly [field: string]: unknown
}

/** Publishes events of one type, in batches. */
export interface Producer<Event> extends AsyncDisposable {
  /**
   * Publishes events. Resolves with one outcome per event, in order. Rejects only when no event at all
   * was judged; otherwise the events of a failed request are `rejected` and carry its error.
   */
  publish(events: readonly Event[]): Promise<readonly PublishOutcome[]>
  /**
   * Publishes one event. Resolves when its fate is known, so `await` slows the caller down to the
   * speed of the broker. `metadata.eid` and `metadata.occurred_at` are filled in when they are absent.
   * Do not change the event before that.
   *
   * Events of one ordering key are sent in the order of the calls; without keys all are, one request after the other.
   *
   * @throws NakadiError when the request as a whole failed and the event was certainly not stored, for
   * example without permission or without a broker; or with code `closed`.
   */
  publish(event: Event): Promise<PublishOutcome>
  /**
   * Deletes what was published under the compaction keys of these events, for event types with a compacting cleanup policy
   * (`POST /event-types/{name}/deleted-events`). They go through the same batches as events that are published, so a
   * deletion does not overtake an event of its key. The outcome `submitted` means that the key is marked as deleted.
   */
  delete(events: readonly DeletedEvent[]): Promise<readonly PublishOutcome[]>
  /** Sends what waits without lingering. Resolves when everything published before is settled. */
  flush(): Promise<void>
  /**
   * Takes no more events, and resolves when all that were published are settled. It has no time limit of
   * its own, because to give an event up is to lose it. What bounds it are the requests that the waiting
   * events need, one after the other, and each request by itself: three attempts of `requestTimeoutMs`,
   * and waits between them of 20 seconds at most, or of as long as the broker asks for with
   * `Retry-After`, which may be five minutes each.
   */
  close(): Promise<void>
}

/**
 * Makes a producer.
 *
 * @param eventType its name, or a constant when its category is `undefined`: such events have no
 * metadata to fill in.
 * @throws NakadiError with code `invalid-argument`.
 */
export function createProducer<Event>(
  client: Client,
  eventType: string | EventTypeConstant,
  options?: ProducerOptions<Event>,
): Producer<Event> {
  const constant: EventTypeConstant =
    typeof eventType === 'string' ? { name: eventType, category: 'business' } : eventType
  return new BatchingProducer<Event>(client, constant, options)
}

interface AcceptedEvent extends OutgoingEvent, WrittenEvent, WaitingEvent {
  readonly call: PublishCall
  /** Its place in the call. */
  readonly index: number
}

/** The producer behind {@link createProducer}. A class, because generated producers extend it. */
export class BatchingProducer<Event> implements Producer<Event> {
  readonly #client: Client
  readonly #eventType: EventTypeConstant
  readonly #options: NormalizedProducerOptions
  readonly #preparations: Readonly<Record<EventOperation, Preparation>>
  readonly #routes: DeliveryRoutes<AcceptedEvent>
  readonly #lanes: readonly Lane<AcceptedEvent>[]
  /** Calls whose events have not all been accepted, the oldest first. */
  readonly #entrance = createFifo<PublishCall>()
  /** Calls that are not settled. */
  readonly #open = new Set<PublishCall>()
  readonly #load = { events: 0, bytes: 0 }
  #time = { at: Number.NaN, text: '' }
  #flushes = 0
  #closed = false

  constructor(client: Client, eventType: EventTypeConstant, options?: ProducerOptions<Event>) {
    this.#client = client
    this.#eventType = eventType
    this.#options = normalizeProducerOptions(eventType, options)
    this.#preparations = preparationsOf(client, eventType, this.#options)
    this.#routes = createDeliveryRoutes(client, eventType, this.#options)
    this.#lanes = Array.from({ length: this.#options.maxInFlight }, () =>
      createLane<AcceptedEvent>({
        policy: this.#options,
        clock: client.clock,
        send: (batch) => this.#send(batch),
        onDelivered: () => this.#advance(),
      }),
    )
  }

  publish(events: readonly Event[]): Promise<readonly PublishOutcome[]>
  publish(event: Event): Promise<PublishOutcome>
  publish(input: Event | readonly Event[]): Promise<PublishOutcome | readonly PublishOutcome[]> {
    return Array.isArray(input)
      ? this.#accept('publishEvents', input)
      : this.#accept('publishEvents', [input]).then(onlyOne)
  }

  delete(events: readonly DeletedEvent[]): Promise<readonly PublishOutcome[]> {
    return this.#accept('deleteEvents', events)
  }

  async flush(): Promise<void> {
    this.#flushes += 1
    this.#advance()
    await Promise.allSettled(Array.from(this.#open, ({ outcomes }) => outcomes))
    this.#flushes -= 1
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.flush()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #accept(operation: EventOperation, events: readonly unknown[]): Promise<readonly PublishOutcome[]> {
    if (this.#closed) return Promise.reject(closedError(this.#eventType.name))
    const calledAt = this.#client.clock.now()
    const own = this.#preparations[operation]
    const watched =
      events.length === 0 || !isWatched(this.#client)
        ? undefined
        : watchPublish(this.#client, { eventType: this.#eventType.name, operation, events: events.length })
    const preparation = watched === undefined ? own : watched.prepare(own)
    const purpose = { operation, calledAt, occurredAt: this.#timeText(calledAt), preparation }
    const call = new PublishCall(events, purpose)
    if (call.isFinished) return call.outcomes
    this.#open.add(call)
    // Most calls have one event, for which there is room: they need not queue.
    if (this.#entrance.length === 0 && events.length === 1 && hasRoom(this.#load, this.#options))
      this.#letInNext(call)
    else this.#entrance.push(call)
    this.#advance()
    return watched === undefined ? call.outcomes : watched.until(call.outcomes)
  }

  /** Many calls are made within a millisecond, and writing a time is not cheap. */
  #timeText(at: number): string {
    if (at !== this.#time.at) this.#time = { at, text: new Date(at).toISOString() }
    return this.#time.text
  }

  /** Lets in what there is room for, then lets the lanes send or wait as the batcher says. */
  #advance(): void {
    for (let call = this.#entrance.at(0); call !== undefined; call = this.#entrance.at(0)) {
      if (!hasRoom(this.#load, this.#options)) break
      this.#letInNext(call)
      if (call.isTaken) this.#entrance.take(1)
    }
    // Besides a flush, events that found no room wait for those in the queues to be gone.
    const hurried = this.#flushes > 0 || this.#entrance.length > 0
    for (const lane of this.#lanes) lane.advance(hurried)
  }

  #letInNext(call: PublishCall): void {
    const index = call.taken
    const value = call.take()
    const { operation, occurredAt, calledAt, preparation } = call.purpose
    const prepared = prepareEvent(value, occurredAt, preparation)
    if (prepared.kind === 'unfit') {
      this.#settle(call, index, prepared.outcome)
      return
    }
    const { eid, slab, start, bytes, key } = prepared.event
    const event = {
      eid,
      slab,
      start,
      bytes,
      key,
      submitted: false,
      operation,
      acceptedAt: calledAt,
      call,
      index,
    }
    this.#load.events += 1
    this.#load.bytes += bytes
    const lane = this.#lanes[chooseLane(key, this.#lanes)]
    lane?.add(event)
    // Without a key an event goes where there is a free lane, so a batch that is full must be on its way by then.
    if (this.#lanes.length > 1) lane?.advance(false)
  }

  async #send(batch: readonly AcceptedEvent[]): Promise<void> {
    const operation = batch[0]?.operation ?? 'publishEvents'
    try {
      for await (const delivered of deliver(batch, this.#routes[operation])) {
        for (const item of delivered) this.#conclude(item)
      }
    } catch (cause) {
      // Failed requests do not come here; a clock or a random source that throws does. Whoever published
      // must hear of it, and it says nothing about what was sent until then.
      for (const event of batch) this.#conclude(unknownFate(event, cause))
    }
  }

  #conclude(item: Delivered<AcceptedEvent>): void {
    const { call, index, eid, bytes } = item.event
    if (!this.#settle(call, index, isSettled(item) ? item.outcome : { eid, error: item.error })) return
    this.#load.events -= 1
    this.#load.bytes -= bytes
  }

  #settle(call: PublishCall, index: number, fate: Parameters<PublishCall['settle']>[1]): boolean {
    const isNews = call.settle(index, fate)
    if (call.isFinished) this.#open.delete(call)
    return isNews
  }
}

/** Events to delete are sent as they are, but for the metadata that every event needs: most of them is missing. */
function preparationsOf(
  { random }: Client,
  { category, codec }: EventTypeConstant,
  { metadata, validator, orderingKey }: NormalizedProducerOptions,
): Readonly<Record<EventOperation, Preparation>> {
  const both: Preparation = {
    category,
    writer: createEventWriter(),
    eid: () => random.uuid(),
    orderingKey,
    write: codec === undefined ? undefined : writeJson,
  }
  return { publishEvents: { ...both, metadata, validator }, deleteEvents: both }
}

function onlyOne(outcomes: readonly PublishOutcome[]): PublishOutcome {
  const [outcome] = outcomes
  if (outcome === undefined) throw new RangeError('a call with one event has one outcome')
  return outcome
}

function unknownFate(event: AcceptedEvent, cause: unknown): Delivered<AcceptedEvent> {
  const error = asNakadiError(cause)
  return { event, outcome: { status: 'unknown', eid: event.eid, detail: error.message, error } }
}

function closedError(eventType: string): NakadiError {
  return new NakadiError({
    code: 'closed',
    outcome: 'not-sent',
    message: `The producer of ${eventType} has been closed. Nothing was sent.`,
  })
}
