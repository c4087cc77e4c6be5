// failed-attempts.ts - how often the events at a position have failed. The count outlives streams: a
// reconnect delivers the same events again, and must not make them new.

/** Failed calls by position. */
export type FailedAttempts = ReadonlyMap<string, number>

/** Nothing has failed. */
export const noFailedAttempts: FailedAttempts = new Map()

/** Positions of partitions that went to other consumers are never settled here; only so many are kept. */
const mostPositions = 10_000

/** The count after another failed call at a position. */
export function noteFailedAttempt(attempts: FailedAttempts, position: string): FailedAttempts {
  const next = new Map(attempts)
  next.delete(position)
  next.set(position, (attempts.get(position) ?? 0) + 1)
  const [oldest] = next.keys()
  if (next.size > mostPositions && oldest !== undefined) next.delete(oldest)
  return next
}

/** The count after the events at a position were processed or given up. */
export function settlePosition(attempts: FailedAttempts, position: string): FailedAttempts {
  if (!attempts.has(position)) return attempts
  const next = new Map(attempts)
  next.delete(position)
  return next
}
