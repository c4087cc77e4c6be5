import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { stopwatchMs } from '../clock.ts'
import type { CommitEvent } from '../observe/diagnostics.ts'
import type { CommitWork } from '../observe/instrumentation.ts'
import { errorType, operationAttributes, subscription } from './attributes.ts'
import type { Tools } from './tools.ts'

/** A span around one commit, which the conventions call settling. It covers what several partitions have processed. */
export function watchCommit(
  { tracer, instruments }: Tools,
  { broker, subscriptionId, cursors }: CommitWork,
): (result: CommitEvent) => void {
  const attributes = { ...operationAttributes('commit', broker), ...subscription(subscriptionId) }
  const span = tracer.startSpan('commit', {
    kind: SpanKind.CLIENT,
    root: true,
    attributes: { ...attributes, 'rioni.commit.cursors': cursors },
  })
  const startedAt = stopwatchMs()
  return ({ result, error }) => {
    const type = result === 'accepted' ? undefined : (error?.code ?? result)
    instruments.operated((stopwatchMs() - startedAt) / 1000, { ...attributes, ...errorType(type) })
    if (type !== undefined) {
      span.setAttribute('error.type', type)
      span.setStatus({ code: SpanStatusCode.ERROR })
    }
    span.end()
  }
}
