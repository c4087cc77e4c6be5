/**
 * Traces and metrics of a client by OpenTelemetry, after its semantic conventions for messaging.
 *
 * It needs `@opentelemetry/api`, which the client itself does not. Without an SDK, nothing is recorded.
 *
 * @example
 * ```ts
 * const client = createClient({ baseUrl, instrumentation: openTelemetry() })
 * ```
 *
 * @module
 */

import {
  type MeterProvider,
  metrics,
  propagation,
  type TextMapPropagator,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import type { Instrumentation } from './observe/instrumentation.ts'
import { createGauges } from './opentelemetry/gauges.ts'
import { createInstruments } from './opentelemetry/instruments.ts'
import { watchCommit } from './opentelemetry/watch-commit.ts'
import { watchProcess } from './opentelemetry/watch-process.ts'
import { watchPublish } from './opentelemetry/watch-publish.ts'

/** Where traces and metrics go. */
export interface OpenTelemetryOptions {
  /** @default the global one */
  readonly tracerProvider?: TracerProvider
  /** @default the global one, which must be there by now: metrics do not wait for it as traces do */
  readonly meterProvider?: MeterProvider
  /** Writes a span into `metadata.span_ctx` of events, and reads it. @default the global one */
  readonly propagator?: Pick<TextMapPropagator, 'inject' | 'extract'>
}

const scope = '@rioni/client'

/** Makes the `instrumentation` of a client; several clients may share it. */
export function openTelemetry(options: OpenTelemetryOptions = {}): Instrumentation {
  const tracer = (options.tracerProvider ?? trace).getTracer(scope)
  const meter = (options.meterProvider ?? metrics).getMeter(scope)
  const instruments = createInstruments(meter)
  const tools = { tracer, instruments, propagator: options.propagator ?? propagatorOfApi }
  const gauges = createGauges(meter)
  return {
    publishing: (work) => watchPublish(tools, work),
    processing: (work) => watchProcess(tools, work),
    committing: (work) => watchCommit(tools, work),
    reconnecting: ({ subscriptionId, reason }) => instruments.reconnected(subscriptionId, reason),
    consuming: (consumer) => gauges.consuming(consumer),
    lagging: (subscriptionId, lags) => gauges.lagging(subscriptionId, lags),
  }
}

/** The global propagator may be set later than this is made. */
const propagatorOfApi: Pick<TextMapPropagator, 'inject' | 'extract'> = {
  inject: (context, carrier, setter) => propagation.inject(context, carrier, setter),
  extract: (context, carrier, getter) => propagation.extract(context, carrier, getter),
}
