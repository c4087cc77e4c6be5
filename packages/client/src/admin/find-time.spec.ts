import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFirst } from './find-time.ts'

describe('the search for the first of many', () => {
  it('finds it wherever it is, and says when there is none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.nat(1100), async (count, first) => {
        expect(await findFirst(count, async (index) => index >= first)).toBe(Math.min(first, count))
      }),
    )
  })

  it('looks at few: 40 of a million million', async () => {
    let looks = 0
    await findFirst(1e12, async (index) => {
      looks += 1
      return index >= 123_456_789
    })
    expect(looks).toBeLessThanOrEqual(40)
  })
})
