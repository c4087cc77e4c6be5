import { describe, expect, it } from 'vitest'
import { createStaticChecker, parseStaticTokens } from './static-tokens.ts'

const parse = (...tokens: readonly unknown[]) => parseStaticTokens(JSON.stringify({ tokens }))

describe('a file of tokens', () => {
  it('names the owner of each token, who may do everything unless it says otherwise', async () => {
    const check = createStaticChecker(parse({ token: 'secret', subject: 'alice' }))
    expect(await check('secret')).toEqual({
      kind: 'valid',
      identity: {
        subject: 'alice',
        realm: '',
        scopes: 'all',
        attributes: [{ data_type: 'user', value: 'alice' }],
      },
    })
  })

  it('limits scopes, and says realm and attributes', async () => {
    const attributes = [{ data_type: 'service', value: 'billing' }]
    const check = createStaticChecker(
      parse({ token: 'secret', subject: 'billing', scopes: ['uid'], realm: '/services', attributes }),
    )
    expect(await check('secret')).toEqual({
      kind: 'valid',
      identity: { subject: 'billing', realm: '/services', scopes: new Set(['uid']), attributes },
    })
  })

  it('makes every other token invalid', async () => {
    const check = createStaticChecker(parse({ token: 'secret', subject: 'alice' }))
    expect(await check('Secret')).toEqual({ kind: 'invalid' })
  })

  it.each<[string, string, string]>([
    ['not JSON', '{"tokens": hush-hush', 'The file of tokens is not JSON.'],
    ['no list', '[]', 'The file of tokens must be an object with an array "tokens".'],
    [
      'no token',
      '{"tokens":[{"subject":"a"}]}',
      'tokens[0].token must be a text of letters, digits and -._~+/',
    ],
    [
      'a token with a space',
      '{"tokens":[{"token":"hush hush"}]}',
      'tokens[0].token must be a text of letters, digits and -._~+/',
    ],
    ['no subject', '{"tokens":[{"token":"hush-hush"}]}', 'tokens[0].subject must be a text.'],
    [
      'a bad realm',
      '{"tokens":[{"token":"hush-hush","subject":"a","realm":1}]}',
      'tokens[0].realm must be a text.',
    ],
    [
      'bad scopes',
      '{"tokens":[{"token":"hush-hush","subject":"a","scopes":"uid"}]}',
      'tokens[0].scopes must be an array of texts.',
    ],
    [
      'bad attributes',
      '{"tokens":[{"token":"hush-hush","subject":"a","attributes":[{}]}]}',
      'tokens[0].attributes[0] must have the texts "data_type" and "value".',
    ],
    [
      'a token twice',
      '{"tokens":[{"token":"hush-hush","subject":"a"},{"token":"hush-hush","subject":"b"}]}',
      'tokens[1].token occurs twice.',
    ],
  ])('with %s is refused without quoting it', (_, file, message) => {
    expect(() => parseStaticTokens(file)).toThrow(new Error(message))
    expect(message).not.toContain('hush')
  })
})
