import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { NodeLimits } from './serve-options.ts'

/** What sending a body depends on. */
export interface SendingOptions extends Pick<NodeLimits, 'drainTimeoutMs' | 'onSlowClient'> {
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal
}

/**
 * Sends the body of a response and ends it. A client that reads slowly holds the body up, so that no more
 * than a chunk waits for it here; one that reads nothing at all for `drainTimeoutMs` loses its connection.
 * Rejects when the body fails or the client goes.
 */
export async function sendBody(
  outgoing: ServerResponse,
  body: ReadableStream<Uint8Array> | null,
  options: SendingOptions,
): Promise<void> {
  if (body !== null && !outgoing.hasHeader('Content-Length')) outgoing.flushHeaders()
  for await (const chunk of body ?? []) {
    joinWrites(outgoing)
    if (!outgoing.write(chunk)) await taken('drain', outgoing, options)
  }
  outgoing.end()
  if ((outgoing.socket?.writableLength ?? 0) > 0) await taken('finish', outgoing, options)
}

/** Whatever is written before the event loop turns goes to the socket at once, as one chunk. */
function joinWrites(outgoing: ServerResponse): void {
  if (outgoing.writableCorked > 0) return
  outgoing.cork()
  process.nextTick(() => outgoing.uncork())
}

/** Waits until the client has taken what waits for it. Counts the time in which it takes not a single byte. */
async function taken(
  event: 'drain' | 'finish',
  outgoing: ServerResponse,
  options: SendingOptions,
): Promise<void> {
  const { req, socket } = outgoing
  // Looked up before, because Node may have destroyed the socket by the time it is late.
  const address = socket?.remoteAddress
  const giveUp = () => {
    const [path] = (req.url ?? '').split('?')
    options.onSlowClient({ address, request: `${req.method} ${path}` })
    outgoing.destroy()
  }
  socket?.setTimeout(options.drainTimeoutMs, giveUp)
  try {
    await once(outgoing, event, { signal: options.signal })
  } finally {
    socket?.setTimeout(0, giveUp)
  }
}
