import { createEventValidator, type EventValidator } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import type { EventTypeState } from '../core/state.ts'

/** An event type as its JSON events see it. */
export interface JsonForm {
  /** With its newest JSON schema, which is not its newest schema once it has gone over to Avro. */
  readonly eventType: EventType
  readonly validate: EventValidator
}

/** Finds the form of the JSON events of an event type. */
export type JsonForms = (stored: EventTypeState) => JsonForm

/** Makes what finds the forms. It compiles a validator once for every version of an event type. */
export function createJsonForms(): JsonForms {
  // Every version is an object of its own.
  const forms = new WeakMap<EventType, JsonForm>()
  return (stored) => {
    const known = forms.get(stored.eventType)
    if (known !== undefined) return known
    const schema = stored.schemas.findLast(({ type }) => type === 'json_schema')
    const eventType = schema === undefined ? stored.eventType : { ...stored.eventType, schema }
    const form = { eventType, validate: createEventValidator(eventType) }
    forms.set(stored.eventType, form)
    return form
  }
}
