import type { OpenedStream } from './open-stream.ts'
import type { RunningStream } from './run-stream.ts'

/** The streams that this process serves. */
export interface StreamRegistry {
  /**
   * Opens a stream and remembers it until it has ended. One that is still being opened at the shutdown
   * ends as soon as it is open.
   *
   * @returns undefined after the shutdown: then nothing is opened
   */
  open(begin: () => Promise<OpenedStream>): Promise<OpenedStream | undefined>
  /** Resolves when all streams of a subscription that run now have ended. Never rejects. */
  ended(subscriptionId: string): Promise<void>
  /** Ends all streams at once; resolves when their sessions are given back. */
  shutdown(): Promise<void>
}

/** Creates an empty registry. */
export function createStreamRegistry(): StreamRegistry {
  const running = new Set<RunningStream>()
  /** One promise for each stream, from the beginning of its opening to its end. None rejects. */
  const lives = new Set<Promise<void>>()
  let isShutDown = false

  async function live(opening: Promise<OpenedStream>): Promise<void> {
    // Whoever wants the stream learns of the failure.
    const opened = await opening.catch(() => undefined)
    if (opened?.kind !== 'opened') return
    const { stream } = opened
    running.add(stream)
    if (isShutDown) stream.shutdown()
    await stream.ended
    running.delete(stream)
  }

  return {
    async open(begin) {
      if (isShutDown) return undefined
      const opening = begin()
      const life = live(opening)
      lives.add(life)
      void life.then(() => lives.delete(life))
      return await opening
    },
    async ended(subscriptionId) {
      const streams = [...running].filter((stream) => stream.subscriptionId === subscriptionId)
      await Promise.all(streams.map((stream) => stream.ended))
    },
    async shutdown() {
      isShutDown = true
      for (const stream of running) stream.shutdown()
      await Promise.all(lives)
    },
  }
}
