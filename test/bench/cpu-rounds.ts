// Rounds in which the work is done in turns, and what each cost this process: time, CPU, memory.

import { performance } from 'node:perf_hooks'

/** What a run cost, in the best of its rounds. */
export interface Cost {
  readonly wallMs: number
  /** Of all threads of this process, user and system. */
  readonly cpuMs: number
  /** The most of all rounds, in bytes. */
  readonly rss: number
}

/** Runs everything once unmeasured, and then in turns, so that what disturbs the machine disturbs all alike. */
export async function bestCosts<Name extends string>(
  rounds: number,
  runs: Readonly<Record<Name, () => Promise<void>>>,
): Promise<Record<Name, Cost>> {
  const names = Object.keys(runs) as Name[]
  const none: Cost = { wallMs: Number.POSITIVE_INFINITY, cpuMs: Number.POSITIVE_INFINITY, rss: 0 }
  const best = Object.fromEntries(names.map((name) => [name, none])) as Record<Name, Cost>
  for (const name of names) await runs[name]()
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const cost = await costOf(runs[name])
      best[name] = {
        wallMs: Math.min(best[name].wallMs, cost.wallMs),
        cpuMs: Math.min(best[name].cpuMs, cost.cpuMs),
        rss: Math.max(best[name].rss, cost.rss),
      }
    }
  }
  return best
}

async function costOf(run: () => Promise<void>): Promise<Cost> {
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(cpu)
  return {
    wallMs: performance.now() - startedAt,
    cpuMs: (user + system) / 1000,
    rss: process.memoryUsage.rss(),
  }
}
