import type { SubscriptionCursor } from '@rioni/protocol'
import type { EventReader } from '../codec/event-reader.ts'
import type { NakadiError } from '../error.ts'

/** What became of a commit. Only `committed` and `outdated` mean that the events will not come again. */
export type CommitResult =
  /** The broker has moved the position. */
  | { readonly status: 'committed' }
  /** The broker already had this or a later position. */
  | { readonly status: 'outdated' }
  /**
   * An earlier batch of the partition has not been committed, or another key of the same batch: this one is, as soon
   * as that is.
   */
  | { readonly status: 'held' }
  /** `commitPolicy` commits it later; closing the consumer does in any case. */
  | { readonly status: 'deferred' }
  /** The partition belongs to another stream by now; the events will be delivered again, there or here. */
  | { readonly status: 'lost' }
  /**
   * No answer, as often as the commit timeout left time to ask. It is tried again with the next commit
   * while its stream lasts, and once more when the consumer closes; until then the events may come again.
   */
  | { readonly status: 'unconfirmed'; readonly error: NakadiError }

/** Events of one partition, in order, with the position after them. */
export interface EventBatch<Name extends string, Event> {
  readonly eventType: Name
  readonly partition: string
  readonly cursor: SubscriptionCursor
  /**
   * The events, never none. They are parsed on first use.
   *
   * @throws NakadiError with code `protocol` if they are no JSON, or if what a codec maps has not the form of its format.
   */
  readonly events: readonly Event[]
  /** The line as the broker sent it, for those who only pass it on. */
  readonly raw: Uint8Array
  /**
   * Reports the batch as processed. It is committed when all earlier ones of its partition have been reported too, so
   * each batch must be; `commitPolicy` makes fewer requests of many.
   *
   * @throws NakadiError when the broker refuses for good, for example without permission.
   */
  commit(): Promise<CommitResult>
}

/** The batches of several event types: a union that `eventType` tells apart. */
export type Batch<Events extends object> = {
  [Name in keyof Events & string]: EventBatch<Name, Events[Name]>
}[keyof Events & string]

/** What a batch is made from. */
export interface BatchParts {
  readonly cursor: SubscriptionCursor
  readonly raw: Uint8Array
  readonly read: EventReader
  readonly commit: (countEvents: () => number) => Promise<CommitResult>
}

/**
 * Makes a batch. That its events are what the event type says is the broker's promise, which validates
 * every event before it stores it, and of the code that named the event types of the subscription.
 */
export function createBatch<Events extends object>(parts: BatchParts): Batch<Events> {
  return new LineBatch(parts) as EventBatch<string, unknown> as Batch<Events>
}

/**
 * The batch of one line. It is a class, and its constructor makes no functions, because of how V8 treats the
 * alternatives: an object literal with a getter gets a hidden class of its own, and either keeps the events in memory
 * long after the batch is done with, which doubles the work of the garbage collector.
 */
class LineBatch implements EventBatch<string, unknown> {
  readonly eventType: string
  readonly partition: string
  readonly cursor: SubscriptionCursor
  readonly raw: Uint8Array
  readonly #read: EventReader
  readonly #commit: BatchParts['commit']
  #events: readonly unknown[] | undefined
  #committed: Promise<CommitResult> | undefined

  /** Does without `this`, for those who take the batch apart. */
  readonly commit = (): Promise<CommitResult> => {
    this.#committed ??= this.#commit(() => this.events.length)
    return this.#committed
  }

  constructor({ cursor, raw, read, commit }: BatchParts) {
    this.eventType = cursor.event_type
    this.partition = cursor.partition
    this.cursor = cursor
    this.raw = raw
    this.#read = read
    this.#commit = commit
  }

  get events(): readonly unknown[] {
    this.#events ??= this.#read(this.raw)
    return this.#events
  }
}
