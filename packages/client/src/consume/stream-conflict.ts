import type { NakadiError } from '../error.ts'

/**
 * Why the broker refuses a stream with 409.
 *
 * - `no-free-slots`: every partition is being streamed. A consumer in reserve waits here; so does one that
 *   was restarted, until the commit timeout of its last stream has passed.
 * - `partitions-taken`: another stream has named one of the `partitions` that this one names.
 * - `cursors-reset`: somebody is moving the cursors, which takes seconds.
 * - `other`: a reason that this version does not know.
 */
export type StreamConflict = 'no-free-slots' | 'partitions-taken' | 'cursors-reset' | 'other'

/** Tells the kinds of 409 apart, by the only thing in which they differ: their explanation. */
export function streamConflictOf({ code, problem }: NakadiError): StreamConflict | undefined {
  if (code !== 'no-free-slots' && code !== 'conflict') return undefined
  const detail = problem?.detail ?? ''
  if (/already requested/i.test(detail)) return 'partitions-taken'
  if (/reset/i.test(detail)) return 'cursors-reset'
  return code === 'no-free-slots' ? 'no-free-slots' : 'other'
}
