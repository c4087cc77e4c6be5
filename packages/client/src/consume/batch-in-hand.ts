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
  let isReleased = false
  let resolveReleased: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    resolveReleased = resolve
  })
  const release = () => {
    isReleased = true
    resolveReleased()
  }
  const { eventType, partition, cursor, raw } = given
  const batch: EventBatch<string, unknown> = {
    eventType,
    partition,
    cursor,
    raw,
    get events() {
      return given.events
    },
    commit(): Promise<CommitResult> {
      const committed = given.commit()
      release()
      return committed
    },
  }
  return {
    batch,
    released,
    get isReleased() {
      return isReleased
    },
    release,
  }
}
