import type { Clock } from '../clock.ts'
import { NakadiError } from '../error.ts'
import { startDeadline, unlessAborted } from './deadline.ts'
import { type ExpiringToken, type HeldToken, hold, judge, postponeRefresh } from './held-token.ts'

/** Why a token is asked for. */
export interface TokenRequest {
  /** The broker has just answered 401 to the last token: a cached one is of no use. */
  readonly rejected: boolean
  /** Aborts when the time for the token is up. */
  readonly signal: AbortSignal
}

/** Returns the current token. */
export type TokenFunction = (
  request: TokenRequest,
) => string | ExpiringToken | Promise<string | ExpiringToken>

/**
 * An OAuth bearer token, or a function that returns the current one. A token with `expiresInMs` is kept, replaced
 * shortly before its end, and asked for at once when the broker answers 401. Without it the function is called for
 * every request, so it should cache. It is never called twice at the same time.
 */
export type TokenSource = string | TokenFunction

/** Hands out tokens. Holds them in a closure only, so that nothing that is logged can show them. */
export interface Tokens {
  /** The token to send, undefined when the client has none. No promise where nobody has to be asked. */
  current(): string | undefined | Promise<string | undefined>
  /** Another token in place of one that was rejected, undefined when there is no other. */
  renewed(rejected: string): Promise<string | undefined>
}

/** What asking for a token takes. */
export interface TokenTiming {
  readonly clock: Clock
  /** How long the function may take. */
  readonly timeoutMs: number
}

/** Makes the one place of a client that knows its token. */
export function createTokens(source: TokenSource | undefined, timing: TokenTiming): Tokens {
  if (source === undefined) return { current: () => undefined, renewed: async () => undefined }
  if (typeof source !== 'string') return createAskedTokens(source, timing)
  const token = checkedToken(source)
  return { current: () => token, renewed: async () => undefined }
}

interface Asking {
  readonly rejected: boolean
  readonly answer: Promise<string>
}

function createAskedTokens(source: TokenFunction, timing: TokenTiming): Tokens {
  const { clock } = timing
  let held: HeldToken | undefined
  let asking: Asking | undefined

  const askNow = async (rejected: boolean): Promise<string> => {
    try {
      const answer = await askForToken(source, rejected, timing)
      held = typeof answer === 'string' ? undefined : hold(answer, clock.now())
      return typeof answer === 'string' ? answer : answer.token
    } finally {
      asking = undefined
    }
  }
  const ask = (rejected: boolean): Promise<string> => {
    asking ??= { rejected, answer: askNow(rejected) }
    return asking.answer
  }
  const refreshAhead = (old: HeldToken): void => {
    // Nobody waits for this one. When it fails the old token is used on, and its last user will hear of it.
    ask(false).catch(() => {
      if (held === old) held = postponeRefresh(old, clock.now())
    })
  }
  return {
    async current() {
      if (held === undefined) return ask(false)
      const { token } = held
      const verdict = judge(held, clock.now())
      if (verdict === 'replace') return ask(false)
      if (verdict === 'use-and-refresh') refreshAhead(held)
      return token
    },
    async renewed(rejected) {
      // Whoever is asking already, or has asked meanwhile, may have got another one.
      const other = asking?.rejected === false ? await asking.answer : held?.token
      if (other !== undefined && other !== rejected) return other
      const token = await ask(true)
      return token === rejected ? undefined : token
    },
  }
}

async function askForToken(
  source: TokenFunction,
  rejected: boolean,
  { clock, timeoutMs }: TokenTiming,
): Promise<string | ExpiringToken> {
  const deadline = startDeadline(clock, timeoutMs, undefined)
  const { signal } = deadline
  try {
    const answer = await unlessAborted(Promise.resolve(source({ rejected, signal })), signal)
    if (typeof answer !== 'object' || answer === null) return checkedToken(answer)
    return { token: checkedToken(answer.token), expiresInMs: checkedLife(answer.expiresInMs) }
  } catch (cause) {
    if (cause instanceof NakadiError) throw cause
    const passing = { retryable: true, cause }
    if (deadline.ended() === 'expired') throw tokenError(`No token came within ${timeoutMs} ms.`, passing)
    throw tokenError('The token function failed; its own error is the cause.', passing)
  } finally {
    deadline.release()
  }
}

/**
 * A token that can stand in a header. Files and environment variables often end in a newline, which
 * is cut off; anything else that is no visible ASCII is refused here, because the HTTP libraries would
 * refuse it in a message that shows the token.
 */
function checkedToken(token: unknown): string {
  const text = typeof token === 'string' ? token.trim() : ''
  if (/^[\x21-\x7e]+$/.test(text)) return text
  const what = text === '' ? 'is empty' : 'contains spaces or characters that a header cannot carry'
  throw tokenError(`The token ${what}. Check where it is read from.`, { retryable: false })
}

function checkedLife(expiresInMs: number): number {
  if (expiresInMs >= 0) return expiresInMs
  throw tokenError('expiresInMs of a token must be a number of milliseconds, 0 or more.', {
    retryable: false,
  })
}

/** Why there is no token, beside the message. */
interface TokenFailure {
  /** Whether there may be one later. */
  readonly retryable: boolean
  readonly cause?: unknown
}

/** A token that is not to be had. */
export function tokenError(message: string, { retryable, cause }: TokenFailure): NakadiError {
  return new NakadiError({
    code: 'token',
    message: `${message} Nothing was sent.`,
    outcome: 'not-sent',
    retryable,
    cause,
  })
}
