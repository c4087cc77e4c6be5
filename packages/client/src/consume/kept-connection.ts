// kept-connection.ts - the shell around the connection: it opens streams, runs the timer and does what the
// connection decides.

import type { Client } from '../create-client.ts'
import { asNakadiError } from '../error.ts'
import type { CloseReason } from './close-reason.ts'
import {
  type ConnectionEffect,
  type ConnectionInput,
  type ConnectionPolicy,
  type ConnectionState,
  type ConnectionStep,
  startConnection,
  stepConnection,
} from './connection.ts'

/** What is kept connected. */
export interface ConnectionPlan {
  readonly policy: ConnectionPolicy
  /**
   * Opens a stream, reports `opened`, and reads it to its end, of which it tells the reason. It rejects when
   * no stream was opened.
   */
  readonly stream: (signal: AbortSignal, report: (input: ConnectionInput) => void) => Promise<CloseReason>
  /** Hears of every new state. */
  readonly onState: (state: ConnectionState) => void
}

/** A connection that is opened again until it is stopped or makes no sense any more. */
export interface KeptConnection {
  readonly state: ConnectionState
  start(): void
  /** Opens no further stream; the present one goes on. */
  hold(): void
  /** Ends the stream. Resolves when nothing of it is left. */
  stop(): Promise<void>
}

/** Makes a connection that has not been started. */
export function createKeptConnection(client: Client, plan: ConnectionPlan): KeptConnection {
  return new RestartingConnection(client, plan)
}

class RestartingConnection implements KeptConnection {
  readonly #client: Client
  readonly #plan: ConnectionPlan
  #state: ConnectionState
  #stream = new AbortController()
  #reading: Promise<void> = Promise.resolve()
  #cancelWake: () => void = () => undefined
  #isHeld = false

  constructor(client: Client, plan: ConnectionPlan) {
    this.#client = client
    this.#plan = plan
    this.#state = { kind: 'connecting', failures: 0, since: client.clock.now() }
  }

  get state(): ConnectionState {
    return this.#state
  }

  start(): void {
    this.#enter(startConnection(this.#client.clock.now()))
  }

  hold(): void {
    this.#isHeld = true
  }

  async stop(): Promise<void> {
    this.#input({ kind: 'stop' })
    await this.#reading
  }

  #input(input: ConnectionInput): void {
    const { policy } = this.#plan
    const before = this.#state
    const step = stepConnection(before, input, { policy, random: this.#client.random })
    if (step[0] !== before || step[1].length > 0) this.#enter(step)
  }

  #enter([state, effects]: ConnectionStep): void {
    const isNew = state.kind !== this.#state.kind
    this.#state = state
    for (const effect of effects) this.#perform(effect)
    if (state.kind === 'closed') this.#cancelWake()
    if (isNew) this.#plan.onState(state)
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.kind) {
      case 'connect':
        // Who closes waits for commits, and a stream may end meanwhile.
        if (!this.#isHeld) this.#reading = this.#connect()
        return
      case 'abortStream':
        this.#stream.abort(new Error('the consumer has left the stream'))
        return
      case 'wakeAt':
        this.#wakeAt(effect.at)
    }
  }

  #wakeAt(at: number): void {
    const { clock } = this.#client
    this.#cancelWake()
    this.#cancelWake = clock.after(Math.max(0, at - clock.now()), () =>
      this.#input({ kind: 'woken', at: clock.now() }),
    )
  }

  /** Reads one stream to its end. What it reports after it was left concerns nobody. */
  async #connect(): Promise<void> {
    const stream = new AbortController()
    this.#stream = stream
    const report = (input: ConnectionInput) => {
      if (!stream.signal.aborted) this.#input(input)
    }
    const { clock } = this.#client
    try {
      const reason = await this.#plan.stream(stream.signal, report)
      report({ kind: 'ended', at: clock.now(), reason })
    } catch (error) {
      report({ kind: 'refused', at: clock.now(), error: asNakadiError(error) })
    }
  }
}
