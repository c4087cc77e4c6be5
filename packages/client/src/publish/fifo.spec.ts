import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFifo } from './fifo.ts'

describe('a fifo', () => {
  it('gives back every item once, in order, whatever is taken between', () => {
    const steps = fc.array(fc.oneof(fc.record({ push: fc.nat(3000) }), fc.record({ take: fc.nat(3000) })))
    fc.assert(
      fc.property(steps, (given) => {
        const fifo = createFifo<number>()
        let [pushed, taken] = [0, 0]
        for (const step of given) {
          if ('push' in step) for (let n = 0; n < step.push; n++) fifo.push(pushed++)
          else for (const item of fifo.take(step.take)) expect(item).toBe(taken++)
          expect(fifo.length).toBe(pushed - taken)
          expect(fifo.at(0)).toBe(taken === pushed ? undefined : taken)
        }
      }),
      { numRuns: 30 },
    )
  })
})
