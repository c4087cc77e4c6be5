import type { StreamBatch } from '@rioni/protocol'

/**
 * Why a stream ended, as far as the broker says so. Its last line carries a remark (`info.debug`);
 * a stream may also end without one, for example when a partition was not handed over in time.
 */
export interface CloseReason {
  /**
   * - `stream-timeout`: the stream has lived as long as it was allowed to. Normal.
   * - `commit-timeout`: events were not committed within `commitTimeoutSeconds`. The consumer is too slow.
   * - `cursors-reset`: somebody moved the cursors of the subscription or added partitions.
   * - `stream-limit`: as many events as `streamLimit` asked for were committed.
   * - `keep-alive-limit`: there was nothing new for as long as `streamKeepAliveLimit` allows.
   * - `blocked`: the broker's operators have blocked the application or the event type.
   * - `silent`: not even keep-alive batches came in for too long; the client gave the stream up.
   * - `ended`: the broker ended the stream without a word.
   * - `broken`: the connection failed, or carried something that is no batch.
   * - `unreadable`: a batch is larger than `maxLineBytes`. It would be so again, so the consumer fails.
   */
  readonly kind:
    | 'stream-timeout'
    | 'commit-timeout'
    | 'cursors-reset'
    | 'stream-limit'
    | 'keep-alive-limit'
    | 'blocked'
    | 'silent'
    | 'ended'
    | 'broken'
    | 'unreadable'
  /** For people: what it means and what to do about it. */
  readonly message: string
  /** The error behind `broken` and `unreadable`. */
  readonly error?: unknown
}

const remarks: readonly (CloseReason & { readonly remark: RegExp })[] = [
  {
    remark: /^Stream timeout reached/,
    kind: 'stream-timeout',
    message: 'the stream has reached its maximum age',
  },
  {
    remark: /^Commit timeout reached/,
    kind: 'commit-timeout',
    message:
      'events were not committed in time; process faster, commit earlier, lower batchLimit and maxUncommittedEvents, or raise commitTimeoutSeconds',
  },
  {
    remark: /^Resetting subscription cursors/,
    kind: 'cursors-reset',
    message: 'the cursors of the subscription are being reset, or partitions were added',
  },
  {
    remark: /^Stream limit in events reached/,
    kind: 'stream-limit',
    message: 'streamLimit events were committed',
  },
  {
    remark: /^Consumption is blocked/,
    kind: 'blocked',
    message: 'the operators of the broker have blocked the application or the event type',
  },
]

/** Reads the reason from a line of a stream, undefined when the line announces no end. */
export function announcedCloseReason({ events, info }: StreamBatch<unknown>): CloseReason | undefined {
  if (events !== undefined || info?.debug === undefined) return undefined
  const debug = info.debug
  const known = remarks.find(({ remark }) => remark.test(debug))
  return known === undefined ? undefined : { kind: known.kind, message: known.message }
}
