import type { Clock } from '../clock.ts'

/** A stream as a value: a pure machine with the state that it begins in. */
export interface Machine<State, Input, Effect> {
  readonly initial: State
  /** What becomes of the stream through one input, and what is to be done about it. */
  step(state: State, input: Input | Wake, at: number): readonly [state: State, effects: readonly Effect[]]
  /** When the stream needs to be woken at the latest; undefined when it need not be. */
  wakesAt(state: State): number | undefined
}

/** The input that wakes a stream. */
export interface Wake {
  readonly type: 'timer'
}

/**
 * Drives the machine of one stream: gives it inputs one at a time, has its effects carried out in order,
 * and wakes it when it wants to be woken.
 *
 * @param perform carries out an effect; inputs that this brings about wait for their turn
 * @returns takes in one input
 */
export function createStepper<State, Input, Effect>(
  machine: Machine<State, Input, Effect>,
  clock: Clock,
  perform: (effect: Effect) => void,
): (input: Input | Wake) => void {
  const inputs: (Input | Wake)[] = []
  let state = machine.initial
  let isStepping = false
  let alarm: Alarm | undefined

  function take(input: Input | Wake): void {
    inputs.push(input)
    if (isStepping) return
    isStepping = true
    try {
      for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) {
        const [after, effects] = machine.step(state, next, clock.now())
        state = after
        for (const effect of effects) perform(effect)
      }
    } finally {
      // An effect that fails must not keep out the inputs that end the stream.
      isStepping = false
    }
    rearm(machine.wakesAt(state))
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
