// What a stream tells people beside its events. Clients compare these texts.

import type { SessionInput } from './session.ts'
import type { StreamPosition } from './stream-state.ts'

/** The remark on the first batch. */
export function greeting(skippedEvents: number): string {
  if (skippedEvents === 0) return 'Stream started'
  return `Stream started; skipped events due to retention time passed, count: ${skippedEvents}`
}

/** What there is to say of a partition that comes with failed commits; undefined when it comes without. */
export function failureRemark(position: StreamPosition): string | undefined {
  const { event_type, partition, failedCommits, lastDeadLetterOffset } = position
  if (failedCommits === 0 && lastDeadLetterOffset === null) return undefined
  return `{${event_type}:${partition} failedCommitsCount=${failedCommits} lastDeadLetterOffset=${lastDeadLetterOffset}}`
}

/** The remarks on failed commits, after another remark if there is one. */
export function withFailures(debug: string | undefined, failures: readonly string[]): string | undefined {
  if (failures.length === 0) return debug
  const tracking = `Auto DLQ failed commits tracking: ${failures.join(', ')}`
  return debug === undefined ? tracking : `${debug}; ${tracking}`
}

/** Why the stream ends, on its last batch; undefined when that is not told. */
export function closingMessage(reason: SessionInput, committedEvents: number): string | undefined {
  switch (reason) {
    case 'streamTimeout':
      return 'Stream timeout reached'
    case 'commitTimeout':
      return 'Commit timeout reached'
    case 'streamLimit':
      return `Stream limit in events reached: ${committedEvents}`
    case 'cursorsReset':
      return 'Resetting subscription cursors'
    case 'blocked':
      return 'Consumption is blocked'
    case 'brokerClosing':
      return 'The broker is shutting down'
    default:
      return undefined
  }
}
