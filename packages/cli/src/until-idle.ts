import type { Clock } from '@rioni/client'

/** When it has been quiet for long enough, and what to do then. */
export interface Idleness {
  readonly clock: Clock
  /** May be infinite. */
  readonly idleMs: number
  /** Called once; expected to end the values. */
  readonly onIdle: () => void
}

/**
 * Passes values on and calls `onIdle` when the next one does not come within `idleMs` of the last being dealt with.
 * Before the first value it waits for ever.
 */
export async function* untilIdle<T>(
  values: AsyncIterable<T>,
  { clock, idleMs, onIdle }: Idleness,
): AsyncGenerator<T> {
  let cancel = (): void => {}
  try {
    for await (const value of values) {
      cancel()
      yield value
      if (Number.isFinite(idleMs)) cancel = clock.after(idleMs, onIdle)
    }
  } finally {
    cancel()
  }
}
