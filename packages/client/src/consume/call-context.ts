import type { Clock } from '../clock.ts'
import type { HandlerContext } from './handler.ts'

/** What the context of a call is made from. */
export interface CallContextParts {
  readonly clock: Clock
  readonly attempt: () => number
  readonly deadline: () => number
  /** Each of them aborts the signal of the context. */
  readonly interruptions: readonly AbortSignal[]
}

/** A context that somebody has to let go of. */
export interface CallContext extends HandlerContext {
  release(): void
}

/**
 * Makes the context of one call. A handler that never looks at the signal costs no timer and no listener.
 */
export function createCallContext(parts: CallContextParts): CallContext {
  return new LazyContext(parts)
}

/** Reckons what the handler asks for. It is a class for the reason that `createBatch` has one. */
class LazyContext implements CallContext {
  readonly #parts: CallContextParts
  #controller: AbortController | undefined
  #cancelTimer: () => void = () => undefined

  constructor(parts: CallContextParts) {
    this.#parts = parts
  }

  get attempt(): number {
    return this.#parts.attempt()
  }

  get deadline(): number {
    return this.#parts.deadline()
  }

  get signal(): AbortSignal {
    if (this.#controller !== undefined) return this.#controller.signal
    this.#controller = new AbortController()
    for (const interruption of this.#parts.interruptions) {
      if (interruption.aborted) this.#abort()
      else interruption.addEventListener('abort', this.#abort, { once: true })
    }
    this.#watch()
    return this.#controller.signal
  }

  release(): void {
    this.#cancelTimer()
    if (this.#controller === undefined) return
    for (const interruption of this.#parts.interruptions) {
      interruption.removeEventListener('abort', this.#abort)
    }
  }

  readonly #abort = () => this.#controller?.abort(new Error('the result of the handler would be in vain'))

  /** The deadline moves on with every commit, so it is looked at again when it seems to have passed. */
  #watch(): void {
    const { clock, deadline } = this.#parts
    const left = deadline() - clock.now()
    if (left <= 0) this.#abort()
    else this.#cancelTimer = clock.after(left, () => this.#watch())
  }
}
