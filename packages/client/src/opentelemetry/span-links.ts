import {
  defaultTextMapGetter,
  isSpanContextValid,
  type Link,
  ROOT_CONTEXT,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api'

/** As many as a span keeps unless its SDK is told otherwise. */
const mostLinks = 128

/**
 * Links to the spans that published these events, which `metadata.span_ctx` names, each once: the events of one call of
 * `publish` name the same.
 */
export function linksToProducers(
  events: readonly unknown[],
  propagator: Pick<TextMapPropagator, 'extract'>,
): Link[] {
  const links = new Map<string, Link>()
  for (const event of events) {
    if (links.size >= mostLinks) break
    const carrier = member(member(event, 'metadata'), 'span_ctx')
    if (!isObject(carrier)) continue
    const context = trace.getSpanContext(propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter))
    if (context === undefined || !isSpanContextValid(context)) continue
    const key = context.traceId + context.spanId
    if (!links.has(key)) links.set(key, { context })
  }
  return [...links.values()]
}

function member(value: unknown, name: 'metadata' | 'span_ctx'): unknown {
  return isObject(value) ? value[name] : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
