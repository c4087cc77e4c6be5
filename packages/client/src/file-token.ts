import { readFile } from 'node:fs/promises'
import { checkedNumber } from './checked-number.ts'
import { type TokenFunction, tokenError } from './request/tokens.ts'

/** How a token is read from a file. */
export interface FileTokenOptions {
  /** Milliseconds after which the file is read again, 0 or more. @default 10000 */
  readonly rereadAfterMs?: number
}

/**
 * A token that something else keeps fresh in a file, such as a projected secret of Kubernetes. The file is read by the
 * first request, again when `rereadAfterMs` have passed, and at once when the broker answers 401.
 *
 * @example
 * ```ts
 * createClient({ baseUrl, token: fileToken('/meta/credentials/nakadi-token-secret') })
 * ```
 *
 * @throws NakadiError `invalid-argument`; requests fail with code `token` when the file cannot be read.
 */
export function fileToken(path: string, { rereadAfterMs = 10_000 }: FileTokenOptions = {}): TokenFunction {
  const expiresInMs = checkedNumber('rereadAfterMs', rereadAfterMs, { least: 0 })
  return async ({ signal }) => ({ token: await readToken(path, signal), expiresInMs })
}

async function readToken(path: string, signal: AbortSignal): Promise<string> {
  let text: string
  try {
    text = await readFile(path, { encoding: 'utf8', signal })
  } catch (cause) {
    throw tokenError(`The token file ${path} cannot be read.`, { retryable: true, cause })
  }
  if (text.trim() !== '') return text
  // Whoever writes it without renaming empties it first.
  throw tokenError(`The token file ${path} is empty.`, { retryable: true })
}
