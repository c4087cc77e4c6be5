import type { Clock } from '../clock.ts'

/** A signal that aborts when time is up or when the caller wants it, and remembers which came first. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Why the signal aborted, undefined while it has not. */
  ended(): 'expired' | 'aborted' | undefined
  /** Takes the time limit away; the caller's signal still counts. */
  stopClock(): void
  /** Lets go of the timer and of the caller's signal. */
  release(): void
  /** Aborts the signal, so that the transport gives up an answer that nobody wants to read. */
  abandon(): void
}

/** Starts a time limit of `ms` milliseconds beside the caller's own signal. */
export function startDeadline(clock: Clock, ms: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController()
  let ended: 'expired' | 'aborted' | undefined
  const end = (why: 'expired' | 'aborted', reason: unknown) => {
    ended ??= why
    controller.abort(reason)
  }
  const stopClock = clock.after(ms, () => end('expired', new Error(`no answer within ${ms} ms`)))
  const abort = () => end('aborted', outer?.reason)
  if (outer?.aborted === true) abort()
  else outer?.addEventListener('abort', abort, { once: true })
  const release = () => {
    stopClock()
    outer?.removeEventListener('abort', abort)
  }
  return {
    signal: controller.signal,
    ended: () => ended,
    stopClock,
    release,
    abandon() {
      release()
      controller.abort(new Error('nobody wants the answer'))
    },
  }
}

/** Settles as `promise` does, or rejects when `signal` aborts before. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
