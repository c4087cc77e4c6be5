// Lines of text, each with its checksum: eight hexadecimal digits, a space, the text, a line feed.

import { crc32 } from 'node:zlib'
import { corrupt } from './disk-storage-error.ts'

const SUM_BYTES = 9
const LINE_FEED = 10

/** A line as it stands in a file. The text must not contain a line feed. */
export function encodeLine(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8')
  return Buffer.concat([Buffer.from(`${sumOf(bytes)} `), bytes, Buffer.from('\n')])
}

/** The texts of a file, and where the last intact line ends. */
export interface DecodedLines {
  readonly texts: readonly string[]
  /** Less than the size of the file when its end was not written completely. */
  readonly end: number
}

/** Reads the lines of a file. Throws where an intact line follows after one that is not. */
export function decodeLines(path: string, file: Uint8Array): DecodedLines {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const texts: string[] = []
  let end = 0
  let damagedAt: number | undefined
  for (let start = 0; start < bytes.byteLength; ) {
    const next = bytes.indexOf(LINE_FEED, start)
    const text = next < 0 ? undefined : decodeLine(bytes.subarray(start, next))
    if (text === undefined) {
      damagedAt ??= start
    } else if (damagedAt === undefined) {
      texts.push(text)
      end = next + 1
    } else {
      throw corrupt(path, damagedAt, 'a line is unreadable, and others follow it')
    }
    start = next < 0 ? bytes.byteLength : next + 1
  }
  return { texts, end }
}

function decodeLine(line: Buffer): string | undefined {
  const text = line.subarray(SUM_BYTES)
  if (line.byteLength < SUM_BYTES || line.toString('latin1', 0, SUM_BYTES) !== `${sumOf(text)} `)
    return undefined
  return text.toString('utf8')
}

function sumOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0')
}
