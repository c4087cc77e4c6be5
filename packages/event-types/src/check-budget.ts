/** Checking an event takes more steps than it may. */
export class CheckBudgetError extends Error {
  override readonly name = 'CheckBudgetError'
}

/**
 * How many steps the check of one event may take: the schema and the event are both a stranger's, and a
 * check blocks everything else. A step takes some 10 ns. Real events take a few hundred; this many have been
 * seen only where a combination of many schemas meets an array of many items.
 */
const MAX_STEPS = 5_000_000

/** Counts the steps of one check. */
export interface CheckBudget {
  /** @throws CheckBudgetError when that is too much. */
  spend(steps: number): void
  /** Makes it as good as new, for the next check. */
  renew(): void
}

/** @param limit Steps between two renewals. @default 5000000 */
export function createCheckBudget(limit: number = MAX_STEPS): CheckBudget {
  let left = limit
  return {
    spend(steps) {
      left -= steps
      if (left < 0) throw new CheckBudgetError(`More than ${limit} steps`)
    },
    renew() {
      left = limit
    },
  }
}
