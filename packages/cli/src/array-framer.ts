/**
 * Cuts a byte stream that holds one JSON array into the texts of its elements, without decoding or parsing them:
 * it counts brackets outside of strings, and at depth one a comma ends an element. Memory is one element.
 *
 * The sibling of the line framer of `@rioni/protocol`, for the other common shape of a file of events.
 */

import { createJsonScanner } from './json-scanner.ts'

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
   * Takes the next bytes, cut anywhere.
   *
   * @throws RangeError when an element exceeds the limit.
   * @throws SyntaxError when anything but white space stands before or after the array.
   */
  feed(chunk: Uint8Array): void
  /**
   * Ends the stream.
   *
   * @throws SyntaxError when the array is still open; its complete elements have been handed out.
   */
  end(): void
}

const COMMA = 0x2c
const OPENING_BRACKET = 0x5b

/** A framer for one array. */
export function createArrayFramer({ maxElementBytes, onElement }: ArrayFramerOptions): ArrayFramer {
  const depthOf = createJsonScanner()
  let state: 'before' | 'open' | 'closed' = 'before'
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
    const isEmptyArray = state === 'closed' && elements === 0 && element.every(isWhiteSpace)
    if (isEmptyArray) return
    onElement(element)
    elements += 1
  }

  return {
    feed(chunk) {
      let start = 0
      for (const [at, byte] of chunk.entries()) {
        if (state !== 'open' && isWhiteSpace(byte)) continue
        if (state === 'closed') throw new SyntaxError('text follows the end of the array')
        if (state === 'before' && byte !== OPENING_BRACKET) throw new SyntaxError('the input is not an array')
        const depth = depthOf(byte)
        if (state === 'before') state = 'open'
        else if (depth === 0 || (depth === 1 && byte === COMMA)) {
          if (depth === 0) state = 'closed'
          take(chunk.subarray(start, at))
          finishElement()
        } else continue
        start = at + 1
      }
      if (state === 'open') take(chunk.subarray(start))
    },
    end() {
      if (state !== 'closed') throw new SyntaxError('the array is not closed at the end of the input')
    },
  }
}

function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
}
