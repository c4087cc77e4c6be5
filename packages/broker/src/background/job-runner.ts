import type { Clock } from '../clock.ts'

/** Something that the broker does by itself, again and again. */
export interface Job {
  /** For whoever is told of its failures, such as `retention`. */
  readonly name: string
  /** Milliseconds from the start, and from the end of each run, to the next run. */
  readonly everyMs: number
  /** Does it once. Should end early, between two steps, when the signal aborts. */
  run(signal: AbortSignal): Promise<void>
}

/** Told of a run that failed, with the name of the job. */
export type OnJobFailure = (error: unknown, job: string) => void

/** The jobs of one broker, running. */
export interface RunningJobs {
  /** Begins no further run. Resolves when those that are under way have ended. */
  stop(): Promise<void>
}

/** Runs each job at its intervals until it is stopped. A run that fails is reported; the next one comes in time. */
export function startJobs(jobs: readonly Job[], clock: Clock, onFailure: OnJobFailure): RunningJobs {
  const stopping = new AbortController()
  const cancels = new Map<Job, () => void>()
  const underWay = new Set<Promise<void>>()

  function arm(job: Job): void {
    if (stopping.signal.aborted) return
    cancels.set(
      job,
      clock.after(job.everyMs, () => {
        const running = runOnce(job).finally(() => {
          underWay.delete(running)
          arm(job)
        })
        underWay.add(running)
      }),
    )
  }

  async function runOnce(job: Job): Promise<void> {
    try {
      await job.run(stopping.signal)
    } catch (error) {
      report(error, job.name)
    }
  }

  function report(error: unknown, job: string): void {
    try {
      onFailure(error, job)
    } catch {
      // Whoever is told has failed too. The job goes on all the same.
    }
  }

  for (const job of jobs) arm(job)
  return {
    async stop() {
      stopping.abort()
      for (const cancel of cancels.values()) cancel()
      await Promise.all(underWay)
    },
  }
}
