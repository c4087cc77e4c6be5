/** Keeps publishing to an event type and a change of where it publishes to apart. */
export interface PublishingLock {
  /** Publishes, beside others who do; waits for a change that is under way. */
  share<T>(eventType: string, publish: () => Promise<T>): Promise<T>
  /**
   * Changes something while nobody publishes: after all who do, and before all who want to.
   *
   * @returns undefined when somebody else is changing it: then `change` is not called
   */
  seize<T>(eventType: string, change: () => Promise<T>): Promise<T> | undefined
}

/** Creates a lock that nobody holds. It holds for this process. */
export function createPublishingLock(): PublishingLock {
  const publishing = new Map<string, Set<Promise<unknown>>>()
  const changing = new Map<string, Promise<unknown>>()

  function enter(eventType: string, work: Promise<unknown>): void {
    const others = publishing.get(eventType) ?? new Set()
    publishing.set(eventType, others.add(work))
    const leave = () => {
      others.delete(work)
      if (others.size === 0 && publishing.get(eventType) === others) publishing.delete(eventType)
    }
    work.then(leave, leave)
  }

  return {
    async share(eventType, publish) {
      // Another change may begin before this one's turn comes.
      for (let change = changing.get(eventType); change !== undefined; change = changing.get(eventType)) {
        await change.catch(() => {})
      }
      const work = publish()
      enter(eventType, work)
      return await work
    },
    seize(eventType, change) {
      if (changing.has(eventType)) return undefined
      const work = Promise.allSettled(publishing.get(eventType) ?? []).then(change)
      changing.set(eventType, work)
      const leave = () => changing.delete(eventType)
      work.then(leave, leave)
      return work
    },
  }
}
