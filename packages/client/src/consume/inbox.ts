/**
 * What was received and not yet taken: the stream puts in, the loop takes out. It remembers who waits
 * for what, and nothing else.
 */
export interface Inbox<T> {
  /** Items that nobody has taken. */
  readonly size: number
  /** Adds an item. Does nothing after the end. */
  put(item: T): void
  /** The next item, as soon as there is one. */
  take(): Promise<IteratorResult<T, undefined>>
  /** Resolves when there are fewer than `size` items, or none will ever be taken. */
  fewerThan(size: number): Promise<void>
  /** Drops what nobody has taken. */
  clear(): void
  /** Takes no more. What is in it can still be taken; then taking is done, or rejects with the error, once. */
  end(error?: Error): void
}

const done: IteratorResult<never, undefined> = { done: true, value: undefined }

/** An empty inbox. */
export function createInbox<T>(): Inbox<T> {
  let items: T[] = []
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
    put(item) {
      if (ended) return
      items.push(item)
      changed()
    },
    async take() {
      while (items.length === 0 && !ended) await change()
      const [item] = items.splice(0, 1)
      if (item !== undefined) {
        changed()
        return { done: false, value: item }
      }
      const error = failure
      failure = undefined
      if (error !== undefined) throw error
      return done
    },
    async fewerThan(size) {
      while (items.length >= size && !ended) await change()
    },
    clear() {
      items = []
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
