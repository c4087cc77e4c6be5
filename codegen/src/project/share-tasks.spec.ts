import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareTasks } from './share-tasks.ts'

describe('tasks that are shared out', () => {
  it('are done once each, whichever thread asks next', () => {
    const asking = fc.record({
      tasks: fc.nat({ max: 30 }),
      threads: fc.integer({ min: 1, max: 4 }),
      order: fc.infiniteStream(fc.nat()),
    })
    fc.assert(
      fc.property(asking, ({ tasks, threads, order }) => {
        const next = shareTasks(tasks, threads)
        const done: number[] = []
        for (const number of order) {
          const task = next(number % threads)
          if (task === undefined) break
          done.push(task)
        }
        expect(done.toSorted((left, right) => left - right)).toEqual([...Array(tasks).keys()])
      }),
    )
  })

  it('are neighbours as long as a thread has tasks of its own', () => {
    const next = shareTasks(10, 2)
    expect([next(0), next(1), next(0), next(1)]).toEqual([0, 5, 1, 6])
  })

  it('come from the end of the longest stretch for a thread that has none left', () => {
    const next = shareTasks(9, 3)
    expect([next(0), next(0), next(0), next(1), next(0), next(0)]).toEqual([0, 1, 2, 3, 8, 5])
  })
})
