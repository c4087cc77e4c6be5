import { Buffer } from 'node:buffer'
import { type Cursor, createLineFramer, LineTooLongError } from '@rioni/protocol'
import type { BatchLine } from './batch-line.ts'
import type { CloseReason } from './close-reason.ts'

/** What to do with a stream. */
export interface StreamReader<Position extends Cursor> {
  readonly maxLineBytes: number
  /** Ends the stream after so many keep-alive batches in a row, as it asked the broker to; 0 means never. */
  readonly keepAliveLimit: number
  /** Reads a line. */
  readLine(raw: Uint8Array): BatchLine<Position>
  /** Receives every complete line, in order. */
  onLine(line: BatchLine<Position>, raw: Uint8Array): void
  /** Is awaited between two reads, so that it can hold up the connection. */
  ready(): Promise<void>
}

/**
 * Reads a stream to its end and says why it ended. An unterminated last line is dropped: it may look
 * complete and not be.
 */
export async function readStream<Position extends Cursor>(
  stream: { readonly body: AsyncIterable<Uint8Array> },
  reader: StreamReader<Position>,
): Promise<CloseReason> {
  let announced: CloseReason | undefined
  let keepAlives = 0
  const framer = createLineFramer({
    maxLineBytes: reader.maxLineBytes,
    allocate: Buffer.allocUnsafeSlow,
    onLine(raw) {
      const line = reader.readLine(raw)
      announced = line.closeReason ?? announced
      keepAlives = line.hasEvents ? 0 : keepAlives + 1
      reader.onLine(line, raw)
    },
  })
  try {
    for await (const chunk of stream.body) {
      framer.feed(chunk)
      await reader.ready()
    }
  } catch (error) {
    return announced ?? broken(error)
  }
  if (announced !== undefined) return announced
  if (framer.end() > 0) return { kind: 'broken', message: 'the connection ended in the middle of a batch' }
  if (reader.keepAliveLimit > 0 && keepAlives >= reader.keepAliveLimit) {
    return {
      kind: 'keep-alive-limit',
      message: 'nothing new came for as long as streamKeepAliveLimit allows',
    }
  }
  return { kind: 'ended', message: 'the broker ended the stream without giving a reason' }
}

function broken(error: unknown): CloseReason {
  if (error instanceof LineTooLongError) {
    const message = `a batch is longer than ${error.maxLineBytes} bytes; raise maxLineBytes, or lower batchLimit`
    return { kind: 'unreadable', message, error }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { kind: 'broken', message: `the connection broke: ${message}`, error }
}
