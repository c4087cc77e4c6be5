/**
 * What was received and not yet taken: the stream puts in, the loop takes out. It remembers who waits
 * for what, and nothing else.
 */
export interface Inbox<T> {
  /** Items that nobody has taken. */
  readonly size: number
  /** What they weigh together. */
  readonly weight: number
  /** Adds an item. Does nothing after the end. */
  put(item: T): void
  /** The next item, as soon as there is one. */
  take(): Promise<IteratorResult<T, undefined>>
  /** Resolves when there are fewer than `size` items of less than `weight` together, or none will ever be taken. */
  fewerThan(size: number, weight?: number): Promise<void>
  /** Drops what nobody has taken. */
  clear(): void
  /** Takes no more. What is in it can still be taken; then taking is done, or rejects with the error, once. */
  end(error?: Error): void
}

const done: IteratorResult<never, undefined> = { done: true, value: undefined }

/** An empty inbox. */
export function createInbox<T>(weigh: (item: T) => number = () => 0): Inbox<T> {
  let items: T[] = []
  let weight = 0
  let ended = false
  let failure: Error | undefined
  let wakers: (() => void)[] = []

  /** Lets everybody who waits look again. */
  const changed = () => {
    const waiting = wakers
    wakers = []
    for (const wake of waiting) wake()
  }
  const change = () => new Promise<void>((resolve) => wakers.push(resolve))

  return {
    get size() {
      return items.length
    },
    get weight() {
      return weight
    },
    put(item) {
      if (ended) return
      items.push(item)
      weight += weigh(item)
      changed()
    },
    async take() {
      while (items.length === 0 && !ended) await change()
      const [item] = items.splice(0, 1)
      if (item !== undefined) {
        weight -= weigh(item)
        changed()
        return { done: false, value: item }
      }
      const error = failure
      failure = undefined
      if (error !== undefined) throw error
      return done
    },
    async fewerThan(size, lighterThan = Number.POSITIVE_INFINITY) {
      while ((items.length >= size || weight >= lighterThan) && !ended) await change()
    },
    clear() {
      items = []
      weight = 0
      changed()
    },
    end(error) {
      if (ended) return
      ended = true
      failure = error
      changed()
    },
  }
}
