/** A subscription stream as a specification reads it: line by line, until it ends or is left. */

import type { BusinessEvent, StreamBatch } from '@rioni/protocol'
import { checkLine, type LineSchema } from './declared-answers.ts'

/** The orders that most specifications publish, as they come back. */
export type Order = BusinessEvent<{ readonly order_number: string }>

export type OrderBatch = StreamBatch<Order>

/** An open connection to a subscription. */
export interface EventStream {
  readonly response: Response
  readonly subscriptionId: string
  /** The value of `X-Nakadi-StreamId`. */
  readonly id: string
  /** The next line without its end. Rejects when the stream has ended or broken. */
  line(): Promise<string>
  /** The next line, parsed. */
  batch(): Promise<OrderBatch>
  /** The next so many lines, parsed. */
  batches(count: number): Promise<readonly OrderBatch[]>
  /** All batches up to the end of the stream. */
  rest(): Promise<readonly OrderBatch[]>
  /** Gives up by aborting the request. */
  abort(): void
  /** Gives up by cancelling the body. */
  cancel(): void
}

/** An answer to a request for a stream, and what aborts that request. */
export interface StreamResponse {
  readonly response: Response
  readonly subscriptionId: string
  /** @default 'StreamBatch' */
  readonly lines?: LineSchema
  abort(): void
}

/** The order numbers in a batch. */
export function numbers({ events = [] }: OrderBatch): string[] {
  return events.map(({ order_number }) => order_number)
}

/** Reads the answer to a request for a stream. */
export function createEventStream({
  response,
  subscriptionId,
  abort,
  lines = 'StreamBatch',
}: StreamResponse): EventStream {
  const { nextLine, cancel } = linesOf(response.body ?? new ReadableStream())

  const line = async () => {
    const next = await nextLine()
    if (next === undefined) throw new Error('the stream has ended')
    checkLine(next, lines)
    return next
  }
  const batch = async (): Promise<OrderBatch> => JSON.parse(await line())
  const batches = async (count: number) => {
    const read: OrderBatch[] = []
    while (read.length < count) read.push(await batch())
    return read
  }
  const rest = async () => {
    const read: OrderBatch[] = []
    for (let next = await nextLine(); next !== undefined; next = await nextLine()) {
      checkLine(next, lines)
      read.push(JSON.parse(next))
    }
    return read
  }
  const id = response.headers.get('x-nakadi-streamid') ?? ''
  return { response, subscriptionId, id, line, batch, batches, rest, abort, cancel }
}

function linesOf(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''

  const nextLine = async (): Promise<string | undefined> => {
    let end = text.indexOf('\n')
    while (end < 0) {
      const { done, value } = await reader.read()
      if (done && text !== '') throw new Error(`the stream ended inside a line: ${text}`)
      if (done) return undefined
      text += decoder.decode(value, { stream: true })
      end = text.indexOf('\n')
    }
    const line = text.slice(0, end)
    text = text.slice(end + 1)
    return line
  }
  // The promise of a cancellation is not awaited: behind MSW it may never settle.
  return { nextLine, cancel: () => void reader.cancel().catch(() => {}) }
}
