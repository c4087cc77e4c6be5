import type { OperationId } from '@rioni/protocol'

/** A request with its answer. */
export interface AnsweredRequest {
  readonly method: string
  /** Without the query, which may hold what is nobody's business. */
  readonly path: string
  /** Undefined when the request was refused before it was routed, or fits no operation. */
  readonly operation: OperationId | undefined
  readonly status: number
  /** Milliseconds until the answer began; the body of a stream goes on after that. */
  readonly durationMs: number
  readonly flowId: string
  /** Who asked; undefined when that was not found out. */
  readonly subject: string | undefined
}

/** An open stream. */
export interface ObservedStream {
  readonly subscriptionId: string
  /** The value of `X-Nakadi-StreamId`. */
  readonly streamId: string
}

/**
 * Told of what happens inside a broker, so that it can be logged. Nothing it is told contains a token or an
 * event. What a callback throws is dropped: whoever looks on must not change what happens.
 */
export interface BrokerObserver {
  /** A request has been answered. */
  onResponse(answered: AnsweredRequest): void
  /**
   * Something failed that should not have. A client sees it as status 500 with the reference; a failure
   * that no client waits for has a reference too.
   */
  onInternalError(error: unknown, reference: string): void
  /** A stream has got its session. */
  onStreamOpened(stream: ObservedStream): void
  /** A stream has given its session back and ended its connection. */
  onStreamEnded(stream: ObservedStream): void
}

/** Makes an observer whole: callbacks that are missing do nothing, and none of them throws. */
export function guardObserver(observer: Partial<BrokerObserver>): BrokerObserver {
  return {
    onResponse: (answered) => quietly(() => observer.onResponse?.(answered)),
    onInternalError: (error, reference) => quietly(() => observer.onInternalError?.(error, reference)),
    onStreamOpened: (stream) => quietly(() => observer.onStreamOpened?.(stream)),
    onStreamEnded: (stream) => quietly(() => observer.onStreamEnded?.(stream)),
  }
}

function quietly(tell: () => void): void {
  try {
    tell()
  } catch {
    // Whoever is told has failed. The broker goes on.
  }
}
