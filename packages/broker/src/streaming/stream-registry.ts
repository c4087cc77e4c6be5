import type { RunningStream } from './run-stream.ts'

/** The streams that this process serves. */
export interface StreamRegistry {
  /** Remembers a stream until it has ended. */
  add(stream: RunningStream): void
  /** Ends all streams at once; resolves when their sessions are given back. */
  shutdown(): Promise<void>
}

/** Creates an empty registry. */
export function createStreamRegistry(): StreamRegistry {
  const streams = new Set<RunningStream>()
  return {
    add(stream) {
      streams.add(stream)
      void stream.ended.then(() => streams.delete(stream))
    },
    async shutdown() {
      const running = [...streams]
      for (const stream of running) stream.shutdown()
      await Promise.all(running.map((stream) => stream.ended))
    },
  }
}
