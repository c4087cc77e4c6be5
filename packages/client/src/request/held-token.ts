// held-token.ts - when a token that expires is used, and when another one is asked for. Pure.

/** A token that is good for a while. */
export interface ExpiringToken {
  readonly token: string
  /** Milliseconds from the moment it was handed out, such as 1000 times OAuth's `expires_in`. */
  readonly expiresInMs: number
}

/** A token that is kept, with its times in milliseconds since the epoch. */
export interface HeldToken {
  readonly token: string
  /** From here on another one is asked for, while this one is still used. */
  readonly refreshAt: number
  readonly expiresAt: number
}

/** A token is replaced in the last tenth of its life, at most so many milliseconds before its end. */
const longestMarginMs = 60_000
/** So long after a refresh that failed the next one is tried. */
const refreshPauseMs = 5_000

/** Keeps a token that was handed out `now`. */
export function hold({ token, expiresInMs }: ExpiringToken, now: number): HeldToken {
  const expiresAt = now + expiresInMs
  return { token, refreshAt: expiresAt - Math.min(longestMarginMs, expiresInMs / 10), expiresAt }
}

/** Keeps a token whose refresh has failed. It is good until its end all the same. */
export function postponeRefresh(held: HeldToken, now: number): HeldToken {
  return { ...held, refreshAt: now + refreshPauseMs }
}

/** What to do with a token: use it, use it and ask for another, or ask for another and wait. */
export function judge(held: HeldToken, now: number): 'use' | 'use-and-refresh' | 'replace' {
  if (now >= held.expiresAt) return 'replace'
  return now >= held.refreshAt ? 'use-and-refresh' : 'use'
}
