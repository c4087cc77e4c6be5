import type { EventType, NewEventType } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'

/** The event types of the broker. */
export interface EventTypes {
  /** @throws NakadiError `conflict` if the name is taken, `validation` if the definition is not accepted. */
  create(eventType: NewEventType, options?: CallOptions): Promise<void>
  /** @throws NakadiError `not-found` */
  get(name: string, options?: CallOptions): Promise<EventType>
  /** All event types. The list is not paged. */
  list(options?: CallOptions): Promise<readonly EventType[]>
  /**
   * Makes an event type what `eventType` says. What is left out gets the broker's default, so change what `get` answered.
   *
   * @throws NakadiError `not-found`, or `validation` if the rules of evolution do not allow the change.
   */
  update(name: string, eventType: NewEventType, options?: CallOptions): Promise<void>
  /**
   * Deletes an event type and its events.
   *
   * @throws NakadiError `conflict` while a subscription uses it.
   */
  delete(name: string, options?: CallOptions): Promise<void>
}

/** The event type resource of one client. */
export function createEventTypes(call: Call): EventTypes {
  return {
    async create(eventType, options) {
      await call({ operation: 'createEventType', parameters: {}, body: JSON.stringify(eventType), options })
    },
    async get(name, options) {
      const { body } = await call({ operation: 'getEventType', parameters: { name }, options })
      return body
    },
    async list(options) {
      const { body } = await call({ operation: 'listEventTypes', parameters: {}, options })
      return body
    },
    async update(name, eventType, options) {
      const body = JSON.stringify(eventType)
      await call({ operation: 'updateEventType', parameters: { name }, body, options })
    },
    async delete(name, options) {
      await call({ operation: 'deleteEventType', parameters: { name }, options })
    },
  }
}
