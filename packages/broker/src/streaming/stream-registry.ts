import type { BrokerObserver } from '../observer.ts'
import type { LiveStream } from './live-stream.ts'
import type { OpenedStream } from './open-stream.ts'

/** The streams that this process serves. */
export interface StreamRegistry {
  /** How many are open or being opened. */
  readonly size: number
  /** Whether no stream is opened any more. */
  readonly isClosing: boolean
  /**
   * Opens a stream and remembers it until it has ended. One that is still being opened when the registry
   * begins to close ends as soon as it is open.
   *
   * @returns undefined once the registry is closing: then nothing is opened
   */
  open(begin: () => Promise<OpenedStream>): Promise<OpenedStream | undefined>
  /** Begins to serve a stream without a session, unless the registry is closing. */
  serve<T extends LiveStream>(begin: () => T): T | undefined
  /** Resolves when all streams of a subscription that run now have ended. Never rejects. */
  ended(subscriptionId: string): Promise<void>
  /** Ends all streams in good order; resolves when the commits that they wait for have come, or never will. */
  finish(): Promise<void>
  /** Ends all streams at once; resolves when their sessions are given back. */
  shutdown(): Promise<void>
}

/** Creates an empty registry. */
export function createStreamRegistry(
  observer: Pick<BrokerObserver, 'onStreamOpened' | 'onStreamEnded'>,
): StreamRegistry {
  const running = new Set<LiveStream>()
  /** One promise for each stream, from the beginning of its opening to its end. None rejects. */
  const lives = new Set<Promise<void>>()
  let ending: 'finish' | 'shutdown' | undefined

  async function live(opening: Promise<OpenedStream>): Promise<void> {
    // Whoever wants the stream learns of the failure.
    const opened = await opening.catch(() => undefined)
    if (opened?.kind !== 'opened') return
    const { stream, sessionId: streamId } = opened
    const { subscriptionId } = stream
    running.add(stream)
    observer.onStreamOpened({ subscriptionId, streamId })
    if (ending !== undefined) stream[ending]()
    await stream.ended
    running.delete(stream)
    observer.onStreamEnded({ subscriptionId, streamId })
  }

  function remember(life: Promise<void>): void {
    lives.add(life)
    void life.then(() => lives.delete(life))
  }

  async function end(how: 'finish' | 'shutdown'): Promise<void> {
    ending = how
    for (const stream of running) stream[how]()
    await Promise.all(lives)
  }

  return {
    get size() {
      return lives.size
    },
    get isClosing() {
      return ending !== undefined
    },
    async open(begin) {
      if (ending !== undefined) return undefined
      const opening = begin()
      remember(live(opening))
      return await opening
    },
    serve(begin) {
      if (ending !== undefined) return undefined
      const stream = begin()
      running.add(stream)
      remember(stream.ended.then(() => void running.delete(stream)))
      return stream
    },
    async ended(subscriptionId) {
      const streams = [...running].filter((stream) => stream.subscriptionId === subscriptionId)
      await Promise.all(streams.map((stream) => stream.ended))
    },
    finish: () => end('finish'),
    shutdown: () => end('shutdown'),
  }
}
