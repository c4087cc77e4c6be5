/** The door between the requests and the storage. */
export interface RequestGate {
  /**
   * Does the work of one request, if the gate is open.
   *
   * @returns undefined when it is shut: then `work` is not called
   */
  enter<T>(work: () => T | Promise<T>): Promise<T> | undefined
  /** Lets nobody in any more; resolves when all who were in have left. */
  shut(): Promise<void>
}

/**
 * Creates an open gate. A request goes through it after its body has been read, so one whose body arrives
 * slowly neither holds up a broker that closes nor gets to its storage afterwards.
 */
export function createRequestGate(): RequestGate {
  const inside = new Set<Promise<unknown>>()
  let isOpen = true
  return {
    enter(work) {
      if (!isOpen) return undefined
      const working = (async () => await work())()
      inside.add(working)
      const leave = () => inside.delete(working)
      working.then(leave, leave)
      return working
    },
    async shut() {
      isOpen = false
      await Promise.allSettled(inside)
    },
  }
}
