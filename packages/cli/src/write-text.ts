import type { Writable } from 'node:stream'

/**
 * Writes `text` and waits until the stream has handed all of it on: to the operating system in case of a pipe, a
 * file or a terminal. Waiting for that, rather than for room in a buffer, is what lets a caller treat the text as
 * delivered, and it is the back-pressure as well.
 *
 * Resolves with `closed` when nobody reads any longer, as behind `| head`; that is a normal end, not an error.
 * Some of the text may have been read before. Rejects with any other failure, for example a full disk.
 */
export function writeText(stream: Writable, text: string): Promise<'accepted' | 'closed'> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error) resolve('accepted')
      else if (isReaderGone(error)) resolve('closed')
      else reject(error)
    })
  })
}

/** What a write reports after the other end of a pipe has been closed, first and on every later write. */
function isReaderGone(error: Error & { code?: string }): boolean {
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED'
}
