// The only file of this package that draws real random numbers.

/** Where the broker gets ids and random choices from. */
export interface Random {
  /** A random UUID, version 4. */
  uuid(): string
  /** A random integer in `[0, n)`. */
  below(n: number): number
}

/** Random numbers of the platform. */
export const systemRandom: Random = {
  uuid: () => crypto.randomUUID(),
  below: (n) => Math.floor(Math.random() * n),
}

/**
 * Random numbers that repeat: the same seed gives the same sequence (mulberry32).
 * For tests and simulations only; nothing secret may depend on it.
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return {
    uuid: () => uuidFrom(next),
    below: (n) => Math.floor((next() / 2 ** 32) * n),
  }
}

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A word of `length` random letters and digits, for flow ids and error references. */
export function alphanumeric(random: Random, length: number): string {
  let word = ''
  for (let i = 0; i < length; i += 1) word += ALPHANUMERICS.charAt(random.below(ALPHANUMERICS.length))
  return word
}

function uuidFrom(next: () => number): string {
  const hex = Array.from({ length: 4 }, () => next().toString(16).padStart(8, '0')).join('')
  // RFC 9562, 5.4: four bits say version 4, two bits say the variant.
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
