import { Writable } from 'node:stream'

/** The two ends of a body that comes in over time. */
export interface BodySink {
  /** What the connection writes to. */
  readonly sink: Writable
  /** What one reader reads from. Leaving the iteration destroys the sink. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Enough to read on while the reader is busy, little enough for hundreds of streams. */
const maxWaitingBytes = 262_144

/**
 * Makes a body that hands over every chunk as it came. A `Readable` joins the chunks that wait for its reader, which
 * copies nearly every byte of a stream that is faster than its consumer.
 *
 * When a quarter of a mebibyte waits, the sink asks the connection to pause. Reading rejects with what the sink was
 * destroyed with, and when `signal` has aborted.
 */
export function createBodySink(signal: AbortSignal): BodySink {
  let waiting: { readonly chunk: Uint8Array; readonly taken: () => void } | undefined
  let ended = false
  let failure: Error | undefined
  let wake: () => void = () => undefined

  const sink = new Writable({
    highWaterMark: maxWaitingBytes,
    write(chunk: Uint8Array, _encoding, taken) {
      waiting = { chunk, taken }
      wake()
    },
    final(done) {
      ended = true
      wake()
      done()
    },
    destroy(error, done) {
      ended = true
      failure = error ?? undefined
      wake()
      done(error)
    },
  })
  // Whoever reads hears of an error; nobody has to when nobody reads.
  sink.on('error', () => undefined)

  const iterator: AsyncIterator<Uint8Array, undefined> = {
    async next() {
      while (waiting === undefined && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      signal.throwIfAborted()
      if (waiting !== undefined) {
        const { chunk, taken } = waiting
        waiting = undefined
        taken()
        return { done: false, value: chunk }
      }
      if (failure !== undefined) throw failure
      return { done: true, value: undefined }
    },
    async return() {
      sink.destroy()
      return { done: true, value: undefined }
    },
  }
  return { sink, body: { [Symbol.asyncIterator]: () => iterator } }
}
