import { describe, expect, it } from 'vitest'
import { hold, judge, postponeRefresh } from './held-token.ts'

describe('a token that expires', () => {
  const hour = 3_600_000
  const table = [
    { lifeMs: hour, after: 0, want: 'use' },
    { lifeMs: hour, after: hour - 60_001, want: 'use' },
    { lifeMs: hour, after: hour - 60_000, want: 'use-and-refresh' },
    { lifeMs: hour, after: hour - 1, want: 'use-and-refresh' },
    { lifeMs: hour, after: hour, want: 'replace' },
    { lifeMs: 10_000, after: 8_999, want: 'use' },
    { lifeMs: 10_000, after: 9_000, want: 'use-and-refresh' },
    { lifeMs: 0, after: 0, want: 'replace' },
  ]
  for (const { lifeMs, after, want } of table) {
    it(`in ${lifeMs} ms means ${want} after ${after} ms`, () => {
      expect(judge(hold({ token: 't', expiresInMs: lifeMs }, 1000), 1000 + after)).toBe(want)
    })
  }

  it('is refreshed again 5 s after a refresh that failed, and used until its end', () => {
    const held = postponeRefresh(hold({ token: 't', expiresInMs: hour }, 0), hour - 30_000)
    const judged = [hour - 29_000, hour - 25_000, hour].map((now) => judge(held, now))
    expect(judged).toEqual(['use', 'use-and-refresh', 'replace'])
  })
})
