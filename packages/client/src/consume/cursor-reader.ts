// cursor-reader.ts - reads a low-level stream, whose positions the reader keeps and not the broker.

import type { Cursor } from '@rioni/protocol'
import { type EventReader, eventReaderOf } from '../codec/event-reader.ts'
import type { Client } from '../create-client.ts'
import { asNakadiError, invalidArgument } from '../error.ts'
import type { EventTypeConstant } from '../event-type-constant.ts'
import { parseEvents, readPositionLine } from './batch-line.ts'
import type { CloseReason } from './close-reason.ts'
import type { ConnectionInput, ConnectionState } from './connection.ts'
import {
  type CursorReaderOptions,
  type NormalizedCursorReaderOptions,
  normalizeCursorReaderOptions,
} from './cursor-reader-options.ts'
import { createInbox } from './inbox.ts'
import { createKeptConnection, type KeptConnection } from './kept-connection.ts'
import { readStream } from './read-stream.ts'

/** Events of one partition, in order, with the position after them. */
export interface PositionedBatch<Event> {
  readonly eventType: string
  readonly partition: string
  readonly cursor: Cursor
  /** The events, never none. They are parsed on first use. */
  readonly events: readonly Event[]
  /** The line as the broker sent it. */
  readonly raw: Uint8Array
  /** Keeps the position after this batch in the store. Rejects as the store does. */
  save(): Promise<void>
}

/**
 * Reads an event type from positions of its own, without a subscription: for copies, replays and tools. There is
 * nobody to share partitions with.
 *
 * A connection that is lost is opened again after the last batch that the loop took. The loop throws
 * NakadiError when reading makes no sense: `not-found`, `forbidden`, or `invalid-cursor` when a position cannot be
 * read any more, because its events have expired. What its store throws it throws as it is.
 */
export interface CursorReader<Event> extends AsyncIterable<PositionedBatch<Event>>, AsyncDisposable {
  /** Where the connection is, and since when. */
  readonly connection: ConnectionState
  /** Closes the connection and ends the loop. */
  close(): Promise<void>
}

/**
 * Makes a reader of one event type. Nothing is sent before its loop begins.
 *
 * @throws NakadiError with code `invalid-argument`.
 */
export function createCursorReader<Event = Readonly<Record<string, unknown>>>(
  client: Client,
  eventType: string | EventTypeConstant,
  options: CursorReaderOptions = {},
): CursorReader<Event> {
  return new PositionReader<Event>(client, eventType, normalizeCursorReaderOptions(options))
}

class PositionReader<Event> implements CursorReader<Event> {
  readonly #client: Client
  readonly #eventType: string
  readonly #readEvents: EventReader
  readonly #options: NormalizedCursorReaderOptions
  readonly #inbox = createInbox<PositionedBatch<Event>>()
  readonly #connection: KeptConnection
  readonly #stopped = new AbortController()
  /** After what the loop has taken. */
  readonly #positions = new Map<string, string>()
  #started: Promise<void> | undefined
  #isUsed = false
  #closing: Promise<void> | undefined

  constructor(client: Client, eventType: string | EventTypeConstant, options: NormalizedCursorReaderOptions) {
    this.#client = client
    this.#eventType = typeof eventType === 'string' ? eventType : eventType.name
    this.#readEvents = typeof eventType === 'string' ? parseEvents : eventReaderOf(eventType)
    this.#options = options
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

  [Symbol.asyncIterator](): AsyncIterator<PositionedBatch<Event>, undefined> {
    if (this.#isUsed) throw invalidArgument('a reader has one loop; make another reader for a second one')
    this.#isUsed = true
    return {
      next: async () => {
        this.#started ??= this.#start()
        await this.#started
        const next = await this.#inbox.take()
        if (next.done !== true) this.#positions.set(next.value.partition, next.value.cursor.offset)
        return next
      },
      return: async () => {
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
    this.#stopped.abort()
    await this.#connection.stop()
  }

  async #start(): Promise<void> {
    try {
      for (const { partition, offset } of await this.#beginning()) this.#positions.set(partition, offset)
      if (this.#closing === undefined) this.#connection.start()
    } catch (error) {
      this.#inbox.end(error instanceof Error ? error : asNakadiError(error))
      await this.close()
    }
  }

  /** The end is looked up, not left to the broker: a stream that breaks before its first batch must lose nothing. */
  async #beginning(): Promise<readonly Cursor[]> {
    const { from, store } = this.#options
    const saved = await store.load(this.#eventType)
    const isSaved = (partition: string) => saved.some((cursor) => cursor.partition === partition)
    if (typeof from !== 'string') {
      const wanted = new Set(from.map(({ partition }) => partition))
      return [
        ...from.filter(({ partition }) => !isSaved(partition)),
        ...saved.filter(({ partition }) => wanted.has(partition)),
      ]
    }
    const options = { signal: this.#stopped.signal }
    const partitions = await this.#client.partitions.list(this.#eventType, options)
    // A partition that came later than others was empty when those were saved.
    const isFromEnd = from === 'end' && saved.length === 0
    return partitions.map(
      ({ partition, newest_available_offset }) =>
        saved.find((cursor) => cursor.partition === partition) ?? {
          partition,
          offset: isFromEnd ? newest_available_offset : 'BEGIN',
        },
    )
  }

  #entered(state: ConnectionState): void {
    if (state.kind !== 'closed') return
    this.#inbox.end(state.reason === 'failed' ? state.error : undefined)
    this.#options.signal?.removeEventListener('abort', this.#closeOnAbort)
  }

  async #stream(signal: AbortSignal, report: (input: ConnectionInput) => void): Promise<CloseReason> {
    const { clock } = this.#client
    const { parameters, maxLineBytes, maxUnreadBatches, keepAliveLimit } = this.#options
    this.#inbox.clear()
    const cursors = [...this.#positions].map(([partition, offset]) => ({ partition, offset }))
    const target = { eventType: this.#eventType, cursors, parameters }
    const opened = await this.#client.openEventStream(target, { signal })
    report({ kind: 'opened', at: clock.now(), streamId: '' })
    return readStream(opened, {
      maxLineBytes,
      keepAliveLimit,
      readLine: readPositionLine,
      onLine: ({ cursor, hasEvents }, raw) => {
        report({ kind: 'line', at: clock.now(), events: hasEvents })
        if (hasEvents) this.#inbox.put(this.#batch(cursor, raw))
      },
      ready: async () => {
        if (this.#inbox.size < maxUnreadBatches) return
        report({ kind: 'paused' })
        await this.#inbox.fewerThan(maxUnreadBatches)
        report({ kind: 'resumed', at: clock.now() })
      },
    })
  }

  #batch(cursor: Cursor, raw: Uint8Array): PositionedBatch<Event> {
    const [eventType, read, { store }] = [this.#eventType, this.#readEvents, this.#options]
    // The broker has validated every event as its event type says.
    const events = () => read(raw) as readonly Event[]
    return new PositionedLine({ eventType, cursor, raw }, events, () => store.save(eventType, cursor))
  }
}

/** The batch of one line. It is a class for the reason that `createBatch` has one. */
class PositionedLine<Event> implements PositionedBatch<Event> {
  readonly eventType: string
  readonly partition: string
  readonly cursor: Cursor
  readonly raw: Uint8Array
  readonly save: () => Promise<void>
  readonly #read: () => readonly Event[]
  #events: readonly Event[] | undefined

  constructor(
    { eventType, cursor, raw }: Pick<PositionedBatch<Event>, 'eventType' | 'cursor' | 'raw'>,
    read: () => readonly Event[],
    save: () => Promise<void>,
  ) {
    this.eventType = eventType
    this.partition = cursor.partition
    this.cursor = cursor
    this.raw = raw
    this.#read = read
    this.save = save
  }

  get events(): readonly Event[] {
    this.#events ??= this.#read()
    return this.#events
  }
}
