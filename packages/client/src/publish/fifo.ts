/** A queue, the oldest first. Taking is as cheap in a long queue as in a short one, unlike `Array.shift`. */
export interface Fifo<T> {
  readonly length: number
  /** The item at a position counted from the oldest. */
  at(index: number): T | undefined
  push(item: T): void
  /** Removes the oldest items, and returns them. */
  take(count: number): T[]
}

/** Below that many taken items it is not worth while to move the others. */
const leastTaken = 1024

/** Makes an empty queue. What was taken is let go of as soon as it is the larger part. */
export function createFifo<T>(): Fifo<T> {
  let items: (T | undefined)[] = []
  let head = 0
  return {
    get length() {
      return items.length - head
    },
    at: (index) => items[head + index],
    push(item) {
      items.push(item)
    },
    take(count) {
      const taken: T[] = []
      for (let left = Math.min(count, items.length - head); left > 0; left--) {
        const item = items[head]
        items[head++] = undefined
        if (item !== undefined) taken.push(item)
      }
      if (head === items.length || (head > leastTaken && head * 2 > items.length)) {
        items = items.slice(head)
        head = 0
      }
      return taken
    },
  }
}
