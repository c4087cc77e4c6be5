import type { Clock } from '../clock.ts'

/** How items are gathered. */
export interface BatcherOptions<Item> {
  readonly clock: Clock
  /** A batch has at most so many items. */
  readonly maxItems: number
  /** No item waits longer for its batch to fill, in milliseconds. */
  readonly maxDelayMs: number
  /** More items than this do not wait; the rest is dropped. */
  readonly maxWaiting: number
  /** Takes a batch. The next one comes when it has resolved; one that it rejects is lost. */
  readonly send: (items: readonly Item[]) => Promise<void>
  readonly onFailure: (error: unknown) => void
}

/** Gathers items into batches, one batch at a time. */
export interface EventBatcher<Item> {
  /** Takes an item, or drops it when too many wait. Never waits, never throws. */
  add(item: Item): void
  /** How many items have been dropped. */
  dropped(): number
  /** Sends what waits, and arms no timer any more. Items that come later are dropped. */
  close(): Promise<void>
}

/** Creates a batcher without items. */
export function createEventBatcher<Item>(options: BatcherOptions<Item>): EventBatcher<Item> {
  const { clock, maxItems, maxDelayMs, maxWaiting, send, onFailure } = options
  const waiting: Item[] = []
  let sending: Promise<void> | undefined
  let cancelTimer: (() => void) | undefined
  let dropped = 0
  let isClosed = false

  async function sendWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const items = waiting.splice(0, maxItems)
      try {
        await send(items)
      } catch (error) {
        dropped += items.length
        onFailure(error)
      }
    }
  }

  function flush(): Promise<void> {
    cancelTimer?.()
    cancelTimer = undefined
    sending ??= sendWaiting().finally(() => {
      sending = undefined
      // Something may have come when the last batch had been sent and this had not been noticed yet.
      arm()
    })
    return sending
  }

  function arm(): void {
    if (waiting.length === 0 || isClosed) return
    cancelTimer ??= clock.after(maxDelayMs, () => void flush())
  }

  return {
    add(item) {
      if (isClosed || waiting.length >= maxWaiting) {
        dropped += 1
        return
      }
      waiting.push(item)
      if (waiting.length >= maxItems) void flush()
      else if (sending === undefined) arm()
    },
    dropped: () => dropped,
    async close() {
      isClosed = true
      do await flush()
      while (waiting.length > 0)
    },
  }
}
