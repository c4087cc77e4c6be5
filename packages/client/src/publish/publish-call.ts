import type { NakadiError } from '../error.ts'
import type { EventOperation } from './batcher.ts'
import type { PublishOutcome } from './outcomes.ts'
import type { Preparation } from './prepare-event.ts'

/** A request that failed without a word about its events, which were certainly not stored. */
interface FailedRequest {
  readonly eid: string
  readonly error: NakadiError
}

type Fate = PublishOutcome | FailedRequest

/** What a call was made for. */
export interface CallPurpose {
  readonly operation: EventOperation
  /** `metadata.occurred_at` of events that do not say it. */
  readonly occurredAt: string
  /** Milliseconds since the epoch. */
  readonly calledAt: number
  readonly preparation: Preparation
}

/**
 * One call of `publish`: hands out its events one by one and collects what becomes of them. A class, because there may be
 * one for every event, and methods cost nothing per instance.
 */
export class PublishCall {
  readonly purpose: CallPurpose
  /**
   * Resolves with the outcomes in the order of the events. Rejects when the requests of all of them
   * failed as a whole; when only some did, their events are `rejected` and carry the error.
   */
  readonly outcomes: Promise<readonly PublishOutcome[]>
  readonly #events: readonly unknown[]
  readonly #fates: (Fate | undefined)[]
  #taken = 0
  #open: number
  #resolve: (outcomes: readonly PublishOutcome[]) => void = () => undefined
  #reject: (error: NakadiError) => void = () => undefined

  constructor(events: readonly unknown[], purpose: CallPurpose) {
    this.purpose = purpose
    this.#events = events
    this.#fates = new Array(events.length)
    this.#open = events.length
    this.outcomes = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    if (this.#open === 0) this.#finish()
  }

  /** Whether every event has been taken. */
  get isTaken(): boolean {
    return this.#taken === this.#events.length
  }

  /** Whether the fate of every event is known. */
  get isFinished(): boolean {
    return this.#open === 0
  }

  /** How many events have been taken, which is the place of the next one. */
  get taken(): number {
    return this.#taken
  }

  /** Takes the next event. */
  take(): unknown {
    return this.#events[this.#taken++]
  }

  /** Records what became of an event. Returns false when that is known already. */
  settle(index: number, fate: Fate): boolean {
    if (this.#fates[index] !== undefined) return false
    this.#fates[index] = fate
    this.#open -= 1
    if (this.#open === 0) this.#finish()
    return true
  }

  #finish(): void {
    const fates = this.#fates.filter((fate) => fate !== undefined)
    const [first] = fates
    if (first !== undefined && isFailedRequest(first) && fates.every(isFailedRequest))
      this.#reject(first.error)
    else this.#resolve(fates.map((fate) => (isFailedRequest(fate) ? rejectedWithRequest(fate) : fate)))
  }
}

function isFailedRequest(fate: Fate): fate is FailedRequest {
  return !('status' in fate)
}

function rejectedWithRequest({ eid, error }: FailedRequest): PublishOutcome {
  return { status: 'rejected', eid, step: 'none', detail: error.message, error }
}
