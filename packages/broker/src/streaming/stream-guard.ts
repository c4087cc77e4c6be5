import type { LogRecord } from '../core/log-record.ts'

/** What the client of a stream may have, in the state of the broker as it is at the time of asking. */
export interface StreamGuard {
  /** Whether the client may be given an event. What it may not have is skipped without a word. */
  mayDeliver(record: Pick<LogRecord, 'headers'>): boolean
  /** Whether the stream may go on: `blocked` by the blacklist, or the rights have been `revoked`. */
  verdict(): 'allowed' | 'blocked' | 'revoked'
}
