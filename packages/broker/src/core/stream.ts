// One subscription stream as a value: `step(state, input, at) -> [state, effects]`.
//
// The phases and the moves between them are in `session.ts`; what may be sent is in `batching.ts`; the
// rules of each phase are in `stream-streaming.ts` and `stream-closing.ts`; the types that they share are
// in `stream-state.ts`. This file is the door through which the shell comes in. No file of these reads a
// clock or does I/O.

import { stepClosing } from './stream-closing.ts'
import type { StreamInput, Streaming, StreamSettings, StreamState, StreamStep } from './stream-state.ts'
import { startStreaming, stepStreaming, streamingWakesAt } from './stream-streaming.ts'

/** A registered session that has not learned its partitions yet. */
export function start(sessionId: string, settings: StreamSettings, at: number): Streaming {
  return startStreaming(sessionId, settings, at)
}

/** What becomes of a stream through one input, and what is to be done about it. */
export function step(state: StreamState, input: StreamInput, at: number): StreamStep {
  switch (state.phase) {
    case 'streaming':
      return stepStreaming(state, input, at)
    case 'closing':
      return stepClosing(state, input, at)
    case 'cleanup':
      return input.type === 'released' ? [{ phase: 'dead' }, [{ type: 'end' }]] : [state, []]
    case 'dead':
      return [state, []]
  }
}

/** When the stream needs a `timer` input at the latest; undefined when it waits for other things. */
export function wakesAt(state: StreamState): number | undefined {
  if (state.phase === 'streaming') return streamingWakesAt(state)
  return state.phase === 'closing' ? state.deadline : undefined
}
