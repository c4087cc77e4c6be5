import { NakadiError } from '../error.ts'

/** Why a token is asked for. */
export interface TokenRequest {
  /** The broker has just answered 401 to the last token: a cached one is of no use. */
  readonly rejected: boolean
}

/**
 * An OAuth bearer token, or a function that returns the current one. The function is called for every
 * request, so it should cache; calls that happen at the same time share one answer.
 */
export type TokenSource = string | ((request: TokenRequest) => string | Promise<string>)

/** Hands out tokens. Holds them in a closure only, so that nothing that is logged can show them. */
export interface Tokens {
  /** The token to send, undefined when the client has none. */
  current(): Promise<string | undefined>
  /** Another token in place of one that was rejected, undefined when there is no other. */
  renewed(rejected: string): Promise<string | undefined>
}

/** Makes the one place of a client that knows its token. */
export function createTokens(source: TokenSource | undefined): Tokens {
  if (source === undefined) return { current: async () => undefined, renewed: async () => undefined }
  if (typeof source === 'string') {
    const token = checkedToken(source)
    return { current: async () => token, renewed: async () => undefined }
  }
  const shared = sharedWhilePending((rejected) => askForToken(source, { rejected }))
  return {
    current: () => shared(false),
    async renewed(rejected) {
      const token = await shared(true)
      return token === rejected ? undefined : token
    },
  }
}

function sharedWhilePending(ask: (rejected: boolean) => Promise<string>): typeof ask {
  const pending = new Map<boolean, Promise<string>>()
  return (rejected) => {
    const running = pending.get(rejected)
    if (running !== undefined) return running
    const asked = ask(rejected).finally(() => pending.delete(rejected))
    pending.set(rejected, asked)
    return asked
  }
}

async function askForToken(source: Exclude<TokenSource, string>, request: TokenRequest): Promise<string> {
  let token: string
  try {
    token = await source(request)
  } catch (cause) {
    throw tokenError('The token function failed; its own error is the cause.', cause)
  }
  return checkedToken(token)
}

/**
 * A token that can stand in a header. Files and environment variables often end in a newline, which
 * is cut off; anything else that is no visible ASCII is refused here, because the HTTP libraries would
 * refuse it in a message that shows the token.
 */
function checkedToken(token: unknown): string {
  const text = typeof token === 'string' ? token.trim() : ''
  if (/^[\x21-\x7e]+$/.test(text)) return text
  throw tokenError(
    text === ''
      ? 'The token is empty. Check where it is read from.'
      : 'The token contains spaces or characters that a header cannot carry. Check where it is read from.',
  )
}

function tokenError(message: string, cause?: unknown): NakadiError {
  return new NakadiError({
    code: 'token',
    message: `${message} Nothing was sent.`,
    outcome: 'not-sent',
    retryable: cause !== undefined,
    cause,
  })
}
