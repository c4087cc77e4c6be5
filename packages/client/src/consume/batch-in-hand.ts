import type { SubscriptionCursor } from '@rioni/protocol'
import type { CommitResult, EventBatch } from './batch.ts'

/** The batch that a loop works on, until it commits it or asks for the next. */
export interface BatchInHand {
  readonly batch: EventBatch<string, unknown>
  /** Resolves when the loop is through with the batch. */
  readonly released: Promise<void>
  readonly isReleased: boolean
  release(): void
}

/** Wraps a batch, so that its commit lets it go. */
export function createBatchInHand(given: EventBatch<string, unknown>): BatchInHand {
  return new HeldBatch(given)
}

/** What is held, and who waits for its release: mostly nobody, and then no promise is made. */
class HeldBatch implements BatchInHand {
  readonly batch: EventBatch<string, unknown>
  #isReleased = false
  #released: Promise<void> | undefined
  #resolveReleased: (() => void) | undefined

  constructor(given: EventBatch<string, unknown>) {
    this.batch = new LoopBatch(given, this)
  }

  get isReleased(): boolean {
    return this.#isReleased
  }

  get released(): Promise<void> {
    this.#released ??= new Promise((resolve) => {
      if (this.#isReleased) resolve()
      else this.#resolveReleased = resolve
    })
    return this.#released
  }

  release(): void {
    this.#isReleased = true
    this.#resolveReleased?.()
  }
}

/** The batch as the loop gets it. It is a class for the reason that `createBatch` has one. */
class LoopBatch implements EventBatch<string, unknown> {
  readonly eventType: string
  readonly partition: string
  readonly cursor: SubscriptionCursor
  readonly raw: Uint8Array
  readonly #given: EventBatch<string, unknown>
  readonly #held: HeldBatch

  readonly commit = (): Promise<CommitResult> => {
    const committed = this.#given.commit()
    this.#held.release()
    return committed
  }

  constructor(given: EventBatch<string, unknown>, held: HeldBatch) {
    this.#given = given
    this.#held = held
    this.eventType = given.eventType
    this.partition = given.partition
    this.cursor = given.cursor
    this.raw = given.raw
  }

  get events(): readonly unknown[] {
    return this.#given.events
  }
}
