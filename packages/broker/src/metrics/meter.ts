// How often something happens, as Dropwizard's meters tell it: that is the form in which Nakadi shows it.

/** Occurrences so far, and per second over some time. */
export interface MeterSnapshot {
  readonly count: number
  readonly m1_rate: number
  readonly m5_rate: number
  readonly m15_rate: number
  readonly mean_rate: number
  readonly units: 'events/second'
}

/** Counts occurrences. */
export interface Meter {
  readonly count: number
  mark(occurrences?: number): void
  snapshot(): MeterSnapshot
}

const TICK_MS = 5000
const MINUTES = [1, 5, 15]

/**
 * Creates a meter. Its rates are averages that forget: what lies so many minutes back counts for a third. They
 * move on in ticks of five seconds, as those of `uptime` do.
 *
 * @param now milliseconds since any fixed moment
 */
export function createMeter(now: () => number): Meter {
  const startedAt = now()
  let count = 0
  let countAtTick = 0
  let tickedAt = startedAt
  let rates: readonly number[] | undefined

  function tick(): void {
    const ticks = Math.floor((now() - tickedAt) / TICK_MS)
    if (ticks === 0) return
    const latest = ((count - countAtTick) / TICK_MS) * 1000
    rates = MINUTES.map((minutes, index) => {
      const before = rates?.[index] ?? latest
      const kept = Math.exp(-TICK_MS / (minutes * 60_000))
      // The first of the ticks has all occurrences, the others none.
      return (latest + (before - latest) * kept) * kept ** (ticks - 1)
    })
    countAtTick = count
    tickedAt += ticks * TICK_MS
  }

  return {
    get count() {
      return count
    },
    mark(occurrences = 1) {
      tick()
      count += occurrences
    },
    snapshot() {
      tick()
      const seconds = (now() - startedAt) / 1000
      const [m1_rate = 0, m5_rate = 0, m15_rate = 0] = rates ?? []
      const mean_rate = seconds === 0 ? 0 : count / seconds
      return { count, m1_rate, m5_rate, m15_rate, mean_rate, units: 'events/second' }
    },
  }
}
