import type { TextMapPropagator, Tracer } from '@opentelemetry/api'
import type { Instruments } from './instruments.ts'

/** What traces and metrics are made with. */
export interface Tools {
  readonly tracer: Tracer
  readonly instruments: Instruments
  readonly propagator: Pick<TextMapPropagator, 'inject' | 'extract'>
}
