import { context, defaultTextMapSetter, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { stopwatchMs } from '../clock.ts'
import { NakadiError } from '../error.ts'
import type { PublishWatch, PublishWork } from '../observe/instrumentation.ts'
import type { PublishOutcome } from '../publish/outcomes.ts'
import { destination, errorType, operationAttributes, typeOfError } from './attributes.ts'
import type { Tools } from './tools.ts'

/** A `send` span around one call of `publish`, whatever requests it takes. Its context goes into the events. */
export function watchPublish(tools: Tools, { eventType, events, broker }: PublishWork): PublishWatch {
  const { tracer, instruments, propagator } = tools
  const attributes = { ...operationAttributes('send', broker), ...destination(eventType) }
  const startedAt = stopwatchMs()
  const span = tracer.startSpan(`send ${eventType}`, {
    kind: SpanKind.PRODUCER,
    attributes: events === 1 ? attributes : { ...attributes, 'messaging.batch.message_count': events },
  })
  const spanContext: Record<string, string> = {}
  propagator.inject(trace.setSpan(context.active(), span), spanContext, defaultTextMapSetter)
  instruments.publishing(events, attributes)
  return {
    spanContext: Object.keys(spanContext).length === 0 ? undefined : spanContext,
    end(result) {
      instruments.publishing(-events, attributes)
      const sent = sentBy(result, events)
      for (const [type, count] of sent) instruments.sent(count, { ...attributes, ...errorType(type) })
      const failure = failureOf(result)
      instruments.operated((stopwatchMs() - startedAt) / 1000, { ...attributes, ...errorType(failure?.type) })
      const [only] = result instanceof Error || result.length > 1 ? [] : result
      if (only !== undefined && only.eid !== '') span.setAttribute('messaging.message.id', only.eid)
      if (failure !== undefined) {
        span.setAttribute('error.type', failure.type)
        span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message })
      }
      span.end()
    },
  }
}

/** How many events were sent, by what went wrong with them. What never left the process does not count. */
function sentBy(
  result: readonly PublishOutcome[] | Error,
  events: number,
): ReadonlyMap<string | undefined, number> {
  if (result instanceof Error) {
    const wasSent = !(result instanceof NakadiError) || result.outcome !== 'not-sent'
    return wasSent ? new Map([[typeOfError(result), events]]) : new Map()
  }
  const counts = new Map<string | undefined, number>()
  for (const outcome of result) {
    if (!isSent(outcome)) continue
    const type = typeOfOutcome(outcome)
    counts.set(type, (counts.get(type) ?? 0) + 1)
  }
  return counts
}

function isSent(outcome: PublishOutcome): boolean {
  if (outcome.status !== 'rejected') return true
  return outcome.step !== 'before-sending' && outcome.issues === undefined
}

function typeOfOutcome(outcome: PublishOutcome): string | undefined {
  if (outcome.status === 'submitted') return undefined
  return 'error' in outcome && outcome.error !== undefined ? outcome.error.code : outcome.status
}

function failureOf(
  result: readonly PublishOutcome[] | Error,
): { readonly type: string; readonly message: string } | undefined {
  if (result instanceof Error) return { type: typeOfError(result), message: result.message }
  const failed = result.find(({ status }) => status !== 'submitted')
  if (failed === undefined || failed.status === 'submitted') return undefined
  return { type: typeOfOutcome(failed) ?? failed.status, message: failed.detail }
}
