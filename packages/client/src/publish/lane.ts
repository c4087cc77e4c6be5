import type { Clock } from '../clock.ts'
import { type BatchPolicy, nextBatch, type WaitingEvent } from './batcher.ts'
import { createFifo } from './fifo.ts'

/** A queue of events and the one request that is in flight for it. */
export interface Lane<E extends WaitingEvent> {
  /** How many events wait in it. */
  readonly waiting: number
  readonly busy: boolean
  add(event: E): void
  /** Sends what is due, or sets the timer for it. */
  advance(hurried: boolean): void
}

/** What a lane runs on. */
export interface LaneRoute<E extends WaitingEvent> {
  readonly policy: BatchPolicy
  readonly clock: Clock
  /** Delivers a batch. Never rejects. */
  send(batch: readonly E[]): Promise<void>
  /** Tells that there may be room, and that the lane can be advanced. */
  onDelivered(): void
}

/** Makes an empty lane. It has a timer only while a batch lingers. */
export function createLane<E extends WaitingEvent>(route: LaneRoute<E>): Lane<E> {
  const { policy, clock } = route
  const waiting = createFifo<E>()
  let bytes = 0
  let busy = false
  let wake: { readonly at: number; readonly cancel: () => void } | undefined

  function advance(hurried: boolean): void {
    const step = nextBatch({ waiting, bytes, busy, hurried }, policy, clock.now())
    // Every event that is added comes here, so a timer that is right is left alone.
    if (step.kind === 'wakeAt' && step.at === wake?.at) return
    wake?.cancel()
    wake = undefined
    if (step.kind === 'wakeAt') wake = { at: step.at, cancel: clock.after(step.at - clock.now(), wakeUp) }
    if (step.kind === 'send') void send(waiting.take(step.count))
  }

  function wakeUp(): void {
    wake = undefined
    advance(false)
  }

  async function send(batch: readonly E[]): Promise<void> {
    for (const event of batch) bytes -= event.bytes
    busy = true
    await route.send(batch)
    busy = false
    route.onDelivered()
  }

  return {
    get waiting() {
      return waiting.length
    },
    get busy() {
      return busy
    },
    add(event) {
      waiting.push(event)
      bytes += event.bytes
    },
    advance,
  }
}
