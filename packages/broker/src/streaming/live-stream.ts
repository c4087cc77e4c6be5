/** A connection over which events go out for as long as it lasts. */
export interface LiveStream {
  /** Absent when the stream belongs to no subscription. */
  readonly subscriptionId?: string
  /** Resolves when the connection has ended. Never rejects. */
  readonly ended: Promise<void>
  /** Ends the stream in good order: says so, and waits for the commits that may still come. */
  finish(): void
  /** Ends the stream at once, without waiting for commits. */
  shutdown(): void
}
