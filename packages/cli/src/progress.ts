import type { Environment } from './environment.ts'
import { report } from './report.ts'

/** Fewest things whose progress is worth a line, and how many lines there are. */
const LONG_RUN = 100
const STEPS = 10

/**
 * Tells on standard error how far a long run is: a line for every tenth of it. `sentence` makes the line, such as
 * "generated 10 of 100 event types".
 */
export function progressOn(
  environment: Environment,
  sentence: (done: number, total: number) => string,
): (done: number, total: number) => void {
  return (done, total) => {
    const step = Math.ceil(total / STEPS)
    if (total >= LONG_RUN && done % step === 0) report(environment, sentence(done, total))
  }
}

/** Whether somebody looks at standard error while the command runs. */
export function isWatched({ stderr }: Environment): boolean {
  return 'isTTY' in stderr && stderr.isTTY === true
}
