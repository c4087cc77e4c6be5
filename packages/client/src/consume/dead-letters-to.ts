import type { PublishOutcome } from '../publish/outcomes.ts'
import { eidOf } from './eid-of.ts'
import type { HandlerFailure } from './handler.ts'

/** A dead letter in the form in which the broker writes its own (`nakadi.dead.letter.queue`), with its attempts. */
export interface DeadLetterEvent {
  readonly event_type: string
  readonly partition: string
  /** The position after the batch of the event. */
  readonly offset: string
  /** How often the handler was called with it. */
  readonly attempts: number
  readonly error: { readonly message: string }
  /** The event as it was delivered. */
  readonly event: unknown
  /** The `eid` of the event itself, so that a letter that is written again after a crash can be told. */
  readonly metadata?: { readonly eid: string; readonly parent_eids: readonly string[] }
}

/** The part of a producer that takes dead letters. */
export interface DeadLetterProducer<Letter> {
  publish(letters: readonly Letter[]): Promise<readonly PublishOutcome[]>
}

/**
 * Makes the function `deadLetter` for `onFailure: 'dead-letter'`: each event that is given up is published to another
 * event type, whose schema has to allow {@link DeadLetterEvent}. It resolves when the broker has stored all of them, and
 * rejects otherwise, so nothing is passed over that is not there; when it is called again, only what is missing is sent.
 * Events that cannot be read make no letters: the function rejects.
 *
 * @param toLetter - what an event becomes, when the event type of the dead letters wants something else
 */
export function deadLettersTo(
  producer: DeadLetterProducer<DeadLetterEvent>,
): (failure: HandlerFailure) => Promise<void>
export function deadLettersTo<Letter>(
  producer: DeadLetterProducer<Letter>,
  toLetter: (event: unknown, failure: HandlerFailure) => Letter,
): (failure: HandlerFailure) => Promise<void>
export function deadLettersTo(
  producer: DeadLetterProducer<unknown>,
  toLetter: (event: unknown, failure: HandlerFailure) => unknown = deadLetterOf,
): (failure: HandlerFailure) => Promise<void> {
  /** Events of which some letters were stored and others were not, until the next call. */
  const stored = new WeakMap<HandlerFailure, ReadonlySet<unknown>>()
  return async (failure) => {
    if (failure.events.length === 0)
      throw new Error('the events cannot be read, so no dead letter can hold them')
    const before = stored.get(failure) ?? new Set()
    const missing = failure.events.filter((event) => !before.has(event))
    const outcomes = await producer.publish(missing.map((event) => toLetter(event, failure)))
    const isStored = (_: unknown, index: number) => outcomes[index]?.status === 'submitted'
    stored.set(failure, new Set([...before, ...missing.filter(isStored)]))
    const lost = outcomes.find((outcome) => outcome.status !== 'submitted')
    if (lost !== undefined) throw new Error(`a dead letter was not stored (${lost.status}): ${lost.detail}`)
  }
}

function deadLetterOf(
  event: unknown,
  { eventType, partition, cursor, attempts, error }: HandlerFailure,
): DeadLetterEvent {
  const eid = eidOf(event)
  return {
    event_type: eventType,
    partition,
    offset: cursor.offset,
    attempts,
    error: { message: error instanceof Error ? error.message : String(error) },
    event,
    ...(eid === undefined ? {} : { metadata: { eid, parent_eids: [eid] } }),
  }
}
