import type { Clock } from './clock.ts'

/** Keeps the work on an event type, publishing above all, and a change of where its events go apart. */
export interface PublishingLock {
  /**
   * Works on the event type, beside others who do; waits for a change that is under way.
   *
   * @returns undefined when the change takes too long: then `work` is not called
   */
  share<T>(eventType: string, work: () => Promise<T>): Promise<T | undefined>
  /**
   * Changes something while nobody works: after all who do, and before all who want to.
   *
   * @returns undefined when somebody else is changing it: then `change` is not called
   */
  seize<T>(eventType: string, change: () => Promise<T>): Promise<T> | undefined
}

/** How long anybody waits for a change, in milliseconds. Nakadi has the same limit. */
const MAX_WAIT_MS = 40_000

/** Creates a lock that nobody holds. It holds for this process. */
export function createPublishingLock(clock: Clock): PublishingLock {
  const working = new Map<string, Set<Promise<unknown>>>()
  const changing = new Map<string, Promise<unknown>>()

  function enter(eventType: string, work: Promise<unknown>): void {
    const others = working.get(eventType) ?? new Set()
    working.set(eventType, others.add(work))
    const leave = () => {
      others.delete(work)
      if (others.size === 0 && working.get(eventType) === others) working.delete(eventType)
    }
    work.then(leave, leave)
  }

  /** Waits until nobody changes the event type; says whether that came in time. */
  async function isFree(eventType: string): Promise<boolean> {
    const deadline = clock.now() + MAX_WAIT_MS
    // Another change may begin before it is this one's turn.
    for (let change = changing.get(eventType); change !== undefined; change = changing.get(eventType)) {
      if (!(await endsWithin(change, deadline - clock.now(), clock))) return false
    }
    return true
  }

  return {
    async share(eventType, work) {
      if (changing.has(eventType) && !(await isFree(eventType))) return undefined
      const result = work()
      enter(eventType, result)
      return await result
    },
    seize(eventType, change) {
      if (changing.has(eventType)) return undefined
      const work = Promise.allSettled(working.get(eventType) ?? []).then(change)
      changing.set(eventType, work)
      const leave = () => changing.delete(eventType)
      work.then(leave, leave)
      return work
    },
  }
}

/** Says whether something settles within so many milliseconds. */
async function endsWithin(work: Promise<unknown>, ms: number, clock: Clock): Promise<boolean> {
  return await new Promise((resolve) => {
    const cancel = clock.after(Math.max(0, ms), () => resolve(false))
    const settle = () => {
      cancel()
      resolve(true)
    }
    work.then(settle, settle)
  })
}
