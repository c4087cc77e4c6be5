import { describe, expect, it } from 'vitest'
import { parsePort, parseUrl, wholeNumber } from './flag-values.ts'

describe('a port', () => {
  it.each([
    { given: '0', want: 0 },
    { given: '8080', want: 8080 },
    { given: '65535', want: 65_535 },
  ])('accepts $given', ({ given, want }) => {
    expect(parsePort(given)).toBe(want)
  })

  it.each(['', '-1', '65536', '80.5', '0x50', '1e3', ' 80', 'http'])(
    'refuses %j and says what it expects',
    (given) => {
      expect(() => parsePort(given)).toThrow('Expected a whole number from 0 to 65535.')
    },
  )
})

describe('a whole number with a lower bound', () => {
  it('accepts the bound', () => {
    expect(wholeNumber(1)('1')).toBe(1)
  })

  it('refuses a smaller number and names the bound', () => {
    expect(() => wholeNumber(1)('0')).toThrow('Expected a whole number of at least 1.')
  })

  it('refuses digits that no number holds exactly', () => {
    expect(() => wholeNumber(1)('9007199254740993')).toThrow('at least 1')
  })
})

describe('the address of a broker', () => {
  it.each([
    { given: 'http://127.0.0.1:8080', want: 'http://127.0.0.1:8080' },
    { given: 'http://127.0.0.1:8080/', want: 'http://127.0.0.1:8080' },
    { given: 'https://nakadi.example.org/api//', want: 'https://nakadi.example.org/api' },
  ])('$given becomes $want', ({ given, want }) => {
    expect(parseUrl(given)).toBe(want)
  })

  it.each(['', 'localhost:8080', '127.0.0.1', 'ftp://example.org'])('refuses %j', (given) => {
    expect(() => parseUrl(given)).toThrow('starts with http:// or https://')
  })

  it('refuses credentials without repeating them', () => {
    const parse = () => parseUrl('https://me:hunter2@example.org')
    expect(parse).toThrow('Credentials do not belong in the address')
    expect(parse).not.toThrow('hunter2')
  })
})
