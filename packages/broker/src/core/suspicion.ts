// Section "Dead letters" of the Nakadi manual. A partition whose consumers failed on it too often comes under
// suspicion: its next events are sent one at a time, and the one that they fail on again is given up.

import type { DeadLetterPolicy } from '@rioni/event-types'
import { isUncommitted, type PartitionBuffer, type Suspicion } from './partition-buffer.ts'
import type { StreamEffect, StreamPosition } from './stream-state.ts'

/** The suspicion that a partition comes with to a stream. */
export function suspicionAt(position: StreamPosition): Suspicion | undefined {
  const { suspectedThrough: through, failedCommits } = position
  return through === undefined ? undefined : { through, failedCommits, givingUp: undefined }
}

/**
 * The suspicion that a stream raises when it gets a partition with too many failures. The events that the
 * consumers failed on were in one batch.
 */
export function raisedSuspicion(
  { failedCommits, suspectedThrough }: StreamPosition,
  committed: number,
  { policy, batchLimit }: { readonly policy: DeadLetterPolicy | undefined; readonly batchLimit: number },
): Suspicion | undefined {
  if (policy === undefined || suspectedThrough !== undefined || failedCommits < policy.maxSendCount)
    return undefined
  return { through: committed + batchLimit, failedCommits: 0, givingUp: undefined }
}

/** Takes in what has become of a suspicion. */
export function withSuspicion(
  buffer: PartitionBuffer,
  position: StreamPosition,
  policy: DeadLetterPolicy | undefined,
): PartitionBuffer {
  const { suspicion: before, committed } = buffer
  if (policy === undefined) return buffer
  const found = suspicionAt(position)
  if (found === undefined) {
    // Failures that are still counted mean that the suspicion, just raised, is not yet known to others.
    const isUnknown = before !== undefined && position.failedCommits >= policy.maxSendCount
    return before === undefined || isUnknown ? buffer : { ...buffer, suspicion: undefined }
  }
  const isGivingUp = before?.givingUp !== undefined && before.givingUp > committed
  return { ...buffer, suspicion: { ...found, givingUp: isGivingUp ? before.givingUp : undefined } }
}

/** The event that has failed too often, once it is its turn. */
export function eventToGiveUp(
  buffer: PartitionBuffer,
  { maxSendCount, keeps }: DeadLetterPolicy,
): (StreamEffect & { readonly type: 'giveUp' }) | undefined {
  const { suspicion, partition, records } = buffer
  const [record] = records
  if (suspicion === undefined || record === undefined || suspicion.givingUp !== undefined) return undefined
  if (suspicion.failedCommits < maxSendCount || isUncommitted(buffer)) return undefined
  return { type: 'giveUp', partition, record, failedCommits: suspicion.failedCommits, keeps }
}
