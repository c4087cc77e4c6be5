// consumer.ts - the two styles of consuming over one engine: a loop over batches, and handlers.

import type { Client } from '../create-client.ts'
import { invalidArgument } from '../error.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import type { Batch } from './batch.ts'
import { type BatchInHand, createBatchInHand } from './batch-in-hand.ts'
import type { ConnectionState } from './connection.ts'
import {
  type ConsumerOptions,
  type NormalizedConsumerOptions,
  normalizeConsumerOptions,
} from './consumer-options.ts'
import type { ConsumerProgress } from './consumer-progress.ts'
import { ConsumerEngine, type Delivery } from './engine.ts'
import type { BatchHandler, BatchHandlers, EventHandler, EventHandlers, RunOptions } from './handler.ts'
import { handlerByEventType } from './handler-by-event-type.ts'
import type { ConsumerHealth, HealthOptions } from './health.ts'
import { normalizeRunOptions } from './run-options.ts'
import { Runner } from './runner.ts'
import { watchBatchInHand, watchedFailures, watchedHandlers } from './watch-handler.ts'

/**
 * Reads the batches of a subscription: in a loop, `for await (const batch of consumer)`, or with a handler,
 * `consumer.run(handler)`. A consumer does one of the two, once.
 *
 * Nothing is sent before that starts. A connection that is lost is opened again, and what was not
 * committed is delivered again. The loop throws, and `run` rejects with, NakadiError when that makes no
 * sense: without permission, without the subscription, or when the broker cannot be reached at the very
 * start. Both end after `close()`, after the signal, and after `streamLimit` or `streamKeepAliveLimit`.
 * Leaving the loop closes the consumer.
 */
export interface Consumer<Events extends object> extends AsyncIterable<Batch<Events>>, AsyncDisposable {
  /** Where the connection is, and since when: for health checks. A consumer that is alive may be backing off. */
  readonly connection: ConnectionState
  /** How far the consumer is: what waits, the age of the oldest commit that is due, the last end of a stream. */
  readonly progress: ConsumerProgress
  /** Whether it does its work, for probes: alive is not the same as connected. */
  health(options?: HealthOptions): ConsumerHealth
  /**
   * Calls a handler with every batch: in order per partition, side by side over partitions and, with `key`,
   * over keys. A batch is committed, as `commitPolicy` says, when its handler and those of all earlier
   * batches of its partition have succeeded. One that fails is tried again, and then becomes what
   * `onFailure` says; nothing is passed over unless it says so.
   *
   * @throws NakadiError `handler-failed` when `onFailure` is `stop`, after what has begun is finished and
   * committed; `invalid-argument`; and whatever ends a loop.
   */
  run(handler: BatchHandler<Events> | BatchHandlers<Events>, options?: RunOptions<Events>): Promise<void>
  /**
   * The same for one event after another: what fails, is skipped or becomes a dead letter is one event, and
   * the events before it in its batch are not processed again.
   *
   * @throws NakadiError as `run` does.
   */
  runEach(handler: EventHandler<Events> | EventHandlers<Events>, options?: RunOptions<Events>): Promise<void>
  /**
   * Stops reading, waits (at most `closeTimeoutMs`) until what has begun is done and committed, tries
   * commits that nobody confirmed once more in the same time, and closes the connection, so that its
   * partitions go to others.
   */
  close(): Promise<void>
}

/**
 * Makes a consumer of one or several event types, of which all events come from one subscription.
 *
 * @throws NakadiError with code `invalid-argument`.
 */
export function createConsumer<Events extends object = Record<string, Readonly<Record<string, unknown>>>>(
  client: Client,
  eventTypes: readonly (string | EventTypeConstant)[],
  options: ConsumerOptions,
): Consumer<Events> {
  return new SubscriptionConsumer<Events>(client, eventTypes, options)
}

/** The consumer behind {@link createConsumer}. A class, because generated consumers extend it. */
export class SubscriptionConsumer<Events extends object> implements Consumer<Events> {
  readonly #client: Client
  readonly #eventTypes: readonly string[]
  readonly #options: NormalizedConsumerOptions
  readonly #engine: ConsumerEngine<Events>
  #inHand: BatchInHand | undefined
  #inHandSince = 0
  #used = false

  constructor(client: Client, eventTypes: readonly (string | EventTypeConstant)[], options: ConsumerOptions) {
    this.#client = client
    this.#eventTypes = eventTypes.map((each) => (typeof each === 'string' ? each : each.name))
    this.#options = normalizeConsumerOptions(this.#eventTypes, options)
    this.#engine = new ConsumerEngine<Events>(client, eventTypes, this.#options)
  }

  get connection(): ConnectionState {
    return this.#engine.connection
  }

  get progress(): ConsumerProgress {
    return this.#engine.progress
  }

  health(options?: HealthOptions): ConsumerHealth {
    return this.#engine.health(options)
  }

  [Symbol.asyncIterator](): AsyncIterator<Batch<Events>, undefined> {
    this.#useOnce()
    const consumer = this
    const { clock, observation } = this.#client
    this.#engine.serve({
      get busySince() {
        return consumer.#inHand?.isReleased === false ? consumer.#inHandSince : undefined
      },
      replaced: () => undefined,
      finished: async () => this.#inHand?.released,
    })
    return {
      next: async () => {
        this.#inHand?.release()
        const next = await this.#takeOrClose()
        if (next.done === true) return next
        this.#inHand = createBatchInHand(next.value.batch)
        this.#inHandSince = clock.now()
        watchBatchInHand(observation.instrumentation, this.#engine.subscription, this.#inHand)
        return { done: false, value: this.#inHand.batch as Batch<Events> }
      },
      return: async () => {
        this.#inHand?.release()
        await this.#engine.close()
        return { done: true, value: undefined }
      },
    }
  }

  /** A loop that has ended, or is about to throw, leaves nothing behind: nobody calls `return` then. */
  async #takeOrClose(): Promise<IteratorResult<Delivery<Events>, undefined>> {
    try {
      const next = await this.#engine.take()
      if (next.done === true) await this.#engine.close()
      return next
    } catch (error) {
      await this.#engine.close()
      throw error
    }
  }

  async run(
    handler: BatchHandler<Events> | BatchHandlers<Events>,
    options: RunOptions<Events> = {},
  ): Promise<void> {
    await this.#run('batch', handler, options)
  }

  async runEach(
    handler: EventHandler<Events> | EventHandlers<Events>,
    options: RunOptions<Events> = {},
  ): Promise<void> {
    await this.#run('event', handler, options)
  }

  async #run(each: 'batch' | 'event', handler: unknown, options: RunOptions<Events>): Promise<void> {
    if (each === 'event' && !this.#options.commits) throw manualEvents()
    const processed = () => this.#engine.subscription
    const handlerOf = handlerByEventType(handler, this.#eventTypes)
    const chosen = normalizeRunOptions(options)
    const plan = {
      each,
      handlerOf: watchedHandlers(this.#client.observation.instrumentation, { each, handlerOf, processed }),
      options: {
        ...chosen,
        onHandlerError: watchedFailures(this.#client, processed, chosen.onHandlerError),
      },
      commits: this.#options.commits,
      maxBytes: this.#options.maxUnreadBytes,
    }
    this.#useOnce()
    await new Runner(this.#client, this.#engine, plan).run()
  }

  #useOnce(): void {
    if (this.#used)
      throw invalidArgument('a consumer has one loop or one run; make another consumer for a second one')
    this.#used = true
  }

  close(): Promise<void> {
    return this.#engine.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

function manualEvents() {
  return invalidArgument(
    "commitPolicy 'manual' goes with run, whose handler gets a batch to commit; runEach commits by itself",
  )
}
