// stream-commits.ts - the shell around the committer: sends the commits of one stream when their schedule
// says so, one request at a time. What becomes ready while a request is under way goes out together in
// the next.

import type { SubscriptionCursor } from '@rioni/protocol'
import type { Client } from '../create-client.ts'
import type { NakadiError } from '../error.ts'
import type { CommitResult } from './batch.ts'
import { addPending, type CommitSchedule, commitDueAt, type PendingCommits } from './commit-schedule.ts'
import {
  abandon,
  acknowledge,
  emptyLane,
  giveBack,
  type HandedOut,
  handOut,
  isSettled,
  judgeCommit,
  type Lane,
  settle,
  takeReady,
} from './committer.ts'
import { sendCommit } from './send-commit.ts'

/** The stream whose cursors are committed, and when. */
export interface CommitTarget {
  readonly subscriptionId: string
  readonly streamId: string
  readonly schedule: CommitSchedule
  readonly commitTimeoutMs: number
  /** Gives up whatever is under way. */
  readonly signal: AbortSignal
  /** Hears of a refusal for good that nobody waits for. */
  readonly onRefused: (error: NakadiError) => void
}

/** The place of a batch in its stream. */
export interface BatchPlace {
  /** Commits the batch; `countEvents` is asked when the schedule counts events. */
  commit(countEvents: () => number): Promise<CommitResult>
  /** When the broker will take no commit of it any more, in milliseconds since the epoch. */
  deadline(): number
  /** Whether it will be delivered again whatever happens, because its partition or stream has gone. */
  isLost(): boolean
}

/** The commits of one stream. A cursor can only be committed on the stream that delivered it. */
export interface StreamCommits {
  /** Since when something that was handed out has not been committed, if so. */
  readonly uncommittedSince: number | undefined
  /** When the broker last confirmed a commit, if it did. */
  readonly confirmedAt: number | undefined
  /** Aborts when the stream has been replaced, and commits of its batches are in vain. */
  readonly replaced: AbortSignal
  /** Notes that the batch up to this cursor is handed out. */
  handOut(cursor: SubscriptionCursor): BatchPlace
  /**
   * Sends what waits for its schedule, and tries once more what nobody has confirmed, because no further
   * commit would take it along. Never rejects.
   */
  flush(): Promise<void>
  /**
   * Notes that the stream ends. The broker waits for its last commits, for the commit timeout at most, and keeps the
   * partitions from the next stream meanwhile: so nothing waits for its schedule any more.
   */
  end(): void
  /** Notes that the broker has opened another stream, and takes no commits of this one any more. */
  replace(): void
}

/** A batch that is being committed, and the partition it belongs to. */
interface Committing {
  readonly partition: string
  readonly batch: HandedOut
}

interface Waiter {
  readonly partition: string
  readonly sequence: number
  settle(result: CommitResult | NakadiError): void
}

/** Starts the commits of a stream. */
export function createStreamCommits(client: Client, target: CommitTarget): StreamCommits {
  return new SequentialCommits(client, target)
}

class SequentialCommits implements StreamCommits {
  readonly #client: Client
  readonly #target: CommitTarget
  readonly #lanes = new Map<string, Lane>()
  readonly #replaced = new AbortController()
  #pending: PendingCommits | undefined
  #cancelTimer: () => void = () => undefined
  #waiters: Waiter[] = []
  #running = false
  #isEnded = false
  #lastRun: Promise<void> = Promise.resolve()
  #confirmedAt: number | undefined

  constructor(client: Client, target: CommitTarget) {
    this.#client = client
    this.#target = target
  }

  get uncommittedSince(): number | undefined {
    let since: number | undefined
    for (const lane of this.#lanes.values()) {
      if (!isSettled(lane)) since = Math.min(since ?? lane.since, lane.since)
    }
    return since
  }

  get confirmedAt(): number | undefined {
    return this.#confirmedAt
  }

  get replaced(): AbortSignal {
    return this.#replaced.signal
  }

  handOut(cursor: SubscriptionCursor): BatchPlace {
    const partition = `${cursor.partition} ${cursor.event_type}`
    const lane = this.#lane(partition)
    this.#lanes.set(partition, handOut(lane, cursor, this.#client.clock.now()))
    return {
      commit: (countEvents) => this.#commit(partition, lane.nextSequence, countEvents),
      deadline: () => this.#deadlineOf(partition),
      isLost: () => this.#isOver() || lane.nextSequence < this.#lane(partition).settled,
    }
  }

  #lane(partition: string): Lane {
    return this.#lanes.get(partition) ?? emptyLane
  }

  #deadlineOf(partition: string): number {
    return this.#lane(partition).since + this.#target.commitTimeoutMs
  }

  /** Keeps nothing of the batch while the answer is under way: many may be, and their events are large. */
  #commit(partition: string, sequence: number, countEvents: () => number): Promise<CommitResult> {
    const before = this.#lane(partition)
    if (sequence < before.settled || this.#isOver()) return Promise.resolve({ status: 'lost' })
    const lane = acknowledge(before, sequence)
    this.#lanes.set(partition, lane)
    if (lane.open.some((batch) => batch.sequence <= sequence)) return Promise.resolve({ status: 'held' })
    if (this.#isDeferred(partition, countEvents)) return Promise.resolve({ status: 'deferred' })
    return this.#settlement(partition, sequence)
  }

  #settlement(partition: string, sequence: number): Promise<CommitResult> {
    const settled = new Promise<CommitResult>((resolve, reject) => {
      const settle = (result: CommitResult | NakadiError) =>
        result instanceof Error ? reject(result) : resolve(result)
      this.#waiters.push({ partition, sequence, settle })
    })
    this.#start()
    return settled
  }

  /** Whether the schedule wants to wait. Then a timer is set that commits when it does not any more. */
  #isDeferred(partition: string, countEvents: () => number): boolean {
    const { schedule } = this.#target
    if (schedule.maxBatches === 1 || this.#isEnded) return false
    const at = this.#client.clock.now()
    const events = schedule.maxEvents === Number.POSITIVE_INFINITY ? 0 : countEvents()
    this.#pending = addPending(this.#pending, { at, events, deadline: this.#deadlineOf(partition) })
    const dueAt = commitDueAt(schedule, this.#pending)
    if (dueAt <= at) return false
    this.#cancelTimer()
    this.#cancelTimer = this.#client.clock.after(dueAt - at, () => this.#start())
    return true
  }

  async flush(): Promise<void> {
    // Only at its end does a run give back what nobody confirmed, after it has told whoever waited.
    await this.#lastRun
    if (this.#isOver()) return
    this.#start()
    await this.#lastRun
  }

  end(): void {
    this.#isEnded = true
    this.#start()
  }

  replace(): void {
    this.#cancelTimer()
    this.#replaced.abort(new Error('the stream has been replaced by another one'))
  }

  #isOver(): boolean {
    return this.#replaced.signal.aborted || this.#target.signal.aborted
  }

  #start(): void {
    if (!this.#running) this.#lastRun = this.#run()
  }

  /** Commits until nothing is ready. What nobody confirmed is given back at the end, not tried for ever. */
  async #run(): Promise<void> {
    this.#running = true
    const unconfirmed: Committing[] = []
    for (let ready = this.#takeReady(); ready.length > 0; ready = this.#takeReady()) {
      unconfirmed.push(...(await this.#send(ready)))
    }
    for (const { partition, batch } of unconfirmed) {
      this.#lanes.set(partition, giveBack(this.#lane(partition), batch))
    }
    this.#running = false
  }

  #takeReady(): readonly Committing[] {
    this.#cancelTimer()
    this.#pending = undefined
    const ready: Committing[] = []
    for (const [partition, lane] of this.#lanes) {
      if (lane.ready === undefined) continue
      ready.push({ partition, batch: lane.ready })
      this.#lanes.set(partition, takeReady(lane))
    }
    return ready
  }

  /** Sends one commit and settles whoever waits for it. Returns what nobody confirmed. */
  async #send(commits: readonly Committing[]): Promise<readonly Committing[]> {
    const sentAt = this.#client.clock.now()
    const answer = await sendCommit(this.#client, {
      ...this.#target,
      cursors: commits.map(({ batch }) => batch.cursor),
      deadline: Math.min(...commits.map(({ partition }) => this.#deadlineOf(partition))),
      replaced: this.#replaced.signal,
    })
    if (answer instanceof Error) return this.#refuse(commits, answer)
    const verdict = judgeCommit(commits.length, answer)
    if (verdict.kind === 'split') return this.#sendEach(commits)
    for (const [index, commit] of commits.entries()) {
      const status = verdict.fates[index] ?? 'lost'
      const lane = this.#lane(commit.partition)
      // The broker's clock of the partition began anew at the earliest when the commit was sent.
      this.#lanes.set(
        commit.partition,
        status === 'lost' ? abandon(lane) : settle(lane, commit.batch.sequence, sentAt),
      )
      if (status !== 'lost') this.#confirmedAt = this.#client.clock.now()
      this.#settle(commit, { status })
    }
    return []
  }

  #refuse(commits: readonly Committing[], error: NakadiError): readonly Committing[] {
    const waiters = this.#waiters.length
    const result: CommitResult | NakadiError = error.retryable ? { status: 'unconfirmed', error } : error
    for (const commit of commits) this.#settle(commit, result)
    if (error.retryable) return commits
    if (waiters === this.#waiters.length) this.#target.onRefused(error)
    return []
  }

  async #sendEach(commits: readonly Committing[]): Promise<readonly Committing[]> {
    const unconfirmed: Committing[] = []
    for (const commit of commits) unconfirmed.push(...(await this.#send([commit])))
    return unconfirmed
  }

  /** A commit settles every batch of its partition up to its own; a lost partition, all of them. */
  #settle({ partition, batch }: Committing, result: CommitResult | NakadiError): void {
    const last = !(result instanceof Error) && result.status === 'lost' ? Infinity : batch.sequence
    const others: Waiter[] = []
    for (const waiter of this.#waiters) {
      if (waiter.partition === partition && waiter.sequence <= last) waiter.settle(result)
      else others.push(waiter)
    }
    this.#waiters = others
  }
}
