import type { NakadiError } from '../error.ts'
import type { CloseReason } from './close-reason.ts'

/** How far a consumer is, for health checks and metrics. Times are milliseconds since the epoch. */
export interface ConsumerProgress {
  /** Batches that were received and not taken. */
  readonly unreadBatches: number
  /** What these batches weigh, in bytes. */
  readonly unreadBytes: number
  /**
   * Milliseconds for which something that was delivered has waited for its commit; 0 when all is
   * committed. At `commitTimeoutSeconds` the broker ends the stream, so half of that is worth an alarm.
   */
  readonly commitAgeMs: number
  /** When events last came in. */
  readonly lastEventsAt: number | undefined
  /** When the broker last confirmed a commit of the present stream. */
  readonly lastCommitAt: number | undefined
  /** Why the last stream ended, or why none was opened. */
  readonly lastClose: CloseReason | NakadiError | undefined
}
