// runner.ts - the shell around the lanes: it takes batches from the engine, runs the handler on them, does
// what the failure policy decides, and commits what is done.

import { pause } from '../clock.ts'
import type { Client } from '../create-client.ts'
import { asNakadiError, NakadiError } from '../error.ts'
import type { CommitResult } from './batch.ts'
import { type CallContext, createCallContext } from './call-context.ts'
import type { ConsumerEngine, Delivery, Taker } from './engine.ts'
import {
  type FailedAttempts,
  noFailedAttempts,
  noteFailedAttempt,
  settlePosition,
} from './failed-attempts.ts'
import { decideFailure, type FailureDecision } from './failure-policy.ts'
import type { HandlerContext, HandlerFailure } from './handler.ts'
import { type LanesInput, queuedWork, runningWork, startLanes, stepLanes } from './lanes.ts'
import type { NormalizedRunOptions } from './run-options.ts'
import { isThenable } from './thenable.ts'
import {
  type BatchWork,
  batchOfUnit,
  commitUnit,
  divideBatch,
  eventsOfUnit,
  positionOf,
  readable,
  type WorkUnit,
} from './work-unit.ts'

/** What is run. */
export interface RunPlan {
  /** Whether the handler gets batches, or the events one after another. */
  readonly each: 'batch' | 'event'
  /** The handler for an event type. */
  readonly handlerOf: (eventType: string) => (item: unknown, context: HandlerContext) => unknown
  readonly options: NormalizedRunOptions
  /** Whether what is done is committed without the handler. */
  readonly commits: boolean
  /** Bytes of batches that may be in hand. */
  readonly maxBytes: number
}

/** How a unit ended: done, standing in the way of its lane, or of no use because it comes again. */
type UnitEnd = 'done' | 'halted' | 'gone'

/** Runs a handler on everything that an engine delivers, until it ends or the handler has failed for good. */
export class Runner<Events extends object> implements Taker {
  readonly #client: Client
  readonly #engine: ConsumerEngine<Events>
  readonly #plan: RunPlan
  /** When the units that run were begun, the oldest first. */
  readonly #begun = new Map<number, number>()
  readonly #waiting = new Map<number, WorkUnit<Events>>()
  readonly #abandoned = new AbortController()
  #lanes: ReturnType<typeof startLanes>
  #attempts: FailedAttempts = noFailedAttempts
  #bytes = 0
  #nextId = 0
  #failure: NakadiError | undefined
  #wakers: (() => void)[] = []

  constructor(client: Client, engine: ConsumerEngine<Events>, plan: RunPlan) {
    this.#client = client
    this.#engine = engine
    this.#plan = plan
    this.#lanes = startLanes(plan.options.concurrency)
  }

  get busySince(): number | undefined {
    for (const at of this.#begun.values()) return at
    return undefined
  }

  /** @throws NakadiError `handler-failed`, or what ended the engine. */
  async run(): Promise<void> {
    this.#engine.serve(this)
    try {
      while (true) {
        const next = await this.#engine.take()
        if (next.done === true) break
        this.#accept(next.value)
        while (this.#bytes >= this.#plan.maxBytes && this.#failure === undefined) await this.#change()
      }
    } finally {
      await this.#engine.close()
      this.#abandoned.abort(new Error('closing has taken too long'))
    }
    if (this.#failure !== undefined) throw this.#failure
  }

  /** What has begun goes on; what has not is dropped, because the new stream delivers it again. */
  replaced(): void {
    for (const { work } of this.#waiting.values()) {
      work.isSound = false
      this.#leave(work)
    }
    this.#waiting.clear()
    this.#step({ kind: 'replaced' })
  }

  /** After a failure the other lanes finish what they have; otherwise only what has begun is finished. */
  async finished(): Promise<void> {
    if (this.#failure === undefined) this.#step({ kind: 'drain' })
    while (runningWork(this.#lanes) > 0 || queuedWork(this.#lanes) > 0) await this.#change()
  }

  #accept(delivery: Delivery<Events>): void {
    if (delivery.replaced.aborted) return
    const units = divideBatch(delivery, this.#plan.options.key, () => this.#nextId++)
    const [first] = units
    if (first === undefined) return
    this.#bytes += delivery.batch.raw.byteLength
    for (const unit of units) this.#waiting.set(unit.id, unit)
    this.#step({ kind: 'arrived', lane: first.lane, work: units })
  }

  #step(input: LanesInput): void {
    const [lanes, start] = stepLanes(this.#lanes, input)
    this.#lanes = lanes
    for (const id of start) {
      const unit = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (unit !== undefined) void this.#work(unit)
    }
    const wakers = this.#wakers
    this.#wakers = []
    for (const wake of wakers) wake()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wakers.push(resolve))
  }

  async #work(unit: WorkUnit<Events>): Promise<void> {
    this.#begun.set(unit.id, this.#client.clock.now())
    const end = await this.#process(unit).catch((error: unknown) => {
      this.#stop(asNakadiError(error))
      return 'halted' as const
    })
    this.#begun.delete(unit.id)
    const { work } = unit
    if (end !== 'done') work.isSound = false
    if (this.#leave(work) && work.isSound && this.#plan.commits)
      this.#noteCommit(work.delivery.batch.commit())
    this.#step({ kind: end === 'halted' ? 'halted' : 'finished', lane: unit.lane, id: unit.id })
  }

  /** Notes that a unit of a batch is over. Returns whether it was the last one. */
  #leave(work: BatchWork<Events>): boolean {
    work.unitsLeft -= 1
    if (work.unitsLeft > 0) return false
    this.#bytes -= work.delivery.batch.raw.byteLength
    return true
  }

  /** Nobody waits for a commit; one that is refused for good ends the run. */
  #noteCommit(commit: Promise<CommitResult>): void {
    commit.catch((error: unknown) => this.#stop(asNakadiError(error)))
  }

  /** Calls the handler until it succeeds or the policy wants no more of it. */
  async #process(unit: WorkUnit<Events>): Promise<UnitEnd> {
    const { place, replaced } = unit.work.delivery
    while (true) {
      if (place.isLost()) return 'gone'
      const context = this.#contextOf(unit)
      try {
        await this.#call(unit, context)
        return 'done'
      } catch (error) {
        const end = await this.#afterFailure(unit, error)
        if (end !== undefined) return replaced.aborted ? 'gone' : end
      } finally {
        context.release()
      }
    }
  }

  #contextOf(unit: WorkUnit<Events>): CallContext {
    const { place, replaced } = unit.work.delivery
    return createCallContext({
      clock: this.#client.clock,
      attempt: () => (this.#attempts.size === 0 ? 1 : (this.#attempts.get(this.#position(unit)) ?? 0) + 1),
      deadline: place.deadline,
      interruptions: [replaced, this.#abandoned.signal],
    })
  }

  #position(unit: WorkUnit<Events>): string {
    return positionOf(unit, this.#plan.each === 'event' ? unit.processed : 0)
  }

  async #call(unit: WorkUnit<Events>, context: HandlerContext): Promise<void> {
    if (unit.keyFailure !== undefined) throw unit.keyFailure.error
    const { eventType, partition, cursor } = unit.work.delivery.batch
    const handle = this.#plan.handlerOf(eventType)
    if (this.#plan.each === 'batch') {
      await handle(batchOfUnit(unit), context)
      this.#settle(unit)
      return
    }
    const events = eventsOfUnit(unit)
    while (unit.processed < events.length) {
      const result = handle({ eventType, event: events[unit.processed], partition, cursor }, context)
      if (isThenable(result)) await result
      this.#settle(unit)
      unit.processed += 1
    }
  }

  #settle(unit: WorkUnit<Events>): void {
    if (this.#attempts.size > 0) this.#attempts = settlePosition(this.#attempts, this.#position(unit))
  }

  /** Does what the policy decides. Returns how the unit ended, or undefined when it goes on. */
  async #afterFailure(unit: WorkUnit<Events>, error: unknown): Promise<UnitEnd | undefined> {
    const { clock, random } = this.#client
    const { options } = this.#plan
    const position = this.#position(unit)
    this.#attempts = noteFailedAttempt(this.#attempts, position)
    const failure = this.#failureOf(unit, error, this.#attempts.get(position) ?? 1)
    const call = {
      attempt: failure.attempts,
      at: clock.now(),
      deadline: unit.work.delivery.place.deadline(),
    }
    const decision = decideFailure(call, options.policy, random)
    if (!this.#tell(failure, decision)) return 'halted'
    switch (decision.kind) {
      case 'retry':
        return this.#wait(unit, decision)
      case 'redeliver':
        return 'halted'
      case 'stop':
        this.#stop(handlerFailed(failure))
        return 'halted'
      case 'skip':
        return this.#pass(unit)
      case 'dead-letter':
        return (await this.#bury(unit, failure)) ? this.#pass(unit) : 'halted'
    }
  }

  /** Returns whether to go on: what cannot be told must not be passed over. */
  #tell(failure: HandlerFailure, decision: FailureDecision): boolean {
    try {
      this.#plan.options.onHandlerError(failure, decision)
      return true
    } catch (error) {
      this.#stop(handlerFailed({ ...failure, error }, 'onHandlerError failed'))
      return false
    }
  }

  #failureOf(unit: WorkUnit<Events>, error: unknown, attempts: number): HandlerFailure {
    const { eventType, partition, cursor } = unit.work.delivery.batch
    const all = readable(unit)
    const events = this.#plan.each === 'event' ? all.slice(unit.processed, unit.processed + 1) : all
    return { eventType, partition, cursor, events, attempts, error }
  }

  async #wait(
    unit: WorkUnit<Events>,
    { delayMs }: FailureDecision & { readonly kind: 'retry' },
  ): Promise<UnitEnd | undefined> {
    const { replaced } = unit.work.delivery
    const interrupted = AbortSignal.any([replaced, this.#abandoned.signal])
    await pause(this.#client.clock, delayMs, interrupted)
    return interrupted.aborted ? 'gone' : undefined
  }

  /** Passes over what failed. Events that cannot even be read go together. */
  #pass(unit: WorkUnit<Events>): UnitEnd | undefined {
    this.#settle(unit)
    unit.processed += 1
    if (this.#plan.each === 'event' && unit.processed < readable(unit).length) return undefined
    // Where the handler commits, nobody else would report what the policy has passed over.
    if (!this.#plan.commits) this.#noteCommit(commitUnit(unit))
    return 'done'
  }

  /** Hands events to the dead letters, patiently. When that fails, nothing may be passed over. */
  async #bury(unit: WorkUnit<Events>, failure: HandlerFailure): Promise<boolean> {
    const { options } = this.#plan
    for (let attempt = 1; ; attempt++) {
      try {
        await options.deadLetter(failure)
        return true
      } catch (error) {
        const call = { attempt, at: this.#client.clock.now(), deadline: Number.POSITIVE_INFINITY }
        const policy = { ...options.policy, onFailure: 'stop' } as const
        const decision = decideFailure(call, policy, this.#client.random)
        if (decision.kind !== 'retry') {
          this.#stop(handlerFailed({ ...failure, error }, 'the dead letters did not take them'))
          return false
        }
        if ((await this.#wait(unit, decision)) !== undefined) return false
      }
    }
  }

  #stop(error: NakadiError): void {
    this.#failure ??= error
    this.#engine.noteFailure(this.#failure)
    void this.#engine.close()
  }
}

function handlerFailed(failure: HandlerFailure, what = 'the handler failed'): NakadiError {
  const { eventType, partition, cursor, attempts, error } = failure
  const reason = error instanceof Error ? error.message : String(error)
  return new NakadiError({
    code: 'handler-failed',
    outcome: 'not-sent',
    attempts,
    message: `${what} on events of ${eventType} up to offset ${cursor.offset} of partition ${partition}: ${reason}. They are not committed and will be delivered again; mend the handler, or choose onFailure 'skip' or 'dead-letter'.`,
    cause: error,
  })
}
