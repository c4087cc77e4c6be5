// consumer.ts - the shell around the connection: it opens the streams, runs the timer and hands the
// batches to the loop, and does what the connection decides.

import type { SubscriptionCursor } from '@rioni/protocol'
import { pause } from '../clock.ts'
import { type EventReader, eventReaderOf } from '../codec/event-reader.ts'
import type { Client } from '../create-client.ts'
import { asNakadiError, invalidArgument } from '../error.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import type { SubscriptionStream } from '../request/open-stream.ts'
import { type Batch, type CommitResult, createBatch } from './batch.ts'
import { type BatchLine, parseEvents } from './batch-line.ts'
import type { CloseReason } from './close-reason.ts'
import {
  type ConnectionEffect,
  type ConnectionInput,
  type ConnectionState,
  type ConnectionStep,
  startConnection,
  stepConnection,
} from './connection.ts'
import {
  type ConsumerOptions,
  type NormalizedConsumerOptions,
  normalizeConsumerOptions,
} from './consumer-options.ts'
import { findSubscription } from './find-subscription.ts'
import { createInbox } from './inbox.ts'
import { readStream } from './read-stream.ts'
import { createStreamCommits, type StreamCommits } from './stream-commits.ts'

/**
 * Reads the batches of a subscription in a loop, for ever: `for await (const batch of consumer)`.
 *
 * Nothing is sent before the loop starts. A connection that is lost is opened again, and what was not
 * committed is delivered again. The loop throws NakadiError when that makes no sense: without
 * permission, without the subscription, or when the broker cannot be reached at the very start. It
 * ends after `close()`, after the signal, and after `streamLimit` or `streamKeepAliveLimit`. Leaving
 * it closes the consumer.
 */
export interface Consumer<Events extends object> extends AsyncIterable<Batch<Events>>, AsyncDisposable {
  /** Where the connection is, and since when: for health checks. A consumer that is alive may be backing off. */
  readonly connection: ConnectionState
  /**
   * Stops reading, waits (at most `closeTimeoutMs`) until the batch in hand is committed or let go and
   * commits under way are answered, tries commits that nobody confirmed once more in the same time, and
   * closes the connection, so that its partitions go to others.
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

/** The batch that the loop works on, until it commits it or asks for the next. */
interface BatchInHand {
  readonly cursor: SubscriptionCursor
  readonly released: Promise<void>
  release(): void
}

/** The consumer behind {@link createConsumer}. A class, because generated consumers extend it. */
export class SubscriptionConsumer<Events extends object> implements Consumer<Events> {
  readonly #client: Client
  readonly #eventTypes: readonly string[]
  readonly #readers: ReadonlyMap<string, EventReader>
  readonly #options: NormalizedConsumerOptions
  readonly #inbox = createInbox<Batch<Events>>()
  readonly #commitsUnderWay = new Set<Promise<unknown>>()
  readonly #stopped = new AbortController()
  #connection: ConnectionState
  #stream = new AbortController()
  #reading: Promise<void> = Promise.resolve()
  /** Those of the newest stream: the broker takes no commits of one that has been replaced. */
  #commits: StreamCommits | undefined
  #subscriptionId = ''
  #cancelWake: () => void = () => undefined
  #inHand: BatchInHand | undefined
  #iterated = false
  #closing: Promise<void> | undefined

  constructor(client: Client, eventTypes: readonly (string | EventTypeConstant)[], options: ConsumerOptions) {
    this.#client = client
    this.#eventTypes = eventTypes.map((eventType) =>
      typeof eventType === 'string' ? eventType : eventType.name,
    )
    this.#readers = readersOf(eventTypes)
    this.#options = normalizeConsumerOptions(this.#eventTypes, options)
    this.#connection = { kind: 'connecting', failures: 0, since: client.clock.now() }
    if (options.signal?.aborted === true) void this.close()
    else options.signal?.addEventListener('abort', this.#closeOnAbort, { once: true })
  }

  get connection(): ConnectionState {
    return this.#connection
  }

  [Symbol.asyncIterator](): AsyncIterator<Batch<Events>, undefined> {
    if (this.#iterated)
      throw invalidArgument('a consumer has one loop; make another consumer for a second one')
    this.#iterated = true
    let started: Promise<void> | undefined
    return {
      next: async () => {
        this.#inHand?.release()
        started ??= this.#start()
        await started
        const next = await this.#inbox.take()
        if (next.done !== true) this.#inHand = createBatchInHand(next.value.cursor)
        return next
      },
      return: async () => {
        this.#inHand?.release()
        await this.close()
        return { done: true, value: undefined }
      },
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown()
    return this.#closing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  readonly #closeOnAbort = () => void this.close()

  async #shutDown(): Promise<void> {
    this.#inbox.clear()
    this.#inbox.end()
    const waited = new AbortController()
    const patience = pause(this.#client.clock, this.#options.closeTimeoutMs, waited.signal)
    await Promise.race([this.#settled(), patience])
    waited.abort()
    this.#input({ kind: 'stop' })
    this.#stopped.abort()
    await this.#reading
  }

  async #settled(): Promise<void> {
    await this.#inHand?.released
    await Promise.allSettled([...this.#commitsUnderWay])
    await this.#commits?.retry()
  }

  async #start(): Promise<void> {
    if (this.#closing !== undefined) return
    try {
      const wish = { source: this.#options.source, eventTypes: this.#eventTypes }
      const { id } = await findSubscription(this.#client, wish, { signal: this.#stopped.signal })
      this.#subscriptionId = id
      if (this.#closing === undefined) this.#enter(startConnection(this.#client.clock.now()))
    } catch (error) {
      this.#inbox.end(asNakadiError(error))
      await this.close()
    }
  }

  #input(input: ConnectionInput): void {
    this.#enter(
      stepConnection(this.#connection, input, { policy: this.#options.policy, random: this.#client.random }),
    )
  }

  #enter([state, effects]: ConnectionStep): void {
    this.#connection = state
    for (const effect of effects) this.#perform(effect)
    if (state.kind !== 'closed') return
    this.#cancelWake()
    this.#inbox.end(state.reason === 'failed' ? state.error : undefined)
    this.#options.signal?.removeEventListener('abort', this.#closeOnAbort)
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.kind) {
      case 'connect':
        // A consumer that is closing waits for its commits, and a stream may end meanwhile.
        if (this.#closing === undefined) this.#reading = this.#connect()
        return
      case 'abortStream':
        this.#stream.abort(new Error('the consumer has left the stream'))
        return
      case 'wakeAt':
        this.#wakeAt(effect.at)
    }
  }

  #wakeAt(at: number): void {
    const { clock } = this.#client
    this.#cancelWake()
    this.#cancelWake = clock.after(Math.max(0, at - clock.now()), () =>
      this.#input({ kind: 'woken', at: clock.now() }),
    )
  }

  /** Opens a stream and reads it to its end. What it reports after it was left concerns nobody. */
  async #connect(): Promise<void> {
    const stream = new AbortController()
    this.#stream = stream
    const report = (input: ConnectionInput) => {
      if (!stream.signal.aborted) this.#input(input)
    }
    const { clock } = this.#client
    const target = { subscriptionId: this.#subscriptionId, parameters: this.#options.parameters }
    try {
      const opened = await this.#client.openStream(target, { signal: stream.signal })
      // What the loop has not taken from the last stream is delivered again by this one. Until now it was
      // worth taking: the broker still accepts its commits, and gives the partitions free the sooner.
      this.#inbox.clear()
      report({ kind: 'opened', at: clock.now(), streamId: opened.streamId })
      const reason = await this.#read(opened, report)
      report({ kind: 'ended', at: clock.now(), reason })
    } catch (error) {
      report({ kind: 'refused', at: clock.now(), error: asNakadiError(error) })
    }
  }

  #read(stream: SubscriptionStream, report: (input: ConnectionInput) => void): Promise<CloseReason> {
    const { clock } = this.#client
    const { maxLineBytes, maxUnreadBatches, parameters } = this.#options
    const { streamId } = stream
    const commits = createStreamCommits(this.#client, { subscriptionId: this.#subscriptionId, streamId })
    this.#commits = commits
    return readStream(stream, {
      maxLineBytes,
      keepAliveLimit: parameters.stream_keep_alive_limit ?? 0,
      onLine: (line, raw) => {
        report({ kind: 'line', at: clock.now(), events: line.hasEvents })
        if (line.hasEvents) this.#inbox.put(this.#batch(line, raw, commits))
      },
      ready: async () => {
        if (this.#inbox.size < maxUnreadBatches) return
        report({ kind: 'paused' })
        await this.#inbox.fewerThan(maxUnreadBatches)
        report({ kind: 'resumed', at: clock.now() })
      },
    })
  }

  #batch({ cursor }: BatchLine, raw: Uint8Array, commits: StreamCommits): Batch<Events> {
    const commit = commits.handOut(cursor)
    const read = this.#readers.get(cursor.event_type) ?? parseEvents
    return createBatch<Events>({ cursor, raw, read, commit: () => this.#track(commit(), cursor) })
  }

  #track(commit: Promise<CommitResult>, cursor: SubscriptionCursor): Promise<CommitResult> {
    const forget = () => this.#commitsUnderWay.delete(commit)
    this.#commitsUnderWay.add(commit)
    commit.then(forget, forget)
    if (this.#inHand?.cursor === cursor) this.#inHand.release()
    return commit
  }
}

function readersOf(eventTypes: readonly (string | EventTypeConstant)[]): Map<string, EventReader> {
  return new Map(
    eventTypes.flatMap((eventType) =>
      typeof eventType === 'string' ? [] : [[eventType.name, eventReaderOf(eventType)]],
    ),
  )
}

function createBatchInHand(cursor: SubscriptionCursor): BatchInHand {
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  return { cursor, released, release }
}
