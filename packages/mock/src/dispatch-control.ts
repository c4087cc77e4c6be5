/**
 * The controller that undici gives to the one who sent a request: pausing, resuming and aborting the answer.
 * A real dispatcher builds it over a socket; this one stands over an `AbortController` and a promise.
 */

import type { Dispatcher } from 'undici'

/** A dispatch controller together with what the answering side needs to obey it. */
export interface DispatchControl extends Dispatcher.DispatchController {
  /** Aborts when the sender aborts the request, with the sender's reason. */
  readonly signal: AbortSignal
  /** Resolves when data may flow: at once unless the sender has paused, else when it resumes or aborts. */
  flowing(): Promise<void>
}

/** Creates the control of one request. */
export function createDispatchControl(): DispatchControl {
  const controller = new AbortController()
  const { signal } = controller
  let paused: { readonly until: Promise<void>; readonly release: () => void } | undefined

  const resume = () => {
    paused?.release()
    paused = undefined
  }

  return {
    signal,
    get aborted() {
      return signal.aborted
    },
    get reason() {
      return signal.aborted ? errorOf(signal.reason) : null
    },
    get paused() {
      return paused !== undefined
    },
    pause() {
      paused ??= pausedUntilReleased()
    },
    resume,
    abort(reason) {
      controller.abort(reason)
      resume()
    },
    flowing: () => paused?.until ?? Promise.resolve(),
  }
}

/** What was thrown, as the `Error` that undici's interfaces promise. */
export function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

function pausedUntilReleased() {
  let release = () => {}
  const until = new Promise<void>((resolve) => {
    release = resolve
  })
  return { until, release }
}
