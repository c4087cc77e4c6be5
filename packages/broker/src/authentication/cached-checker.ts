import type { Clock } from '../clock.ts'
import type { TokenCheck, TokenChecker } from './identity.ts'
import { digest } from './static-tokens.ts'

/** How much is remembered, and for how long. */
export interface CacheRules {
  /** How long a valid token is believed without asking again, in milliseconds. Never beyond its expiry. */
  readonly maxAgeMs: number
  /** The token that was checked first is forgotten when there are more. */
  readonly maxEntries: number
}

interface Entry {
  readonly checked: Promise<TokenCheck>
  /** Until when the answer is believed, in milliseconds since the epoch; for ever while there is none yet. */
  freshUntil: number
}

/**
 * Remembers what became of tokens, by their digests. Tokens that come while they are being checked are
 * checked once. Refusals are not remembered: a token may become valid any time, and a flood of wrong ones
 * would drive out the good ones.
 */
export function createCachedChecker(
  check: TokenChecker,
  { maxAgeMs, maxEntries }: CacheRules,
  clock: Clock,
): TokenChecker {
  const entries = new Map<string, Entry>()

  function remember(key: string, entry: Entry): void {
    entries.delete(key)
    entries.set(key, entry)
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries) break
      entries.delete(oldest)
    }
  }

  return async (token) => {
    const key = digest(token)
    const known = entries.get(key)
    if (known !== undefined && clock.now() < known.freshUntil) return await known.checked
    const entry: Entry = { checked: check(token), freshUntil: Number.POSITIVE_INFINITY }
    remember(key, entry)
    const result = await entry.checked
    const { expiresAt = Number.POSITIVE_INFINITY } = result.kind === 'valid' ? result : { expiresAt: 0 }
    entry.freshUntil = Math.min(clock.now() + maxAgeMs, expiresAt)
    if (result.kind !== 'valid' && entries.get(key) === entry) entries.delete(key)
    return result
  }
}
