import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import { createCachedChecker } from './cached-checker.ts'
import type { TokenCheck } from './identity.ts'

const identity = { subject: 'alice', realm: '', scopes: 'all', attributes: [] } as const

function scene(answer: TokenCheck = { kind: 'valid', identity }) {
  const clock = createManualClock()
  const asked: string[] = []
  const check = createCachedChecker(
    async (token) => {
      asked.push(token)
      return answer
    },
    { maxAgeMs: 1000, maxEntries: 2 },
    clock,
  )
  return { clock, asked, check }
}

describe('the memory of checked tokens', () => {
  it('asks once for a token, until the answer is old', async () => {
    const { clock, asked, check } = scene()
    await check('a')
    await clock.advance(999)
    await check('a')
    expect(asked).toEqual(['a'])
    await clock.advance(1)
    await check('a')
    expect(asked).toEqual(['a', 'a'])
  })

  it('asks once for requests that come together', async () => {
    const { asked, check } = scene()
    await Promise.all([check('a'), check('a')])
    expect(asked).toEqual(['a'])
  })

  it('believes no token beyond its expiry', async () => {
    const clock = createManualClock()
    let asked = 0
    const check = createCachedChecker(
      async () => {
        asked += 1
        return { kind: 'valid', identity, expiresAt: clock.now() + 10 }
      },
      { maxAgeMs: 1000, maxEntries: 2 },
      clock,
    )
    await check('a')
    await clock.advance(10)
    await check('a')
    expect(asked).toBe(2)
  })

  it('forgets the oldest of too many', async () => {
    const { asked, check } = scene()
    for (const token of ['a', 'b', 'c', 'c', 'b', 'a']) await check(token)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })

  it.each<TokenCheck>([{ kind: 'invalid' }, { kind: 'unavailable' }])('remembers no %j', async (answer) => {
    const { asked, check } = scene(answer)
    await check('a')
    await check('a')
    expect(asked).toHaveLength(2)
  })
})
