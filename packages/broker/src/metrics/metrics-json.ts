// The JSON of Dropwizard's metrics, in which Nakadi answers `/metrics` and its siblings.

import type { Distribution, DistributionSnapshot } from './distribution.ts'
import type { Meter, MeterSnapshot } from './meter.ts'

/** How often something happens and how long it takes. */
export interface Timer {
  readonly meter: Meter
  /** In milliseconds. */
  readonly distribution: Distribution
}

type Named<T> = Readonly<Record<string, T>>

type TimerSnapshot = DistributionSnapshot &
  Omit<MeterSnapshot, 'units'> & {
    readonly duration_units: 'milliseconds'
    readonly rate_units: 'calls/second'
  }

/** A registry of metrics as a document. All six parts are there, even when they are empty. */
export interface MetricsJson {
  readonly version: string
  readonly gauges: Named<{ readonly value: number }>
  readonly counters: Named<{ readonly count: number }>
  readonly histograms: Named<DistributionSnapshot>
  readonly meters: Named<MeterSnapshot>
  readonly timers: Named<TimerSnapshot>
}

/** What a document tells of. */
export interface MetricsParts {
  /** A gauge without a value is left out. */
  readonly gauges?: Named<number | undefined>
  readonly histograms?: Named<Distribution>
  readonly meters?: Named<Meter>
  readonly timers?: Named<Timer>
}

/** The version of the document's form. */
const FORM_VERSION = '4.0.0'

/** Reads all metrics at this moment. Names are sorted. */
export function metricsJson({
  gauges = {},
  histograms = {},
  meters = {},
  timers = {},
}: MetricsParts): MetricsJson {
  const known = Object.entries(gauges).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return {
    version: FORM_VERSION,
    gauges: each(Object.fromEntries(known), (value) => ({ value })),
    counters: {},
    histograms: each(histograms, (distribution) => distribution.snapshot()),
    meters: each(meters, (meter) => meter.snapshot()),
    timers: each(timers, timerSnapshot),
  }
}

function timerSnapshot({ meter, distribution }: Timer): TimerSnapshot {
  const { units: _, ...rates } = meter.snapshot()
  return { ...distribution.snapshot(), ...rates, duration_units: 'milliseconds', rate_units: 'calls/second' }
}

function each<A, B>(named: Named<A>, turn: (value: A) => B): Named<B> {
  const sorted = Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, value]) => [name, turn(value)]))
}
