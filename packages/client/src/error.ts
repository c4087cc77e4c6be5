import type { Problem } from '@rioni/protocol'

/**
 * What went wrong, as a closed set.
 *
 * - `invalid-argument`: an option or argument cannot work; nothing was sent.
 * - `closed`: the producer or consumer has been closed.
 * - `aborted`: the caller's signal ended the call.
 * - `handler-failed`: your own handler failed too often, and its policy is to stop.
 * - `token`: the token function failed or returned something that cannot be a token.
 * - `unreachable`: no connection to the broker came about (DNS, refused, TLS).
 * - `connection-lost`: the connection broke before the answer was complete.
 * - `timeout`: no complete answer within the time allowed.
 * - `unauthorized`: 401, also after asking for the token once more.
 * - `forbidden`: 403.
 * - `not-found`: 404 or 410.
 * - `conflict`: 409.
 * - `no-free-slots`: 409 to a stream: every partition is already being streamed by others.
 * - `invalid-cursor`: 412: the position cannot be read any more.
 * - `rate-limited`: 429.
 * - `validation`: any other refusal of the request itself (400, 413, 422 ...).
 * - `unavailable`: 502, 503 or 504.
 * - `server-error`: any other 5xx.
 * - `protocol`: something answered that does not speak the Nakadi API.
 */
export type NakadiErrorCode =
  | 'invalid-argument'
  | 'closed'
  | 'aborted'
  | 'handler-failed'
  | 'token'
  | 'unreachable'
  | 'connection-lost'
  | 'timeout'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'no-free-slots'
  | 'invalid-cursor'
  | 'rate-limited'
  | 'validation'
  | 'unavailable'
  | 'server-error'
  | 'protocol'

/**
 * What the broker did with the request: it never saw it, it refused it without effect, or nobody
 * knows. `unknown` means that the request may have been carried out.
 */
export type RequestOutcome = 'not-sent' | 'rejected' | 'unknown'

/** Everything that makes a {@link NakadiError}. */
export interface NakadiErrorInit {
  readonly code: NakadiErrorCode
  /** What was tried, what happened, and what to do about it, in sentences. */
  readonly message: string
  readonly outcome: RequestOutcome
  /** Whether the same request may succeed later. @default false */
  readonly retryable?: boolean
  readonly problem?: Problem | undefined
  readonly flowId?: string | undefined
  /** @default 1 */
  readonly attempts?: number
  /** What the attempts before the last one failed with. @default [] */
  readonly earlier?: readonly EarlierFailure[]
  /** How long the broker asked to wait (`Retry-After`), in milliseconds. */
  readonly retryAfterMs?: number | undefined
  readonly cause?: unknown
}

/** An attempt that failed and was followed by another. */
export interface EarlierFailure {
  readonly code: NakadiErrorCode
  readonly outcome: RequestOutcome
  readonly message: string
}

/** The only error this SDK throws. It never contains a token. */
export class NakadiError extends Error {
  override readonly name = 'NakadiError'
  readonly code: NakadiErrorCode
  readonly outcome: RequestOutcome
  /** Whether the same request may succeed later without a change. The SDK has given up on it by now. */
  readonly retryable: boolean
  /** The broker's own explanation, when it gave one. */
  readonly problem: Problem | undefined
  /** `X-Flow-Id` of the request: what to search for in the broker's logs. */
  readonly flowId: string | undefined
  /** How often the request was sent or tried. */
  readonly attempts: number
  /** What the attempts before the last one failed with, in their order. */
  readonly earlier: readonly EarlierFailure[]
  /** How long the broker asked to wait (`Retry-After`), in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(init: NakadiErrorInit) {
    super(
      `[${init.code}] ${init.message}${trace(init)}`,
      init.cause === undefined ? {} : { cause: init.cause },
    )
    this.code = init.code
    this.outcome = init.outcome
    this.retryable = init.retryable ?? false
    this.problem = init.problem
    this.flowId = init.flowId
    this.attempts = init.attempts ?? 1
    this.earlier = init.earlier ?? []
    this.retryAfterMs = init.retryAfterMs
  }

  /** Everything that a log needs, without stacks, and without what foreign causes carry with them. */
  toJSON(): NakadiErrorJson {
    const { name, code, message, outcome, retryable, problem, flowId, attempts, earlier, retryAfterMs } = this
    const cause = this.cause === undefined ? undefined : briefly(this.cause)
    return {
      name,
      code,
      message,
      outcome,
      retryable,
      problem,
      flowId,
      attempts,
      ...(earlier.length > 0 && { earlier }),
      retryAfterMs,
      cause,
    }
  }
}

/** A {@link NakadiError} as JSON. */
export interface NakadiErrorJson
  extends Pick<
    NakadiError,
    'code' | 'message' | 'name' | 'outcome' | 'retryable' | 'problem' | 'flowId' | 'attempts' | 'retryAfterMs'
  > {
  /** Left out when the first attempt was the last. */
  readonly earlier?: readonly EarlierFailure[]
  readonly cause: { readonly name: string; readonly message: string; readonly code?: string } | undefined
}

/** The little of a foreign error that can be shown. */
export function briefly(cause: unknown): NonNullable<NakadiErrorJson['cause']> {
  if (!(cause instanceof Error)) return { name: typeof cause, message: String(cause) }
  const { name, message } = cause
  return 'code' in cause && typeof cause.code === 'string'
    ? { name, message, code: cause.code }
    : { name, message }
}

/** What an error was made of, so that it can be made again by somebody who knows more, such as its attempts. */
export function partsOfError(error: NakadiError): NakadiErrorInit {
  const { code, message, outcome, retryable, problem, retryAfterMs, cause } = error
  return {
    code,
    message: message.replace(`[${code}] `, ''),
    outcome,
    retryable,
    problem,
    retryAfterMs,
    cause,
  }
}

/** An argument that cannot work. `message` names it and says what would. */
export function invalidArgument(message: string, cause?: unknown): NakadiError {
  return new NakadiError({ code: 'invalid-argument', message, outcome: 'not-sent', cause })
}

/** Any error as a NakadiError. A foreign one tells nothing about what the broker did. */
export function asNakadiError(error: unknown): NakadiError {
  if (error instanceof NakadiError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new NakadiError({
    code: 'connection-lost',
    outcome: 'unknown',
    retryable: true,
    message,
    cause: error,
  })
}

function trace({ flowId, attempts = 1 }: NakadiErrorInit): string {
  const parts = [
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(flowId === undefined ? [] : [`flow id ${flowId}`]),
  ]
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}
