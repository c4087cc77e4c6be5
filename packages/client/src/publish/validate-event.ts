import type { EventIssue, EventValidator } from '../event-validator.ts'

/** What is wrong with an event: in words, and by the place. */
export interface Invalidity {
  readonly detail: string
  readonly issues: readonly EventIssue[]
}

/** Asks a validator about an event. Returns undefined when it is valid. */
export function validateEvent(event: unknown, validator: EventValidator<unknown>): Invalidity | undefined {
  const result = validator['~standard'].validate(event)
  // A Standard Schema of another maker may be asynchronous. What cannot be waited for must not pass as valid.
  if (result instanceof Promise) {
    return { detail: 'the validator is asynchronous; use one that answers at once', issues: [] }
  }
  return result.issues === undefined ? undefined : { detail: inWords(result.issues), issues: result.issues }
}

function inWords(issues: readonly EventIssue[]): string {
  return issues
    .map(({ message, path = [] }) => `${path.map((name) => `/${String(name)}`).join('')} ${message}`.trim())
    .join('; ')
}
