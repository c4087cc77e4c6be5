// One question to a service that authentication depends on.

import type { Clock } from '../clock.ts'
import type { Claims } from './identity.ts'

/** What questions are asked with. */
export interface RemoteEnvironment {
  readonly clock: Clock
  readonly fetch: (request: Request) => Promise<Response>
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number
}

/** An answer: the status, and the object in the body if there is one. */
export interface RemoteAnswer {
  readonly status: number
  readonly body: Claims
}

/**
 * Asks a service. Redirects are not followed, so that a token goes where the operator said and nowhere else.
 *
 * @returns undefined when there is no answer in time, or one that is no JSON object where it should be
 */
export async function fetchJson(
  url: string,
  init: RequestInit,
  { clock, fetch, timeoutMs }: RemoteEnvironment,
): Promise<RemoteAnswer | undefined> {
  const controller = new AbortController()
  const cancel = clock.after(timeoutMs, () => controller.abort())
  try {
    const request = new Request(url, { redirect: 'error', ...init, signal: controller.signal })
    const response = await raced(fetch(request), controller.signal)
    if (!response.ok) {
      await response.body?.cancel()
      return { status: response.status, body: {} }
    }
    const body: unknown = JSON.parse(await raced(response.text(), controller.signal))
    return isClaims(body) ? { status: response.status, body } : undefined
  } catch {
    // The reason may name the token. That there is no answer is all that anybody needs to know.
    return undefined
  } finally {
    cancel()
  }
}

/** Rejects with the signal, even if what is waited for does not heed it. */
async function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return await Promise.race([work, aborted])
}

function isClaims(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
