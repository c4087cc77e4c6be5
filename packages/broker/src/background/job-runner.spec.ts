import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import { type Job, startJobs } from './job-runner.ts'

const MINUTE = 60_000

function job(run: Job['run'], everyMs = MINUTE): Job {
  return { name: 'sweep', everyMs, run }
}

describe('jobs', () => {
  it('run after their interval, and again after each', async () => {
    const clock = createManualClock(0)
    const runs: number[] = []
    const jobs = startJobs([job(async () => void runs.push(clock.now()))], clock, () => {})
    await clock.advance(3.5 * MINUTE)
    await jobs.stop()
    await clock.advance(MINUTE)
    expect(runs).toEqual([MINUTE, 2 * MINUTE, 3 * MINUTE])
  })

  it('are reported when they fail, and run again', async () => {
    const clock = createManualClock(0)
    const failures: string[] = []
    const failing = job(() => Promise.reject(new Error('no space')))
    const jobs = startJobs([failing], clock, (error, name) => {
      failures.push(`${name}: ${error}`)
      throw new Error('the reporter fails too')
    })
    await clock.advance(2 * MINUTE)
    await jobs.stop()
    expect(failures).toEqual(['sweep: Error: no space', 'sweep: Error: no space'])
  })

  it('do not overlap with themselves', async () => {
    const clock = createManualClock(0)
    let runs = 0
    const slow = job(async () => {
      runs += 1
      await new Promise<void>((resolve) => clock.after(5 * MINUTE, resolve))
    })
    const jobs = startJobs([slow], clock, () => {})
    await clock.advance(5 * MINUTE)
    expect(runs).toBe(1)
    await clock.advance(5 * MINUTE)
    expect(runs).toBe(2)
    const stopped = jobs.stop()
    await clock.advance(5 * MINUTE)
    await stopped
  })

  it('learn that they are to stop, and are waited for', async () => {
    const clock = createManualClock(0)
    const seen: string[] = []
    const patient = job(
      (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            seen.push('told')
            resolve()
          })
        }),
    )
    const jobs = startJobs([patient], clock, () => {})
    await clock.advance(MINUTE)
    await jobs.stop()
    expect(seen).toEqual(['told'])
  })
})
