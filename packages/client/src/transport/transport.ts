/** One HTTP request, complete and ready to be sent. */
export interface TransportRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
  /** Ends the request and, while its body is being read, the answer. */
  readonly signal: AbortSignal
  /**
   * `exchange`: an answer that comes soon and whole. `stream`: one that may stay open for hours, so it
   * must have no time limit and no connection that others wait for.
   */
  readonly kind: 'exchange' | 'stream'
}

/** What came back, whatever its status. Redirects are not followed. */
export interface TransportResponse {
  readonly status: number
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** To be read to its end or left early by the caller; leaving it releases the connection. */
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * How requests reach the broker. An implementation knows nothing of Nakadi: it resolves with any
 * status and rejects with what the network said. When `signal` aborts, a pending `request` and a
 * pending read of its body reject, even if the layer below would let them wait.
 */
export interface Transport {
  request(request: TransportRequest): Promise<TransportResponse>
}
