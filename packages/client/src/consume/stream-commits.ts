// stream-commits.ts - the shell around the committer: sends the commits of one stream, one request at
// a time. What becomes ready while a request is under way goes out together in the next.

import type { SubscriptionCursor } from '@rioni/protocol'
import type { Client } from '../create-client.ts'
import { asNakadiError, type NakadiError } from '../error.ts'
import type { CommitResult } from './batch.ts'
import {
  acknowledge,
  type CommitAnswer,
  emptyLane,
  giveBack,
  type HandedOut,
  handOut,
  judgeCommit,
  type Lane,
  takeReady,
} from './committer.ts'

/** The stream whose cursors are committed. */
export interface CommitTarget {
  readonly subscriptionId: string
  readonly streamId: string
}

/** The commits of one stream. A cursor can only be committed on the stream that delivered it. */
export interface StreamCommits {
  /** Notes that the batch up to this cursor is handed out; the returned function commits it. */
  handOut(cursor: SubscriptionCursor): () => Promise<CommitResult>
  /** Tries once more what nobody has confirmed, because no further commit would take it along. Never rejects. */
  retry(): Promise<void>
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
  #waiters: Waiter[] = []
  #running = false
  #lastRun: Promise<void> = Promise.resolve()

  constructor(client: Client, target: CommitTarget) {
    this.#client = client
    this.#target = target
  }

  handOut(cursor: SubscriptionCursor): () => Promise<CommitResult> {
    const partition = `${cursor.partition} ${cursor.event_type}`
    const lane = this.#lane(partition)
    this.#lanes.set(partition, handOut(lane, cursor))
    return () => this.#commit(partition, lane.nextSequence)
  }

  #lane(partition: string): Lane {
    return this.#lanes.get(partition) ?? emptyLane
  }

  async #commit(partition: string, sequence: number): Promise<CommitResult> {
    const lane = acknowledge(this.#lane(partition), sequence)
    this.#lanes.set(partition, lane)
    if (lane.open.some((batch) => batch.sequence <= sequence)) return { status: 'held' }
    const settled = new Promise<CommitResult>((resolve, reject) => {
      const settle = (result: CommitResult | NakadiError) =>
        result instanceof Error ? reject(result) : resolve(result)
      this.#waiters.push({ partition, sequence, settle })
    })
    this.#start()
    return settled
  }

  async retry(): Promise<void> {
    // Only at its end does a run give back what nobody confirmed, after it has told whoever waited.
    await this.#lastRun
    this.#start()
    await this.#lastRun
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
    const answer = await this.#ask(commits)
    if (answer instanceof Error) {
      const result: CommitResult | NakadiError = answer.retryable
        ? { status: 'unconfirmed', error: answer }
        : answer
      for (const commit of commits) this.#settle(commit, result)
      return answer.retryable ? commits : []
    }
    const verdict = judgeCommit(commits.length, answer)
    if (verdict.kind === 'split') return this.#sendEach(commits)
    for (const [index, commit] of commits.entries()) {
      this.#settle(commit, { status: verdict.fates[index] ?? 'lost' })
    }
    return []
  }

  async #sendEach(commits: readonly Committing[]): Promise<readonly Committing[]> {
    const unconfirmed: Committing[] = []
    for (const commit of commits) unconfirmed.push(...(await this.#send([commit])))
    return unconfirmed
  }

  async #ask(commits: readonly Committing[]): Promise<CommitAnswer | NakadiError> {
    const cursors = commits.map(({ batch }) => batch.cursor)
    try {
      return { kind: 'accepted', results: await this.#client.commitCursors({ ...this.#target, cursors }) }
    } catch (cause) {
      const error = asNakadiError(cause)
      return error.problem?.status === 422 ? { kind: 'refused' } : error
    }
  }

  /** A commit settles every batch of its partition up to its own. */
  #settle({ partition, batch }: Committing, result: CommitResult | NakadiError): void {
    const others: Waiter[] = []
    for (const waiter of this.#waiters) {
      if (waiter.partition === partition && waiter.sequence <= batch.sequence) waiter.settle(result)
      else others.push(waiter)
    }
    this.#waiters = others
  }
}
