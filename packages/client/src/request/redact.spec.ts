import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactError, redactText } from './redact.ts'

const secrets = ['s3cret']
const withProperty = (property: object) => Object.assign(new Error('failed'), property)

describe('a text', () => {
  it('loses every secret, wherever it is', () => {
    expect(redactText('Bearer s3cret, s3cret', secrets)).toBe('Bearer [token], [token]')
  })
})

describe('an error', () => {
  const hidden = new Error('failed')
  Object.defineProperty(hidden, 'request', { value: { token: 's3cret' }, enumerable: false })
  const table: readonly { what: string; given: unknown }[] = [
    { what: 'its message', given: new Error('Bearer s3cret') },
    { what: 'its cause', given: new Error('failed', { cause: new Error('Bearer s3cret') }) },
    { what: 'a property', given: withProperty({ config: { headers: { authorization: 'Bearer s3cret' } } }) },
    { what: 'a hidden property', given: hidden },
    { what: 'the name of a property', given: withProperty({ cache: { s3cret: true } }) },
    { what: 'headers', given: withProperty({ headers: new Headers({ authorization: 'Bearer s3cret' }) }) },
    { what: 'a request', given: withProperty({ r: new Request('http://b', { headers: { a: 's3cret' } }) }) },
    { what: 'a map', given: withProperty({ m: new Map([['a', ['s3cret']]]) }) },
    { what: 'an aggregate', given: new AggregateError([new Error('s3cret')]) },
    { what: 'no error at all', given: 's3cret' },
  ]
  for (const { what, given } of table) {
    it(`that shows a secret in ${what} is replaced`, () => {
      const redacted = redactError(given, secrets)
      expect(redacted).not.toBe(given)
      expect(redacted).toBeInstanceOf(Error)
      expect(String(redacted)).not.toContain('s3cret')
    })
  }

  it('that shows none stays what it is, also when it leads back to itself', () => {
    const error: { self?: unknown } & Error = new Error('failed')
    error.self = [error, null, undefined, 7, () => error]
    expect(redactError(error, secrets)).toBe(error)
  })

  it('that is too large to be looked through is replaced', () => {
    const large = withProperty({ list: Array.from({ length: 3000 }, () => ({})) })
    expect(redactError(large, secrets)).not.toHaveProperty('list')
  })

  it('keeps the code of the system, from however deep', () => {
    const cause = Object.assign(new Error('reset s3cret'), { code: 'ECONNRESET' })
    expect(redactError(new TypeError('fetch failed', { cause }), secrets)).toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      code: 'ECONNRESET',
    })
  })

  it('never shows a secret, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.string(), { maxLength: 3 }), (value, path) => {
        const nested = path.reduce<unknown>((inner, name) => ({ [name]: inner }), [value, 's3cret'])
        expect(redactError(withProperty({ nested }), secrets)).toMatchObject({ message: 'failed' })
        expect(redactError(withProperty({ nested }), secrets)).not.toHaveProperty('nested')
      }),
    )
  })
})
