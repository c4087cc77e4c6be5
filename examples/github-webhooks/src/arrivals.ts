// Which events have arrived, how often, and whether all have.

/** What is waited for, and for how long. */
export interface ArrivalsOptions {
  readonly expected: ReadonlySet<string>
  /** Gives up when nothing has arrived for so long. */
  readonly patienceMs: number
  readonly onProgress: (line: string) => void
}

/** A growing record of events by their ids. */
export interface Arrivals {
  readonly times: ReadonlyMap<string, number>
  /** Resolves when all expected events have arrived, or none has for too long. */
  readonly complete: Promise<void>
  add(eids: readonly string[]): void
}

/** How often progress is told on the way. */
const STEPS = 4

/** Starts a record in which nothing has arrived. */
export function createArrivals({ expected, patienceMs, onProgress }: ArrivalsOptions): Arrivals {
  const times = new Map<string, number>()
  const missing = new Set(expected)
  let stepsTold = 0
  let finish = (): void => undefined
  const complete = new Promise<void>((resolve) => {
    finish = resolve
  })
  let patience = setTimeout(finish, patienceMs)

  function tellProgress(): void {
    const steps = Math.floor((times.size / expected.size) * STEPS)
    if (steps > stepsTold) onProgress(`${times.size} of ${expected.size} events have arrived`)
    stepsTold = steps
  }

  return {
    times,
    complete,
    add(eids) {
      for (const eid of eids) {
        times.set(eid, (times.get(eid) ?? 0) + 1)
        missing.delete(eid)
      }
      tellProgress()
      clearTimeout(patience)
      if (missing.size === 0) finish()
      else patience = setTimeout(finish, patienceMs)
    },
  }
}
