// What every benchmark shares: how a measurement looks, and how it is repeated and printed.

import { performance } from 'node:perf_hooks'

/** One figure beside its baseline, which was measured in the same run. */
export interface Measurement {
  /** What was measured, such as `consume 400 B`. */
  readonly case: string
  readonly value: number
  readonly unit: string
  readonly baseline: number
  /** `value / baseline`. */
  readonly ratio: number
}

/** One benchmark: takes a while, resolves with its figures. */
export type Benchmark = () => Promise<readonly Measurement[]>

/** Puts a figure beside its baseline. */
export function measurement(name: string, unit: string, value: number, baseline: number): Measurement {
  return {
    case: name,
    unit,
    value: Math.round(value),
    baseline: Math.round(baseline),
    ratio: round(value / baseline),
  }
}

/** The rate of the best of several interleaved rounds, per second, for each of the given runs. */
export async function bestRates<Name extends string>(
  rounds: number,
  amount: number,
  runs: Readonly<Record<Name, () => Promise<void> | void>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(runs) as Name[]
  const best = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const startedAt = performance.now()
      await runs[name]()
      best[name] = Math.max(best[name], (amount / (performance.now() - startedAt)) * 1000)
    }
  }
  return best
}

/** A table that reads well in a terminal and in a log. */
export function printTable(measurements: readonly Measurement[]): string {
  const header = ['case', 'value', 'unit', 'baseline', 'ratio']
  const rows = measurements.map((m) => [
    m.case,
    m.value.toLocaleString('en'),
    m.unit,
    m.baseline.toLocaleString('en'),
    m.ratio.toFixed(2),
  ])
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

function round(value: number): number {
  return Number(value.toFixed(3))
}
