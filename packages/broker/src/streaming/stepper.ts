import type { Clock } from '../clock.ts'
import { step, wakesAt } from '../core/stream.ts'
import type { StreamEffect, StreamInput, StreamState } from '../core/stream-state.ts'

/**
 * Drives the machine of one stream: gives it inputs one at a time, has its effects carried out in order,
 * and wakes it when it wants to be woken.
 *
 * @param perform carries out an effect; inputs that this brings about wait for their turn
 * @returns takes in one input
 */
export function createStepper(
  initial: StreamState,
  clock: Clock,
  perform: (effect: StreamEffect) => void,
): (input: StreamInput) => void {
  const inputs: StreamInput[] = []
  let state = initial
  let isStepping = false
  let alarm: Alarm | undefined

  function take(input: StreamInput): void {
    inputs.push(input)
    if (isStepping) return
    isStepping = true
    try {
      for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) {
        const [after, effects] = step(state, next, clock.now())
        state = after
        for (const effect of effects) perform(effect)
      }
    } finally {
      // An effect that fails must not keep out the inputs that end the stream.
      isStepping = false
    }
    rearm(wakesAt(state))
  }

  /**
   * An alarm that is set for earlier stays: it wakes the machine for nothing, which costs less than
   * setting a timer for every batch.
   */
  function rearm(at: number | undefined): void {
    if (at !== undefined && alarm !== undefined && alarm.at <= at) return
    alarm?.cancel()
    alarm = at === undefined ? undefined : { at, cancel: clock.after(at - clock.now(), ring) }
  }

  function ring(): void {
    alarm = undefined
    take({ type: 'timer' })
  }

  return take
}

interface Alarm {
  readonly at: number
  readonly cancel: () => void
}
