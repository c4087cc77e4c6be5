// watch-handler.ts - puts whoever measures and traces around the calls of handlers, and around what a loop does.
// Without one the handlers are called as they are.

import type { Client } from '../create-client.ts'
import { briefly, NakadiError } from '../error.ts'
import type { BrokerAddress, Instrumentation, ProcessWork } from '../observe/instrumentation.ts'
import type { EventBatch } from './batch.ts'
import type { FailureDecision } from './failure-policy.ts'
import type { HandlerContext, HandlerFailure } from './handler.ts'
import { isThenable } from './thenable.ts'

/** Whose events are processed. */
export interface Processed {
  readonly subscriptionId: string
  readonly consumerGroup: string | undefined
  readonly broker: BrokerAddress
}

type Handler = (item: unknown, context: HandlerContext) => unknown
type HandlerOf = (eventType: string) => Handler

/** The handlers of a run. */
export interface WatchedRun {
  readonly each: 'batch' | 'event'
  readonly handlerOf: HandlerOf
  /** Asked at each call, because the subscription is found after the start. */
  readonly processed: () => Processed
}

/** The handlers, surrounded by the instrumentation if there is one. */
export function watchedHandlers(
  instrumentation: Instrumentation | undefined,
  { each, handlerOf, processed }: WatchedRun,
): HandlerOf {
  if (instrumentation === undefined) return handlerOf
  return (eventType) => {
    const handle = handlerOf(eventType)
    return (item, context) => {
      const work: ProcessWork = {
        ...processed(),
        ...contentOf(item, each),
        eventType,
        each,
        attempt: context.attempt,
      }
      return callWatched(instrumentation, work, () => handle(item, context))
    }
  }
}

/** A handler that answers at once is not made to wait, because there may be one call per event. */
function callWatched(instrumentation: Instrumentation, work: ProcessWork, call: () => unknown): unknown {
  const watch = instrumentation.processing(work)
  // Something may be thrown that says nothing. It is a failure all the same.
  const endFailed = (error: unknown) => watch.end(error ?? new Error('The handler failed without an error.'))
  try {
    const result = watch.run(call)
    if (isThenable(result)) {
      // Asked once: some begin their work anew with every call of `then`.
      const settled = Promise.resolve(result)
      settled.then(() => watch.end(), endFailed)
      return settled
    }
    watch.end()
    return result
  } catch (error) {
    endFailed(error)
    throw error
  }
}

function contentOf(item: unknown, each: 'batch' | 'event'): Pick<ProcessWork, 'partition' | 'events'> {
  const { partition, event } = fieldsOf(item)
  return {
    partition: typeof partition === 'string' ? partition : '',
    // The events of a batch are read by a getter, which may throw.
    events: () => {
      if (each === 'event') return [event]
      const { events } = fieldsOf(item)
      return Array.isArray(events) ? events : []
    },
  }
}

function fieldsOf(item: unknown): {
  readonly partition?: unknown
  readonly event?: unknown
  readonly events?: unknown
} {
  return typeof item === 'object' && item !== null ? item : {}
}

/** Watches what a loop does with a batch, until it lets it go. The loop itself cannot be surrounded. */
export function watchBatchInHand(
  instrumentation: Instrumentation | undefined,
  processed: Processed,
  { batch, released }: { readonly batch: EventBatch<string, unknown>; readonly released: Promise<void> },
): void {
  if (instrumentation === undefined) return
  const { eventType, partition } = batch
  const watch = instrumentation.processing({
    ...processed,
    eventType,
    partition,
    each: 'batch',
    events: () => batch.events,
    attempt: 1,
  })
  void released.then(() => watch.end())
}

/** What hears of failed handlers: whoever looks on, and then the user. */
export function watchedFailures(
  { observation: { reporter } }: Client,
  processed: () => Processed,
  onHandlerError: (failure: HandlerFailure, decision: FailureDecision) => void,
): typeof onHandlerError {
  return (failure, decision) => {
    if (reporter.wants('error')) {
      const { eventType, partition, attempts, error } = failure
      reporter.report('error', {
        origin: 'handler',
        subscriptionId: processed().subscriptionId,
        eventType,
        partition,
        attempts,
        decision: decision.kind,
        error: error instanceof NakadiError ? error.toJSON() : briefly(error),
      })
    }
    onHandlerError(failure, decision)
  }
}
