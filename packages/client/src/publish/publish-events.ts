import type { BatchItemResponse } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** Options of one publishing request. */
export interface PublishOptions extends CallOptions {
  /**
   * Whether to send the events again when nobody knows whether they were stored. They may then be
   * stored twice, with the same eid.
   *
   * @default false
   */
  readonly repeatUnknown?: boolean
}

/** How the broker answered one publishing request. */
export interface PublishResult {
  /** `200`: all stored. `422`: none stored. `207`: some. */
  readonly status: number
  /** One per event, in order; empty when all were stored. */
  readonly items: readonly BatchItemResponse[]
  readonly attempts: number
  /** Whether an earlier attempt may have stored the events too. */
  readonly maybeRepeated: boolean
}

/**
 * Publishes a batch in one request, as it is: nothing is filled in, split or sent again in parts. A
 * resolved promise does not mean that the events were stored; the items say that. Prefer a producer.
 *
 * @param events a list of events, or the JSON text of one
 * @throws NakadiError when the request as a whole was refused or got no answer.
 */
export type PublishEvents = (
  eventType: string,
  events: readonly unknown[] | string,
  options?: PublishOptions,
) => Promise<PublishResult>

/** Makes the publishing function of one client. */
export function createPublishEvents(call: Call): PublishEvents {
  return async (eventType, events, options) => {
    const { status, body, attempts, maybeRepeated } = await call({
      operation: 'publishEvents',
      parameters: { name: eventType },
      body: typeof events === 'string' ? events : JSON.stringify(events),
      repeatable: options?.repeatUnknown ?? false,
      options,
    })
    return { status, items: body ?? [], attempts, maybeRepeated }
  }
}
