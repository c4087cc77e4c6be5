import { Buffer } from 'node:buffer'
import { randomFillSync } from 'node:crypto'

/** The client's only source of chance: event ids, flow ids and jitter. */
export interface Random {
  /** A version 4 UUID. */
  uuid(): string
  /** An integer in [0, n). */
  below(n: number): number
}

const uuidBytes = 16
/** How many identifiers are made of what the system is asked for at once. */
const uuidsPerFill = 256
const hyphens = [8, 13, 18, 23]
/** Where in the text the two digits of each byte are. */
const digitPlaces = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]

/** The chance of the machine. */
export const systemRandom: Random = {
  uuid: createUuids(),
  below: (n) => Math.floor(Math.random() * n),
}

/**
 * Makes version 4 UUIDs (RFC 9562, section 5.4) like `randomUUID`, from the same source. That one puts its text together of
 * small pieces, which V8 keeps as long as the text is: twelve times the CPU for the identifiers of events on their way.
 */
function createUuids(): () => string {
  const digits = Buffer.from('0123456789abcdef')
  const pool = Buffer.allocUnsafeSlow(uuidBytes * uuidsPerFill)
  const text = Buffer.allocUnsafeSlow(36)
  for (const place of hyphens) text.write('-', place)
  let next = pool.length
  return () => {
    if (next === pool.length) {
      randomFillSync(pool)
      next = 0
    }
    for (let index = 0; index < uuidBytes; index++) {
      const byte = withVersion(pool[next++] ?? 0, index)
      const place = digitPlaces[index] ?? 0
      text[place] = digits[byte >> 4] ?? 0
      text[place + 1] = digits[byte & 0x0f] ?? 0
    }
    return text.toString('latin1')
  }
}

/** Version 4 is in the high digit of byte 6, the variant in the two high bits of byte 8. */
function withVersion(byte: number, index: number): number {
  if (index === 6) return (byte & 0x0f) | 0x40
  return index === 8 ? (byte & 0x3f) | 0x80 : byte
}
