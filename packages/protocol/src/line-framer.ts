/**
 * Cuts a byte stream into lines without decoding it, so that whoever only forwards lines never pays
 * for their text. A multi-byte character needs no care: none of its bytes is a line feed in UTF-8.
 *
 * A line in one chunk is a view of that chunk. A line across chunks waits as a list of views and is
 * joined once, when its line feed arrives, so every byte is copied at most once, however it is split.
 */

/** How to cut, and what to do with each line. */
export interface LineFramerOptions {
  /** Most bytes of a line before its line feed. No more than this, and one chunk, is ever held. */
  readonly maxLineBytes: number
  /**
   * Receives every line that is not empty, without its line end, while `feed` runs. The bytes may be
   * a view of the chunk that was fed: they stay what they are as long as the owner of the chunk does
   * not write to it, so keep a copy when chunks are recycled.
   */
  readonly onLine: (line: Uint8Array) => void
  /** Makes the bytes of a line across chunks; every one of them is written. @default zeroed ones */
  readonly allocate?: (length: number) => Uint8Array
}

/** Takes the bytes of one stream, in order. */
export interface LineFramer {
  /**
   * Takes the next bytes, cut anywhere. The framer refers to them until the line they end in is
   * complete; the caller must not write to them before that.
   *
   * @throws LineTooLongError as soon as a line exceeds the limit, and at every call after it: where the
   * next line would begin is then unknown. Lines before that one have been handed out.
   * @throws what `onLine` throws. The rest of the chunk is lost then, so give the framer up.
   */
  feed(chunk: Uint8Array): void
  /**
   * Ends the stream. What follows the last line feed is never a line, because a connection that breaks
   * leaves a line cut short that may look whole.
   *
   * @returns the number of bytes that were dropped for that reason; 0 means a clean end.
   */
  end(): number
}

/** A line is longer than its reader accepts. */
export class LineTooLongError extends Error {
  override readonly name = 'LineTooLongError'
  /** The limit that was exceeded. */
  readonly maxLineBytes: number

  constructor(maxLineBytes: number) {
    super(`a line is longer than the limit of ${maxLineBytes} bytes`)
    this.maxLineBytes = maxLineBytes
  }
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

const zeroed = (length: number) => new Uint8Array(length)

/** A framer for one stream of lines that end in LF or CR LF. */
export function createLineFramer({ maxLineBytes, onLine, allocate = zeroed }: LineFramerOptions): LineFramer {
  let carry: Uint8Array[] = []
  let carriedBytes = 0

  function take(piece: Uint8Array): void {
    carriedBytes += piece.length
    if (carriedBytes > maxLineBytes) {
      // The count stays above the limit, so that every later call fails too.
      carry = []
      throw new LineTooLongError(maxLineBytes)
    }
    if (piece.length > 0) carry.push(piece)
  }

  function takeLine(): Uint8Array {
    const line = withoutCarriageReturn(join(carry, carriedBytes, allocate))
    carry = []
    carriedBytes = 0
    return line
  }

  return {
    feed(chunk) {
      let start = 0
      for (let stop = chunk.indexOf(LINE_FEED); stop !== -1; stop = chunk.indexOf(LINE_FEED, start)) {
        take(chunk.subarray(start, stop))
        start = stop + 1
        const line = takeLine()
        if (line.length > 0) onLine(line)
      }
      take(chunk.subarray(start))
    },
    end() {
      const unterminated = carriedBytes
      carry = []
      carriedBytes = 0
      return unterminated
    },
  }
}

function join(
  pieces: readonly Uint8Array[],
  length: number,
  allocate: (length: number) => Uint8Array,
): Uint8Array {
  const [first] = pieces
  if (pieces.length === 1 && first !== undefined) return first
  const whole = allocate(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function withoutCarriageReturn(line: Uint8Array): Uint8Array {
  return line[line.length - 1] === CARRIAGE_RETURN ? line.subarray(0, -1) : line
}
