import type { Client } from '../create-client.ts'
import { asNakadiError } from '../error.ts'
import type { PublishWatch, PublishWork } from '../observe/instrumentation.ts'
import type { PublishOutcome } from './outcomes.ts'
import type { Preparation } from './prepare-event.ts'

/** A call of `publish` that somebody looks on at. */
export interface WatchedCall {
  /** The preparation of its events: a traced call puts its span into them. */
  prepare(preparation: Preparation): Preparation
  /** Tells what came of it. Returns the outcomes as they are. */
  until(outcomes: Promise<readonly PublishOutcome[]>): Promise<readonly PublishOutcome[]>
}

/** Whether anybody looks on: otherwise a call costs nothing more. */
export function isWatched({ observation: { reporter, instrumentation } }: Client): boolean {
  return instrumentation !== undefined || reporter.wants('publish')
}

/** Begins to watch a call. */
export function watchPublish(client: Client, work: Omit<PublishWork, 'broker'>): WatchedCall {
  const { reporter, instrumentation, broker } = client.observation
  const isReported = reporter.wants('publish')
  const startedAt = client.clock.now()
  const watch = instrumentation?.publishing({ ...work, broker })
  const end = (result: readonly PublishOutcome[] | Error) => {
    watch?.end(result)
    if (isReported) report(client, { work, startedAt, result })
  }
  return {
    prepare: (preparation) => withSpanContext(preparation, watch),
    until: (outcomes) => {
      outcomes.then(end, end)
      return outcomes
    },
  }
}

function withSpanContext(preparation: Preparation, watch: PublishWatch | undefined): Preparation {
  const span_ctx = watch?.spanContext
  if (span_ctx === undefined || preparation.category === 'undefined') return preparation
  return { ...preparation, metadata: (event) => ({ span_ctx, ...preparation.metadata?.(event) }) }
}

interface Settled {
  readonly work: Omit<PublishWork, 'broker'>
  readonly startedAt: number
  readonly result: readonly PublishOutcome[] | Error
}

function report({ observation, clock }: Client, { work, startedAt, result }: Settled): void {
  const durationMs = clock.now() - startedAt
  const counts = { submitted: 0, rejected: 0, aborted: 0, unknown: 0 }
  if (!(result instanceof Error)) for (const { status } of result) counts[status] += 1
  const error = result instanceof Error ? { error: asNakadiError(result).toJSON() } : {}
  observation.reporter.report('publish', { ...work, ...counts, durationMs, ...error })
}
