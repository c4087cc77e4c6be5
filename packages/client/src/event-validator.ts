/**
 * Validates events of one type before they are published: a Standard Schema, version 1
 * (https://standardschema.dev). Generated code exports one for each event type.
 *
 * @typeParam Event the event as it is published
 */
export interface EventValidator<Event> {
  readonly '~standard': {
    readonly version: 1
    /** Who made it. */
    readonly vendor: string
    /** Says what is wrong with a value, or gives it back as it is. Never throws and keeps nothing. */
    readonly validate: (value: unknown) => EventValidation<Event>
    /** Never there at run time: from here others infer the types. */
    readonly types?: { readonly input: Event; readonly output: Event } | undefined
  }
}

/** A valid event, or what is wrong with it. */
export type EventValidation<Event> =
  | { readonly value: Event; readonly issues?: undefined }
  | { readonly issues: readonly EventIssue[] }

/** One thing that is wrong with an event. */
export interface EventIssue {
  readonly message: string
  /** The way from the event to what is wrong: names of properties and indexes. */
  readonly path?: readonly PropertyKey[]
}
