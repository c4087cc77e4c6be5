import type { NakadiError } from '../error.ts'
import type { ConnectionState } from './connection.ts'

/** What a consumer tells a health probe. Times are milliseconds since the epoch. */
export interface ConsumerHealth {
  /**
   * Whether the consumer can do its work without a restart. It can while the broker is away: it backs off and comes
   * back. It cannot after it has ended with an error, or when a handler does not return. For liveness probes.
   */
  readonly alive: boolean
  /** Whether a stream is open. One that waits for a free partition in reserve has none, and is in order. */
  readonly connected: boolean
  /** `idle` before the loop or the run begins; otherwise as `connection.kind` says. */
  readonly state: 'idle' | ConnectionState['kind']
  /** Since when the state lasts. */
  readonly since: number
  /** When the broker last confirmed a commit, or sent a keep-alive batch while nothing was left to commit. */
  readonly lastProgressAt: number | undefined
  /** Milliseconds for which the oldest batch has been in the hands of the loop or of a handler; 0 when none is. */
  readonly inHandMs: number
  /** Milliseconds for which something that was delivered has waited for its commit. */
  readonly commitAgeMs: number
  /** Known once the consumer has started. */
  readonly subscriptionId: string | undefined
  /** What is the matter, for people. */
  readonly message: string
}

/** When a consumer counts as stuck. */
export interface HealthOptions {
  /**
   * Milliseconds after which a batch in the hands of the loop or of a handler means that it will never come back.
   *
   * @default 300000
   */
  readonly stuckAfterMs?: number
}

/** What health is judged by. */
export interface HealthFacts extends Omit<ConsumerHealth, 'alive' | 'connected' | 'state' | 'message'> {
  /** Undefined before the start. */
  readonly connection: ConnectionState | undefined
  /** Why the consumer has ended, or is about to: its connection may be in order. */
  readonly failure: NakadiError | undefined
}

const defaultStuckAfterMs = 300_000

/** Judges the health of a consumer. To be without a connection is no illness: a restart would not help. */
export function judgeHealth(
  { connection, failure, ...facts }: HealthFacts,
  { stuckAfterMs = defaultStuckAfterMs }: HealthOptions = {},
): ConsumerHealth {
  const stuck = facts.inHandMs > stuckAfterMs
  return {
    alive: failure === undefined && !stuck,
    connected: connection?.kind === 'streaming',
    state: connection?.kind ?? 'idle',
    ...facts,
    message: illness(failure, stuck ? facts.inHandMs : undefined) ?? describe(connection),
  }
}

function illness(failure: NakadiError | undefined, stuckForMs: number | undefined): string | undefined {
  if (failure !== undefined) return `the consumer has failed: ${failure.message}`
  return stuckForMs === undefined
    ? undefined
    : `a batch has been processed for ${stuckForMs} ms, longer than stuckAfterMs allows`
}

function describe(connection: ConnectionState | undefined): string {
  switch (connection?.kind) {
    case undefined:
      return 'the consumer has not been started'
    case 'connecting':
      return 'a stream is being opened'
    case 'streaming':
      return connection.paused ? 'a stream is open; reading waits for the handlers' : 'a stream is open'
    case 'backingOff':
      return `no stream is open: ${connection.cause.message}`
    case 'closed':
      return `the consumer has been ${connection.reason}`
  }
}
