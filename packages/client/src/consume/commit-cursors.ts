import type { CursorCommitResult, SubscriptionCursor } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** What to commit. All cursors must come from the same stream. */
export interface CursorCommit {
  readonly subscriptionId: string
  readonly streamId: string
  readonly cursors: readonly SubscriptionCursor[]
}

/**
 * Commits cursors in one request: all of them, or none when the broker refuses. Resolves with one
 * result per cursor in order.
 *
 * @throws NakadiError `validation` when the stream has ended or does not own one of the partitions.
 */
export type CommitCursors = (
  commit: CursorCommit,
  options?: CallOptions,
) => Promise<readonly CursorCommitResult[]>

/** Makes the commit function of one client. */
export function createCommitCursors(call: Call): CommitCursors {
  return async ({ subscriptionId, streamId, cursors }, options) => {
    const { body } = await call({
      operation: 'commitCursors',
      parameters: { subscription_id: subscriptionId },
      headers: { 'x-nakadi-streamid': streamId },
      body: JSON.stringify({ items: cursors }),
      options,
    })
    return body?.items ?? cursors.map((cursor) => ({ cursor, result: 'committed' }))
  }
}
