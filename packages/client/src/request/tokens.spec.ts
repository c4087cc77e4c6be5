import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createTokens as create, type TokenSource } from './tokens.ts'

const createTokens = (source: TokenSource) => create(source, { clock: systemClock, timeoutMs: 60_000 })

describe('a token', () => {
  it('is trimmed, because files end in a newline', async () => {
    expect(await createTokens('secret\n').current()).toBe('secret')
    expect(await createTokens(() => ' secret ').current()).toBe('secret')
  })

  it('is asked for every time', async () => {
    let calls = 0
    const tokens = createTokens(() => `token-${++calls}`)
    expect([await tokens.current(), await tokens.current()]).toEqual(['token-1', 'token-2'])
  })

  it('is shared by those who ask at the same time', async () => {
    let calls = 0
    const tokens = createTokens(async () => `token-${++calls}`)
    expect(await Promise.all([tokens.current(), tokens.current()])).toEqual(['token-1', 'token-1'])
  })

  it('is asked for once more, with the reason, when it was rejected', async () => {
    const tokens = createTokens(({ rejected }) => (rejected ? 'fresh' : 'cached'))
    expect(await tokens.renewed('cached')).toBe('fresh')
  })

  it('is not replaced when the second is the same, or when there is no function to ask', async () => {
    expect(await createTokens(() => 'same').renewed('same')).toBeUndefined()
    expect(await createTokens('fixed').renewed('fixed')).toBeUndefined()
  })
})

describe('something that cannot be a token', () => {
  const table = [
    { given: '', want: /The token is empty/ },
    { given: '\n', want: /The token is empty/ },
    { given: 'two words', want: /characters that a header cannot carry/ },
    { given: 'sécret', want: /characters that a header cannot carry/ },
    { given: 'sec\r\nret', want: /characters that a header cannot carry/ },
  ]
  for (const { given, want } of table) {
    it(`such as ${JSON.stringify(given)} is refused without being shown`, async () => {
      expect(() => createTokens(given)).toThrow(want)
      const error = await Promise.resolve(createTokens(() => given).current()).catch(String)
      expect(error).toMatch(want)
      expect(error).not.toMatch(/sec|ret|two/)
    })
  }

  it('is reported with the error of the function as its cause', async () => {
    const cause = new Error('vault is sealed')
    const tokens = createTokens(() => Promise.reject(cause))
    await expect(tokens.current()).rejects.toMatchObject({
      code: 'token',
      outcome: 'not-sent',
      retryable: true,
      cause,
    })
  })
})
