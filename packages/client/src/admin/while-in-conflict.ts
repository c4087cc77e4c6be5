import { pause } from '../clock.ts'
import { NakadiError } from '../error.ts'
import { fullJitter } from '../retry.ts'
import type { AdminContext } from './admin-context.ts'

/** How long to wait for whoever is in the way. */
export interface Patience {
  readonly patienceMs: number
  readonly signal: AbortSignal | undefined
}

const firstDelayMs = 500
const longestDelayMs = 5_000

/** Repeats `attempt` while it fails with `conflict`, with growing random pauses, until `patienceMs` have passed. */
export async function whileInConflict<T>(
  { clock, random }: Pick<AdminContext, 'clock' | 'random'>,
  { patienceMs, signal }: Patience,
  attempt: () => Promise<T>,
): Promise<T> {
  const giveUpAt = clock.now() + patienceMs
  for (let round = 0; ; round++) {
    try {
      return await attempt()
    } catch (error) {
      const isConflict = error instanceof NakadiError && error.code === 'conflict'
      const delayMs = 1 + fullJitter(Math.min(longestDelayMs, firstDelayMs * 2 ** round), random)
      if (!isConflict || signal?.aborted === true || clock.now() + delayMs > giveUpAt) throw error
      await pause(clock, delayMs, signal)
    }
  }
}
