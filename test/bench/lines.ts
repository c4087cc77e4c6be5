// Cutting a stream into lines and parsing them, beside the bare JSON.parse of the same lines.

import { createLineFramer } from '@rioni/protocol'
import { bestRates, type Measurement, measurement } from './bench.ts'
import { benchLine } from './workload.ts'

const LINES = 500
const EVENTS_PER_LINE = 100
const CHUNK_BYTES = 65_536

/** Framing and parsing 50,000 events of 400 bytes that arrive in chunks of 64 KiB. */
export async function lines(): Promise<Measurement[]> {
  const texts = Array.from({ length: LINES }, (_, i) => benchLine(i, 400))
  const bytes = Buffer.from(texts.join(''))
  const rates = await bestRates(5, LINES * EVENTS_PER_LINE, {
    parse() {
      for (const text of texts) JSON.parse(text)
    },
    frameAndParse() {
      feedInChunks(bytes, (line) =>
        JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.length).toString()),
      )
    },
    frame() {
      feedInChunks(bytes, () => undefined)
    },
  })
  return [
    measurement('frame and parse 400 B', 'events/s', rates.frameAndParse, rates.parse),
    measurement('frame only 400 B', 'events/s', rates.frame, rates.parse),
  ]
}

function feedInChunks(bytes: Uint8Array, onLine: (line: Uint8Array) => void): void {
  const framer = createLineFramer({ maxLineBytes: 10_000_000, onLine })
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) framer.feed(bytes.subarray(at, at + CHUNK_BYTES))
  framer.end()
}
