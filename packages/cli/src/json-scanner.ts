/**
 * Tells where each byte of a JSON text stands, one after the other, without parsing anything: the returned function
 * takes the next byte and gives the number of brackets and braces that it stands in, or -1 when it belongs to a
 * string. A bracket or brace stands outside of what it opens or closes.
 *
 * In UTF-8 no byte of a longer character looks like a quote, a backslash or a bracket, so no decoding is needed.
 */
export function createJsonScanner(): (byte: number) => number {
  let depth = 0
  let inString = false
  let escaped = false

  return (byte) => {
    if (inString) {
      if (escaped) escaped = false
      else if (byte === BACKSLASH) escaped = true
      else if (byte === QUOTE) inString = false
      return -1
    }
    switch (byte) {
      case QUOTE:
        inString = true
        return -1
      case OPENING_BRACKET:
      case OPENING_BRACE:
        depth += 1
        return depth - 1
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
        depth -= 1
        return depth
      default:
        return depth
    }
  }
}

const QUOTE = 0x22
const OPENING_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d
