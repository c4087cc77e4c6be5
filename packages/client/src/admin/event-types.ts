import type { AuthorizationAttribute, EventType, NewEventType } from '@rioni/protocol'
import type { Call, CallOptions } from '../request/call.ts'
import { orAlreadyGone } from './already-gone.ts'
import { type Change, readModifyWrite } from './read-modify-write.ts'

/** Which event types to list. */
export interface EventTypeListOptions extends CallOptions {
  readonly owningApplication?: string
  /** Only event types that name this writer in their authorization. */
  readonly writer?: AuthorizationAttribute
}

/** How to change something that others may change too. */
export interface UpdateOptions extends CallOptions {
  /** Refuses the change if somebody changed it after this time: the `updated_at` that the decision was based on. */
  readonly unchangedSince?: string
}

/** The event types of the broker. */
export interface EventTypes {
  /** @throws NakadiError `conflict` if the name is taken, `validation` if the definition is not accepted. */
  create(eventType: NewEventType, options?: CallOptions): Promise<void>
  /** @throws NakadiError `not-found` */
  get(name: string, options?: CallOptions): Promise<EventType>
  /** All event types that match, sorted by name. The list is not paged. */
  list(options?: EventTypeListOptions): Promise<readonly EventType[]>
  /**
   * Changes the given fields of an event type, or what a function makes of it, and leaves all else as it is.
   * Returns the event type as it is then.
   *
   * @throws NakadiError `not-found`, `conflict` if others change it at the same time, or `validation` if the rules
   * of evolution do not allow the change.
   */
  update(name: string, change: Change<EventType, NewEventType>, options?: UpdateOptions): Promise<EventType>
  /**
   * Makes an event type what `eventType` says. What is left out gets the broker's default, so `update` is safer.
   *
   * @throws NakadiError `not-found`, or `validation` if the rules of evolution do not allow the change.
   */
  put(name: string, eventType: NewEventType, options?: CallOptions): Promise<void>
  /**
   * Deletes an event type and its events.
   *
   * @throws NakadiError `not-found`, or `conflict` while a subscription uses it.
   */
  delete(name: string, options?: CallOptions): Promise<void>
}

/** The event type resource of one client. */
export function createEventTypes(call: Call): EventTypes {
  const get: EventTypes['get'] = async (name, options) =>
    (await call({ operation: 'getEventType', parameters: { name }, options })).body
  const put: EventTypes['put'] = async (name, eventType, options) => {
    const body = JSON.stringify(eventType)
    await call({ operation: 'updateEventType', parameters: { name }, body, options })
  }
  return {
    get,
    put,
    async create(eventType, options) {
      await call({ operation: 'createEventType', parameters: {}, body: JSON.stringify(eventType), options })
    },
    async list(options = {}) {
      const { owningApplication, writer } = options
      const query = {
        owning_application: owningApplication,
        writer: writer === undefined ? undefined : `${writer.data_type}:${writer.value}`,
      }
      return (await call({ operation: 'listEventTypes', parameters: {}, query, options })).body
    },
    update(name, change, options = {}) {
      const subject = {
        name: `event type ${name}`,
        read: () => get(name, options),
        replace: (wanted: NewEventType) => put(name, wanted, options),
      }
      return readModifyWrite(subject, { change, unchangedSince: options.unchangedSince })
    },
    delete: (name, options) =>
      orAlreadyGone(call({ operation: 'deleteEventType', parameters: { name }, options })),
  }
}
