import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { stopwatchMs } from '../clock.ts'
import type { ProcessWatch, ProcessWork } from '../observe/instrumentation.ts'
import { destination, errorType, operationAttributes, subscription, typeOfError } from './attributes.ts'
import { linksToProducers } from './span-links.ts'
import type { Tools } from './tools.ts'

/**
 * A `process` span around one call of a handler, with links to the spans that published its events. It begins a trace
 * of its own: the stream that the events came on belongs to nobody's.
 */
export function watchProcess({ tracer, instruments, propagator }: Tools, work: ProcessWork): ProcessWatch {
  const { broker, eventType, subscriptionId, consumerGroup, partition, each, attempt } = work
  const attributes = {
    ...operationAttributes('process', broker),
    ...destination(eventType),
    ...subscription(subscriptionId, consumerGroup),
  }
  const events = readable(work)
  const span = tracer.startSpan(`process ${eventType}`, {
    kind: SpanKind.CONSUMER,
    root: true,
    links: linksToProducers(events, propagator),
    attributes: {
      ...attributes,
      'messaging.destination.partition.id': partition,
      ...(each === 'batch' && { 'messaging.batch.message_count': events.length }),
    },
  })
  // A further attempt is no further delivery.
  if (attempt === 1) instruments.consumed(events.length, attributes)
  instruments.processing(1, attributes)
  const startedAt = stopwatchMs()
  return {
    run: (fn) => context.with(trace.setSpan(context.active(), span), fn),
    end(...failed) {
      instruments.processing(-1, attributes)
      const type = failed.length === 0 ? undefined : typeOfError(failed[0])
      instruments.processed((stopwatchMs() - startedAt) / 1000, { ...attributes, ...errorType(type) })
      if (type !== undefined) {
        span.setAttribute('error.type', type)
        span.setStatus({ code: SpanStatusCode.ERROR })
      }
      span.end()
    },
  }
}

/** None if they cannot be read: the handler is about to find out. */
function readable({ events }: ProcessWork): readonly unknown[] {
  try {
    return events()
  } catch {
    return []
  }
}
