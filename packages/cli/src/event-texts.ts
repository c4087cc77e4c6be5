import { createArrayFramer } from './array-framer.ts'
import { createJsonScanner } from './json-scanner.ts'

/**
 * Cuts the texts of the events out of one line of a subscription stream, exactly as the broker sent them: parsing and
 * writing them again would round large integers and drop the zero of `1.10`. Empty for a keep-alive batch.
 *
 * @throws SyntaxError when `events` is no array.
 */
export function eventTexts(line: Uint8Array): readonly string[] {
  const events = memberValue(line, '"events"')
  if (events === undefined) return []
  const texts: string[] = []
  const framer = createArrayFramer({
    maxElementBytes: line.length,
    onElement: (element) => texts.push(decoder.decode(element).trim()),
  })
  framer.feed(events)
  framer.end()
  return texts
}

const decoder = new TextDecoder()

const COMMA = 0x2c
const COLON = 0x3a

/** The text of one member of a JSON object. The name comes with its quotes and without escapes. */
function memberValue(object: Uint8Array, name: string): Uint8Array | undefined {
  const depthOf = createJsonScanner()
  let start = 0
  let isWanted = false
  for (const [at, byte] of object.entries()) {
    const depth = depthOf(byte)
    if (depth === 1 && byte === COLON) {
      isWanted = decoder.decode(object.subarray(start, at)).trim() === name
      start = at + 1
    } else if (depth === 0 || (depth === 1 && byte === COMMA)) {
      if (isWanted) return object.subarray(start, at)
      start = at + 1
    }
  }
  return undefined
}
