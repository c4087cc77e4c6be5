// The only file of this package that knows real time.
// Everything else takes a `Clock`, so a test can live through an hour in a microsecond.

/** Where the broker gets its time and its timers from. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls `fn` once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, fn: () => void): () => void
}

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /**
   * Moves time forward by `ms` milliseconds, running the timers that fall due in order. Before the
   * first timer and after each one it lets promises, streams and pending socket I/O settle, so that
   * whatever a timer sets off has happened before the next timer runs. Calls run one after another.
   */
  advance(ms: number): Promise<void>
}

/** Real time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

interface Timer {
  readonly at: number
  readonly fn: () => void
}

/**
 * Creates a clock for tests.
 *
 * @param startMs the first value of `now()`, in milliseconds since the epoch
 */
export function createManualClock(startMs: number = Date.UTC(2026, 0, 1)): ManualClock {
  let time = startMs
  let queue: Promise<void> = Promise.resolve()
  // A set keeps insertion order, so timers for the same instant run in the order they were set.
  const timers = new Set<Timer>()

  async function run(ms: number): Promise<void> {
    const end = time + ms
    await settle()
    for (let timer = earliest(timers, end); timer !== undefined; timer = earliest(timers, end)) {
      timers.delete(timer)
      time = Math.max(time, timer.at)
      timer.fn()
      await settle()
    }
    time = end
  }

  return {
    now: () => time,
    after(ms, fn) {
      const timer: Timer = { at: time + Math.max(0, ms), fn }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(ms) {
      queue = queue.then(() => run(ms))
      return queue
    },
  }
}

function earliest(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  let first: Timer | undefined
  for (const timer of timers) {
    if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer
  }
  return first
}

// Captured when the module loads, so that a test that replaces the global still gets real turns.
const realImmediate = setImmediate

/**
 * A request over a loopback socket and its answer pass through the event loop about half a dozen
 * times (client write, server read, work, server write, client read). Idle turns cost microseconds.
 */
const SETTLE_TURNS = 16

async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLE_TURNS; turn += 1) {
    await new Promise<void>((resolve) => {
      realImmediate(resolve)
    })
  }
}
