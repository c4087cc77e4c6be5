import type { MetricsJson } from '../metrics/metrics-json.ts'
import { readApiDefinition } from './api-definition.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { shuttingDown } from './problem.ts'
import { json, textual } from './response.ts'

/** Whether the broker is there, what it can do, and what it has done. */
export function createOperationalHandlers({ metrics, streams }: BrokerContext): Handlers {
  return {
    // Whoever spreads requests over several brokers shall leave out one that stops.
    getHealth: () =>
      streams.isClosing ? shuttingDown() : textual(200, 'OK', { 'Content-Type': 'text/plain' }),
    getVersion: () => json(200, { scm_source: null }),
    getMetrics: (request) => printMetrics(metrics.node(), request),
    getRequestMetrics: (request) => printMetrics(metrics.requests(), request),
    getStreamMetrics: (request) => printMetrics(metrics.streams(), request),
    getPrometheusMetrics: async () => {
      const { contentType, text } = await metrics.prometheus()
      return textual(200, text, { 'Content-Type': contentType })
    },
    getApiDefinition: async () => json(200, await readApiDefinition()),
    listPartitionStrategies: () => json(200, ['hash', 'user_defined', 'random']),
    listEnrichmentStrategies: () => json(200, ['metadata_enrichment']),
  }
}

function printMetrics(metrics: MetricsJson, { query }: RoutedRequest): Response {
  const text = JSON.stringify(metrics, null, query.get('pretty') === 'true' ? 2 : 0)
  return textual(200, text, { 'Content-Type': 'application/json' })
}
