import type { Clock, ConnectionState } from '@rioni/client'
import { explainError } from './explain-error.ts'

/** What is watched, and how. */
export interface Watch {
  /** The state of the connection right now. */
  readonly connection: () => ConnectionState
  readonly clock: Clock
  /** Receives a sentence for people whenever there is something new to tell. */
  readonly onChange: (sentence: string) => void
}

/** How often to look. A connection that comes back sooner is nobody's concern. */
const INTERVAL_MS = 1000

/**
 * Tells when a consumer has to wait, why, and when it goes on: otherwise it would look like a quiet event type.
 *
 * @returns the function that ends the watch.
 */
export function watchConnection({ connection, clock, onChange }: Watch): () => void {
  let told: string | undefined
  let cancel = (): void => {}

  function look(): void {
    const state = connection()
    if (state.kind === 'backingOff') tell(state.cause)
    if (state.kind === 'streaming' && told !== undefined) {
      onChange('connected again')
      told = undefined
    }
    cancel = clock.after(INTERVAL_MS, look)
  }

  /** Once per kind of cause: the same trouble is tried again and again, with another flow id in its message. */
  function tell(cause: Cause): void {
    const kind = 'code' in cause ? cause.code : cause.kind
    if (kind === told) return
    const { message } = cause instanceof Error ? explainError(cause) : cause
    onChange(`waiting to connect again: ${message}`)
    told = kind
  }

  look()
  return () => cancel()
}

type Cause = Extract<ConnectionState, { readonly kind: 'backingOff' }>['cause']
