// The life of one subscription stream, seen from the broker.
//
// Rule 1: every transition between phases lives in this file.
// Rule 2: this file does no I/O. It reads no clock and sees no HTTP type.
//
// `starting` asks for a slot. `streaming` sends batches. `closing` sends nothing more, but stays
// registered as long as commits of sent events may still arrive. `cleanup` gives the session back, and
// `dead` has ended the connection. Data that exists only in one phase is in `stream.ts`.

/** Which input leads from a phase to which phase. A missing cell is an illegal move. */
export const TRANSITIONS = {
  starting: { registered: 'streaming', refused: 'cleanup', shutdown: 'cleanup' },
  streaming: {
    streamTimeout: 'closing',
    commitTimeout: 'closing',
    streamLimit: 'closing',
    keepAliveLimit: 'closing',
    partitionOverdue: 'closing',
    noPartitions: 'closing',
    cursorsReset: 'closing',
    blocked: 'closing',
    brokerClosing: 'closing',
    clientGone: 'closing',
    revoked: 'cleanup',
    shutdown: 'cleanup',
    sessionLost: 'cleanup',
  },
  closing: {
    allCommitted: 'cleanup',
    commitTimeout: 'cleanup',
    revoked: 'cleanup',
    shutdown: 'cleanup',
    sessionLost: 'cleanup',
  },
  cleanup: { released: 'dead' },
  dead: {},
} as const satisfies Record<string, Partial<Record<SessionInput, string>>>

export type SessionPhase = keyof typeof TRANSITIONS

/** What can happen to a stream. Reasons to stop are named after section "Closing" of the manual. */
export type SessionInput =
  | 'registered'
  | 'refused'
  | 'streamTimeout'
  | 'commitTimeout'
  | 'streamLimit'
  | 'keepAliveLimit'
  /** A partition that another session waits for was not committed in time. */
  | 'partitionOverdue'
  | 'noPartitions'
  | 'cursorsReset'
  | 'blocked'
  /** The broker stops, and gives its streams time for the last commits. */
  | 'brokerClosing'
  | 'clientGone'
  | 'revoked'
  /** The subscription, or the session in it, no longer exists. */
  | 'sessionLost'
  | 'allCommitted'
  | 'released'
  | 'shutdown'

/** Returns the phase after `input`, or undefined when that move is illegal in `phase`. */
export function next(phase: SessionPhase, input: SessionInput): SessionPhase | undefined {
  const row: Partial<Record<SessionInput, SessionPhase>> = TRANSITIONS[phase]
  return row[input]
}
