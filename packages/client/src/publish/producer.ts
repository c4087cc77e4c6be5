// producer.ts - the shell around the batcher and the outcomes: it holds the events, the timer and the
// request that is in flight, and does what the pure parts decide.

import { pause } from '../clock.ts'
import { writeJson } from '../codec/write-json.ts'
import type { Client } from '../create-client.ts'
import { asNakadiError, NakadiError } from '../error.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import { defaultRetryPolicy, fullJitter } from '../retry.ts'
import { hasRoom, type Load, nextBatch, type WaitingEvent } from './batcher.ts'
import { type Delivered, type DeliveryRoute, deliver, isSettled } from './deliver.ts'
import type { OutgoingEvent, PublishOutcome } from './outcomes.ts'
import { prepareEvent } from './prepare-event.ts'
import {
  type NormalizedProducerOptions,
  normalizeProducerOptions,
  type ProducerOptions,
} from './producer-options.ts'
import { type CallEvent, createPublishCall, type PublishCall } from './publish-call.ts'

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
   * Events are sent in the order of the calls, one request after the other.
   *
   * @throws NakadiError when the request as a whole failed and the event was certainly not stored, for
   * example without permission or without a broker; or with code `closed`.
   */
  publish(event: Event): Promise<PublishOutcome>
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
  options?: ProducerOptions,
): Producer<Event> {
  const constant: EventTypeConstant =
    typeof eventType === 'string' ? { name: eventType, category: 'business' } : eventType
  return new BatchingProducer<Event>(client, constant, options)
}

interface AcceptedEvent extends OutgoingEvent, WaitingEvent {
  readonly origin: CallEvent
}

/** The producer behind {@link createProducer}. A class, because generated producers extend it. */
export class BatchingProducer<Event> implements Producer<Event> {
  readonly #client: Client
  readonly #eventType: EventTypeConstant
  readonly #options: NormalizedProducerOptions
  readonly #route: DeliveryRoute<AcceptedEvent>
  /** Calls whose events have not all been accepted, the oldest first. */
  readonly #entrance: PublishCall[] = []
  readonly #waiting: AcceptedEvent[] = []
  /** Everything that was published and is not settled. */
  readonly #open = new Set<Promise<unknown>>()
  #load: Load = { events: 0, bytes: 0 }
  #requestsInFlight = 0
  #flushes = 0
  #closed = false
  #cancelWake: () => void = () => undefined

  constructor(client: Client, eventType: EventTypeConstant, options?: ProducerOptions) {
    this.#client = client
    this.#eventType = eventType
    this.#options = normalizeProducerOptions(options)
    this.#route = publishingRoute(client, eventType, this.#options)
  }

  publish(events: readonly Event[]): Promise<readonly PublishOutcome[]>
  publish(event: Event): Promise<PublishOutcome>
  async publish(input: Event | readonly Event[]): Promise<PublishOutcome | readonly PublishOutcome[]> {
    if (this.#closed) throw closedError(this.#eventType.name)
    const many = Array.isArray(input)
    const call = createPublishCall(many ? input : [input], this.#client.clock.now())
    this.#entrance.push(call)
    this.#track(call.outcomes)
    this.#advance()
    const outcomes = await call.outcomes
    if (many) return outcomes
    const [outcome] = outcomes
    if (outcome === undefined) throw new RangeError('a call with one event has one outcome')
    return outcome
  }

  async flush(): Promise<void> {
    this.#flushes += 1
    this.#advance()
    await Promise.allSettled([...this.#open])
    this.#flushes -= 1
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.flush()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #track(outcomes: Promise<unknown>): void {
    const forget = () => this.#open.delete(outcomes)
    this.#open.add(outcomes)
    outcomes.then(forget, forget)
  }

  /** Accepts what there is room for, then sends or waits as the batcher says. */
  #advance(): void {
    this.#accept()
    this.#cancelWake()
    const queue = {
      waiting: this.#waiting,
      requestsInFlight: this.#requestsInFlight,
      // Besides a flush, events that found no room wait for those in the queue to be gone.
      hurried: this.#flushes > 0 || this.#entrance.length > 0,
    }
    const step = nextBatch(queue, this.#options, this.#client.clock.now())
    if (step.kind === 'send') void this.#send(this.#waiting.splice(0, step.count))
    if (step.kind === 'wakeAt') {
      const ms = step.at - this.#client.clock.now()
      this.#cancelWake = this.#client.clock.after(ms, () => this.#advance())
    }
  }

  #accept(): void {
    for (let call = this.#entrance[0]; call !== undefined; call = this.#entrance[0]) {
      if (!hasRoom(this.#load, this.#options)) return
      const next = call.take()
      if (next === undefined) this.#entrance.shift()
      else this.#acceptEvent(next, call.calledAt)
    }
  }

  #acceptEvent(origin: CallEvent, acceptedAt: number): void {
    const prepared = prepareEvent(origin.value, {
      category: this.#eventType.category,
      eid: () => this.#client.random.uuid(),
      occurredAt: acceptedAt,
      ...(this.#eventType.codec === undefined ? {} : { write: writeJson }),
    })
    if (prepared.kind === 'unfit') {
      origin.settle(prepared.outcome)
    } else {
      this.#waiting.push({ ...prepared.event, acceptedAt, origin })
      this.#weigh(1, prepared.event.bytes)
    }
  }

  async #send(batch: readonly AcceptedEvent[]): Promise<void> {
    const open = new Map(batch.map((event) => [event.origin, event]))
    this.#requestsInFlight += 1
    try {
      for await (const delivered of deliver(batch, this.#route)) {
        for (const item of delivered) {
          open.delete(item.event.origin)
          this.#settle(item)
        }
      }
    } catch (cause) {
      // Failed requests do not come here; a clock or a random source that throws does. Whoever published
      // must hear of it, and it says nothing about what was sent until then.
      for (const event of open.values()) this.#settle(unknownFate(event, cause))
    } finally {
      this.#requestsInFlight -= 1
      this.#advance()
    }
  }

  #settle(item: Delivered<AcceptedEvent>): void {
    this.#weigh(-1, -item.event.bytes)
    item.event.origin.settle(isSettled(item) ? item.outcome : { eid: item.event.eid, error: item.error })
  }

  #weigh(events: number, bytes: number): void {
    this.#load = { events: this.#load.events + events, bytes: this.#load.bytes + bytes }
  }
}

function publishingRoute(
  { publishEvents, clock, random }: Client,
  { name }: EventTypeConstant,
  { maxRounds, repeatUnknown }: NormalizedProducerOptions,
): DeliveryRoute<AcceptedEvent> {
  const { baseDelayMs, maxDelayMs } = defaultRetryPolicy
  return {
    maxRounds,
    send: (events) => publishEvents(name, `[${events.map(({ text }) => text).join(',')}]`, { repeatUnknown }),
    pause: (round) => pause(clock, fullJitter(Math.min(maxDelayMs, baseDelayMs * 2 ** (round - 1)), random)),
  }
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
