import type { NakadiError } from '../error.ts'
import type { PublishOutcome } from './outcomes.ts'

/** One call of `publish`: hands out its events one by one and collects what becomes of them. */
export interface PublishCall {
  /** Milliseconds since the epoch. */
  readonly calledAt: number
  /** Takes the next event, undefined when there is none left. */
  take(): CallEvent | undefined
  /**
   * Resolves with the outcomes in the order of the events. Rejects when the requests of all of them
   * failed as a whole; when only some did, their events are `rejected` and carry the error.
   */
  readonly outcomes: Promise<readonly PublishOutcome[]>
}

/** One event of a call. */
export interface CallEvent {
  readonly value: unknown
  /** Records what became of it, once. */
  settle(fate: PublishOutcome | FailedRequest): void
}

/** A request that failed without a word about its events, which were certainly not stored. */
interface FailedRequest {
  readonly eid: string
  readonly error: NakadiError
}

/** Starts a call. */
export function createPublishCall(events: readonly unknown[], calledAt: number): PublishCall {
  const fates = new Array<PublishOutcome | FailedRequest>(events.length)
  let [taken, open] = [0, events.length]
  let finish: () => void = () => undefined
  const outcomes = new Promise<readonly PublishOutcome[]>((resolve, reject) => {
    finish = () => {
      const [first] = fates
      if (first !== undefined && isFailedRequest(first) && fates.every(isFailedRequest)) reject(first.error)
      else resolve(fates.map((fate) => (isFailedRequest(fate) ? rejectedWithRequest(fate) : fate)))
    }
  })
  if (open === 0) finish()

  return {
    calledAt,
    outcomes,
    take() {
      if (taken === events.length) return undefined
      const index = taken++
      return {
        value: events[index],
        settle(fate) {
          fates[index] = fate
          if (--open === 0) finish()
        },
      }
    },
  }
}

function isFailedRequest(fate: PublishOutcome | FailedRequest): fate is FailedRequest {
  return !('status' in fate)
}

function rejectedWithRequest({ eid, error }: FailedRequest): PublishOutcome {
  return { status: 'rejected', eid, step: 'none', detail: error.message, error }
}
