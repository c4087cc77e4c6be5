// How large something is, as Dropwizard's histograms tell it.

/** Percentiles of the latest values. */
export interface DistributionSnapshot {
  /** Of all values, not of the latest alone. */
  readonly count: number
  readonly max: number
  readonly mean: number
  readonly min: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
  readonly p98: number
  readonly p99: number
  readonly p999: number
  readonly stddev: number
}

/** Remembers the latest values of something. */
export interface Distribution {
  record(value: number): void
  snapshot(): DistributionSnapshot
}

/** As many values as Dropwizard's reservoir keeps: enough for the 99.9th percentile to mean something. */
const CAPACITY = 1028

/** Creates a distribution over the latest 1028 values. */
export function createDistribution(): Distribution {
  const latest = new Float64Array(CAPACITY)
  let count = 0
  return {
    record(value) {
      latest[count % CAPACITY] = value
      count += 1
    },
    snapshot() {
      const sorted = latest.slice(0, Math.min(count, CAPACITY)).sort()
      const size = Math.max(1, sorted.length)
      const mean = sorted.reduce((sum, value) => sum + value, 0) / size
      const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size
      const at = (share: number) =>
        sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
      return {
        count,
        max: sorted.at(-1) ?? 0,
        mean,
        min: sorted[0] ?? 0,
        p50: at(0.5),
        p75: at(0.75),
        p95: at(0.95),
        p98: at(0.98),
        p99: at(0.99),
        p999: at(0.999),
        stddev: Math.sqrt(variance),
      }
    },
  }
}
