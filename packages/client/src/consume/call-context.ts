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
  const { clock, attempt, deadline, interruptions } = parts
  let controller: AbortController | undefined
  let cancelTimer: () => void = () => undefined
  const abort = () => controller?.abort(new Error('the result of the handler would be in vain'))
  /** The deadline moves on with every commit, so it is looked at again when it seems to have passed. */
  const watch = () => {
    const left = deadline() - clock.now()
    if (left <= 0) abort()
    else cancelTimer = clock.after(left, watch)
  }
  return {
    get attempt() {
      return attempt()
    },
    get deadline() {
      return deadline()
    },
    get signal() {
      if (controller !== undefined) return controller.signal
      controller = new AbortController()
      for (const interruption of interruptions) {
        if (interruption.aborted) abort()
        else interruption.addEventListener('abort', abort, { once: true })
      }
      watch()
      return controller.signal
    },
    release() {
      cancelTimer()
      for (const interruption of interruptions) interruption.removeEventListener('abort', abort)
    },
  }
}
