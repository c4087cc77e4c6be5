// engine.ts - the running half of a consumer: it opens the streams of a subscription and hands out their
// batches with their places. Whoever consumes takes them from it, in a loop or with a handler.

import type { SubscriptionCursor } from '@rioni/protocol'
import { pause } from '../clock.ts'
import { type EventReader, eventReaderOf } from '../codec/event-reader.ts'
import type { Client } from '../create-client.ts'
import { asNakadiError, type NakadiError } from '../error.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import type { SubscriptionStream } from '../request/open-stream.ts'
import { type Batch, createBatch } from './batch.ts'
import { type BatchLine, parseEvents, readBatchLine } from './batch-line.ts'
import type { CloseReason } from './close-reason.ts'
import type { ConnectionInput, ConnectionState } from './connection.ts'
import type { NormalizedConsumerOptions } from './consumer-options.ts'
import type { ConsumerProgress } from './consumer-progress.ts'
import { findSubscription } from './find-subscription.ts'
import { type ConsumerHealth, type HealthOptions, judgeHealth } from './health.ts'
import { createInbox } from './inbox.ts'
import { createKeptConnection, type KeptConnection } from './kept-connection.ts'
import { readStream } from './read-stream.ts'
import { reportEnd, reportReconnect } from './report-connection.ts'
import { type BatchPlace, createStreamCommits, type StreamCommits } from './stream-commits.ts'
import type { Processed } from './watch-handler.ts'

/** A batch with its place in the stream that delivered it. */
export interface Delivery<Events extends object> {
  readonly batch: Batch<Events>
  readonly place: BatchPlace
  /** Aborts when commits of this batch are in vain, because another stream delivers it again. */
  readonly replaced: AbortSignal
}

/** What takes the batches, as far as the engine must know it. */
export interface Taker {
  /** When the oldest batch that is being processed was begun. */
  readonly busySince: number | undefined
  /** Another stream has been opened: what was taken and not begun comes again. */
  replaced(): void
  /** The consumer closes: resolves when what has been begun is done. */
  finished(): Promise<void>
}

/** The running half of a consumer. */
export class ConsumerEngine<Events extends object> {
  readonly #client: Client
  readonly #eventTypes: readonly string[]
  readonly #readers: ReadonlyMap<string, EventReader>
  readonly #options: NormalizedConsumerOptions
  readonly #inbox = createInbox<Delivery<Events>>(({ batch }) => batch.raw.byteLength)
  readonly #stopped = new AbortController()
  #taker: Taker = { busySince: undefined, replaced: () => undefined, finished: async () => undefined }
  readonly #connection: KeptConnection
  /** Those of the newest stream: the broker takes no commits of one that has been replaced. */
  #commits: StreamCommits | undefined
  #subscriptionId = ''
  #consumerGroup: string | undefined
  #since: number
  #failure: NakadiError | undefined
  #unobserve: (() => void) | undefined
  #lastEventsAt: number | undefined
  /** When a commit of an earlier stream was confirmed, or nothing was left to commit, whichever was last. */
  #lastProgressAt: number | undefined
  #lastClose: CloseReason | NakadiError | undefined
  #started: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(
    client: Client,
    eventTypes: readonly (string | EventTypeConstant)[],
    options: NormalizedConsumerOptions,
  ) {
    this.#client = client
    this.#eventTypes = eventTypes.map((eventType) =>
      typeof eventType === 'string' ? eventType : eventType.name,
    )
    this.#readers = readersOf(eventTypes)
    this.#options = options
    this.#since = client.clock.now()
    this.#connection = createKeptConnection(client, {
      policy: options.policy,
      stream: (signal, report) => this.#stream(signal, report),
      onState: (state) => this.#entered(state),
    })
    if (options.signal?.aborted === true) void this.close()
    else options.signal?.addEventListener('abort', this.#closeOnAbort, { once: true })
  }

  get connection(): ConnectionState {
    return this.#connection.state
  }

  get progress(): ConsumerProgress {
    const since = this.#commits?.uncommittedSince
    return {
      unreadBatches: this.#inbox.size,
      unreadBytes: this.#inbox.weight,
      commitAgeMs: since === undefined ? 0 : this.#client.clock.now() - since,
      lastEventsAt: this.#lastEventsAt,
      lastCommitAt: this.#commits?.confirmedAt,
      lastClose: this.#lastClose,
    }
  }

  /** The subscription as far as it is known: the id is empty before the start. */
  get subscription(): Processed {
    const { broker } = this.#client.observation
    return { subscriptionId: this.#subscriptionId, consumerGroup: this.#consumerGroup, broker }
  }

  health(options?: HealthOptions): ConsumerHealth {
    const { busySince } = this.#taker
    const facts = {
      connection: this.#started === undefined && this.#closing === undefined ? undefined : this.connection,
      failure: this.#failure,
      since: this.#since,
      lastProgressAt: latest(this.#lastProgressAt, this.#commits?.confirmedAt),
      inHandMs: busySince === undefined ? 0 : this.#client.clock.now() - busySince,
      commitAgeMs: this.progress.commitAgeMs,
      subscriptionId: this.#subscriptionId === '' ? undefined : this.#subscriptionId,
    }
    return judgeHealth(facts, options)
  }

  /** Names who takes the batches. */
  serve(taker: Taker): void {
    this.#taker = taker
  }

  /** The next batch, as soon as there is one. The first call opens the stream. */
  async take(): Promise<IteratorResult<Delivery<Events>, undefined>> {
    this.#started ??= this.#start()
    await this.#started
    return this.#inbox.take()
  }

  /** Ends the consumer: whoever takes gets the error. */
  fail(error: NakadiError): Promise<void> {
    this.noteFailure(error)
    this.#inbox.clear()
    this.#inbox.end(error)
    return this.close()
  }

  /** Remembers, and tells, why the consumer is not what it should be any more. */
  noteFailure(error: NakadiError): void {
    if (this.#failure !== undefined) return
    this.#failure = error
    reportEnd(this.#client, this.#subscriptionId, error)
  }

  close(): Promise<void> {
    this.#connection.hold()
    this.#closing ??= this.#shutDown()
    return this.#closing
  }

  readonly #closeOnAbort = () => void this.close()

  async #shutDown(): Promise<void> {
    this.#inbox.clear()
    this.#inbox.end()
    const waited = new AbortController()
    const patience = pause(this.#client.clock, this.#options.closeTimeoutMs, waited.signal)
    await Promise.race([this.#settled(), patience])
    waited.abort()
    this.#stopped.abort()
    this.#commits?.replace()
    await this.#connection.stop()
  }

  async #settled(): Promise<void> {
    await this.#taker.finished()
    await this.#commits?.flush()
  }

  async #start(): Promise<void> {
    if (this.#closing !== undefined) return
    try {
      const wish = { source: this.#options.source, eventTypes: this.#eventTypes }
      const found = await findSubscription(this.#client, wish, { signal: this.#stopped.signal })
      this.#subscriptionId = found.id
      this.#consumerGroup = found.consumer_group
      this.#observe()
      if (this.#closing === undefined) this.#connection.start()
    } catch (error) {
      await this.fail(asNakadiError(error))
    }
  }

  /** Lets gauges look at this consumer for as long as it lives. */
  #observe(): void {
    const engine = this
    const { clock, observation } = this.#client
    const startedAt = clock.now()
    this.#unobserve = observation.instrumentation?.consuming({
      ...this.subscription,
      get connected() {
        return engine.connection.kind === 'streaming'
      },
      get commitAgeMs() {
        return engine.progress.commitAgeMs
      },
      get idleMs() {
        return clock.now() - (engine.health().lastProgressAt ?? startedAt)
      },
    })
  }

  #entered(state: ConnectionState): void {
    this.#since = this.#client.clock.now()
    if (state.kind === 'backingOff') {
      this.#lastClose = state.cause
      reportReconnect(this.#client, this.#subscriptionId, state)
    }
    if (state.kind !== 'closed') return
    this.#unobserve?.()
    if (state.reason === 'failed') this.noteFailure(state.error)
    this.#inbox.end(state.reason === 'failed' ? state.error : undefined)
    this.#options.signal?.removeEventListener('abort', this.#closeOnAbort)
  }

  async #stream(signal: AbortSignal, report: (input: ConnectionInput) => void): Promise<CloseReason> {
    const { parameters, partitions, compressed } = this.#options
    const target = { subscriptionId: this.#subscriptionId, parameters, partitions, compressed }
    const opened = await this.#client.openStream(target, { signal })
    const commits = this.#replaceStream(opened.streamId)
    report({ kind: 'opened', at: this.#client.clock.now(), streamId: opened.streamId })
    const reason = await this.#read(opened, report, commits)
    commits.end()
    return reason
  }

  /**
   * What nobody has taken from the last stream is delivered again by this one. Until now it was worth
   * taking: the broker still accepts its commits, and gives the partitions free the sooner.
   */
  #replaceStream(streamId: string): StreamCommits {
    this.#inbox.clear()
    this.#lastProgressAt = latest(this.#lastProgressAt, this.#commits?.confirmedAt)
    this.#commits?.replace()
    this.#taker.replaced()
    const commits = createStreamCommits(this.#client, {
      subscriptionId: this.#subscriptionId,
      streamId,
      schedule: this.#options.schedule,
      commitTimeoutMs: this.#options.commitTimeoutMs,
      signal: this.#stopped.signal,
      onRefused: (error) => void this.fail(error),
    })
    this.#commits = commits
    return commits
  }

  #read(
    stream: SubscriptionStream,
    report: (input: ConnectionInput) => void,
    commits: StreamCommits,
  ): Promise<CloseReason> {
    const { clock } = this.#client
    const { maxLineBytes, maxUnreadBatches, maxUnreadBytes, parameters } = this.#options
    return readStream(stream, {
      maxLineBytes,
      keepAliveLimit: parameters.stream_keep_alive_limit ?? 0,
      readLine: readBatchLine,
      onLine: (line, raw) => {
        const at = clock.now()
        report({ kind: 'line', at, events: line.hasEvents })
        if (line.closeReason !== undefined) commits.end()
        if (line.hasEvents) this.#put(line, raw, commits)
        else if (this.#isIdle()) this.#lastProgressAt = at
      },
      ready: async () => {
        if (this.#inbox.size < maxUnreadBatches && this.#inbox.weight < maxUnreadBytes) return
        report({ kind: 'paused' })
        await this.#inbox.fewerThan(maxUnreadBatches, maxUnreadBytes)
        report({ kind: 'resumed', at: clock.now() })
      },
    })
  }

  /** Whether nothing is left to process or to commit, so that a keep-alive batch means that all is well. */
  #isIdle(): boolean {
    return this.#taker.busySince === undefined && this.#commits?.uncommittedSince === undefined
  }

  #put({ cursor }: BatchLine, raw: Uint8Array, commits: StreamCommits): void {
    this.#lastEventsAt = this.#client.clock.now()
    if (this.#client.observation.reporter.wants('batch')) this.#report(cursor, raw)
    const place = commits.handOut(cursor)
    const read = this.#readers.get(cursor.event_type) ?? parseEvents
    const batch = createBatch<Events>({ cursor, raw, read, commit: place.commit })
    this.#inbox.put({ batch, place, replaced: commits.replaced })
  }

  #report({ event_type, partition, offset }: SubscriptionCursor, raw: Uint8Array): void {
    const { connection } = this
    this.#client.observation.reporter.report('batch', {
      subscriptionId: this.#subscriptionId,
      streamId: connection.kind === 'streaming' ? connection.streamId : '',
      eventType: event_type,
      partition,
      offset,
      bytes: raw.byteLength,
    })
  }
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return Math.max(one, other)
}

function readersOf(eventTypes: readonly (string | EventTypeConstant)[]): Map<string, EventReader> {
  return new Map(
    eventTypes.flatMap((eventType) =>
      typeof eventType === 'string' ? [] : [[eventType.name, eventReaderOf(eventType)]],
    ),
  )
}
