// The body of a streaming response. It closes once: when the broker ends it, when the client aborts the
// request, or when the client stops reading, whichever is first. Transports differ in which of the last
// two they report, so both must do.

/** The writing end of a response body. */
export interface StreamBody {
  readonly readable: ReadableStream<Uint8Array>
  /** Gives a chunk to the client. Nothing happens once the body is closed. */
  write(chunk: Uint8Array): void
  /** Ends the body, after what has been written. */
  end(): void
  /** Breaks the body off, so that it cannot be mistaken for complete. */
  fail(reason: unknown): void
}

/** What the writer wants to know. */
export interface StreamBodyEvents {
  /** The client has caught up and takes so many bytes more. */
  onRoom(bytes: number): void
  /** The client has gone. Called at most once, and not after the broker's own end. */
  onGone(): void
}

/**
 * How much is written ahead of a client that reads slowly. More does not make streams faster: the
 * transport has buffers of its own.
 */
const HIGH_WATER_MARK_BYTES = 256 * 1024

/** Creates a body that `signal` breaks off. */
export function createStreamBody(signal: AbortSignal, events: StreamBodyEvents): StreamBody {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const readable = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened
      },
      pull(pulled) {
        events.onRoom(pulled.desiredSize ?? 0)
      },
      cancel: leave,
    },
    { highWaterMark: HIGH_WATER_MARK_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
  )

  /** Closes the body for good; undefined when it already is. */
  function close(): ReadableStreamDefaultController<Uint8Array> | undefined {
    const open = controller
    controller = undefined
    signal.removeEventListener('abort', abort)
    return open
  }

  function abort(): void {
    const open = close()
    if (open === undefined) return
    // A client behind an in-process transport learns of its own abort only through the body.
    open.error(signal.reason)
    events.onGone()
  }

  function leave(): void {
    if (close() !== undefined) events.onGone()
  }

  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort)
  return {
    readable,
    write: (chunk) => controller?.enqueue(chunk),
    end: () => close()?.close(),
    fail: (reason) => close()?.error(reason),
  }
}
