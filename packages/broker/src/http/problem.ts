// Responses whose body says why not. Key order and content type are fixed: clients compare them as text.

import { reasonPhrase } from '@rioni/protocol'
import { textual } from './response.ts'

/** What is wrong with one field of a request body. */
export interface Violation {
  /** Path of the field, in snake_case. */
  readonly field: string
  readonly message: string
}

/** `{"title","status","detail"}`, in this order and without a `type`. */
export function problem(
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = { title: reasonPhrase(status), status, detail }
  return textual(status, JSON.stringify(body), { 'Content-Type': 'application/problem+json', ...headers })
}

/** 422 for a violation, if there is one. */
export function unprocessable(violation: string | undefined): Response | undefined {
  return violation === undefined ? undefined : problem(422, violation)
}

/** 422 with one line per field that is wrong. */
export function validationProblem(violations: readonly Violation[]): Response {
  const detail = violations.map(({ field, message }) => `Field "${field}" ${message}\n`).join('')
  const body = { type: 'http://httpstatus.es/422', title: 'Unprocessable Entity', status: 422, detail }
  return textual(422, JSON.stringify(body), { 'Content-Type': 'application/problem+json' })
}

/** 400 for a body whose violations are listed rather than told. */
export function constraintViolation(violations: readonly Violation[]): Response {
  const body = {
    type: 'https://zalando.github.io/problem/constraint-violation',
    title: 'Constraint Violation',
    status: 400,
    violations,
  }
  return textual(400, JSON.stringify(body), { 'Content-Type': 'application/problem+json' })
}

/** 503 while the feature `disable_db_write_operations` is on. */
export function readOnlyMode(): Response {
  return problem(503, 'Database is currently in read-only mode')
}

/** The detail of a 503 while the timeline of an event type is being switched, and that takes long. */
export const IN_MAINTENANCE = 'Event type is currently in maintenance, please repeat request'

/** The same 503 from the operations that name the event type. */
export function inMaintenance(eventType: string): Response {
  return problem(503, `Event type ${eventType} is currently in maintenance, please repeat request`)
}

/** 503 for a request that comes too late. */
export function shuttingDown(): Response {
  return problem(503, 'The broker is shutting down')
}

/** 503 for a stream beyond the limit. */
export function tooManyStreams(limit: number): Response {
  return problem(503, `No more than ${limit} streams can be open at the same time`)
}

/** 404 for an event type. The dot belongs to it. */
export function unknownEventType(name: string): Response {
  return problem(404, `EventType "${name}" does not exist.`)
}

/** 404 for a subscription. */
export function unknownSubscription(id: string): Response {
  return problem(404, `Subscription with id "${id}" does not exist`)
}
