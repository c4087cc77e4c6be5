/**
 * Cuts a byte stream that holds one JSON array into the texts of its elements, without decoding or parsing them:
 * it counts brackets outside of strings, and at depth one a comma ends an element. Memory is one element.
 *
 * The sibling of the line framer of `@rioni/protocol`, for the other common shape of a file of events.
 */

/** How to cut, and what to do with each element. */
export interface ArrayFramerOptions {
  /** Most bytes of one element, the white space around it included. */
  readonly maxElementBytes: number
  /** Receives the bytes between two commas or brackets, in order; they need not be JSON. */
  readonly onElement: (element: Uint8Array) => void
}

/** Takes the bytes of one array, in order. */
export interface ArrayFramer {
  /**
   * Takes the next bytes, cut anywhere. The first of all must be the opening bracket.
   *
   * @throws RangeError when an element exceeds the limit.
   * @throws SyntaxError when anything but white space follows the array.
   */
  feed(chunk: Uint8Array): void
  /**
   * Ends the stream.
   *
   * @throws SyntaxError when the array is still open; its complete elements have been handed out.
   */
  end(): void
}

/** A framer for one array. */
export function createArrayFramer({ maxElementBytes, onElement }: ArrayFramerOptions): ArrayFramer {
  const scan = createScanner()
  let place: Place = 'before'
  let elements = 0
  let carry: Uint8Array[] = []
  let carriedBytes = 0

  function take(piece: Uint8Array): void {
    carriedBytes += piece.length
    if (carriedBytes > maxElementBytes) {
      throw new RangeError(
        `index ${elements} of the array is longer than the limit of ${maxElementBytes} bytes`,
      )
    }
    if (piece.length > 0) carry.push(piece)
  }

  function finishElement(): void {
    const element = Buffer.concat(carry)
    carry = []
    carriedBytes = 0
    // Nothing between the brackets is an empty array; nothing beside a comma is an element that went missing.
    const isEmptyArray = place === 'end' && elements === 0 && element.every(isWhiteSpace)
    if (isEmptyArray) return
    onElement(element)
    elements += 1
  }

  return {
    feed(chunk) {
      let start = 0
      for (const [at, byte] of chunk.entries()) {
        place = scan(byte)
        if (place === 'inside') continue
        if (place === 'after' && !isWhiteSpace(byte))
          throw new SyntaxError('text follows the end of the array')
        if (place === 'comma' || place === 'end') {
          take(chunk.subarray(start, at))
          finishElement()
        }
        start = at + 1
      }
      take(chunk.subarray(start))
    },
    end() {
      if (place !== 'end' && place !== 'after')
        throw new SyntaxError('the array is not closed at the end of the input')
    },
  }
}

/** Where a byte stands: the brackets and commas of the array itself, its elements, or what is around it. */
type Place = 'before' | 'begin' | 'inside' | 'comma' | 'end' | 'after'

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c

/** Tells the place of each byte of a stream in turn. */
function createScanner(): (byte: number) => Place {
  let depth = 0
  let closed = false
  let inString = false
  let escaped = false

  return (byte) => {
    if (closed) return 'after'
    if (inString) {
      if (escaped) escaped = false
      else if (byte === BACKSLASH) escaped = true
      else if (byte === QUOTE) inString = false
      return 'inside'
    }
    if (byte === QUOTE) inString = true
    if (isOpening(byte)) {
      depth += 1
      return depth === 1 ? 'begin' : 'inside'
    }
    if (isClosing(byte)) {
      depth -= 1
      closed = depth === 0
      return closed ? 'end' : 'inside'
    }
    return byte === COMMA && depth === 1 ? 'comma' : 'inside'
  }
}

function isOpening(byte: number): boolean {
  return byte === 0x5b || byte === 0x7b
}

function isClosing(byte: number): boolean {
  return byte === 0x5d || byte === 0x7d
}

function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
}
