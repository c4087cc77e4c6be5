import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateTimeViolation } from './date-time.ts'

describe('a date-time', () => {
  it.each([
    '2020-02-29T23:59:59Z',
    '2000-02-29T00:00:00Z',
    '2020-01-01t00:00:00z',
    '2020-01-01T00:00:00.123456789+18:00',
    '2020-01-01T00:00:00-00:00',
    '+12020-01-01T00:00:00Z',
  ])('may be %s', (text) => {
    expect(dateTimeViolation(text)).toBeUndefined()
  })

  it('is what toISOString prints', () => {
    return fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date(8.64e15), noInvalidDate: true }),
        (date) => {
          fc.pre(!date.toISOString().startsWith('+00'))
          expect(dateTimeViolation(date.toISOString().replace(/^\+0/, '+'))).toBeUndefined()
        },
      ),
    )
  })

  it.each([
    { given: '', want: " Text '' could not be parsed at index 0" },
    { given: '2020-01-01', want: " Text '2020-01-01' could not be parsed at index 10" },
    { given: '2020-1-01T00:00:00Z', want: " Text '2020-1-01T00:00:00Z' could not be parsed at index 5" },
    { given: '2020-01-01T00:00:00', want: " Text '2020-01-01T00:00:00' could not be parsed at index 19" },
    {
      given: '2020-01-01T00:00:00Zx',
      want: " Text '2020-01-01T00:00:00Zx' could not be parsed, unparsed text found at index 20",
    },
    {
      given: '2020-13-01T00:00:00Z',
      want: " Text '2020-13-01T00:00:00Z' could not be parsed: Invalid value for MonthOfYear (valid values 1 - 12): 13",
    },
    {
      given: '2021-02-29T00:00:00Z',
      want: " Text '2021-02-29T00:00:00Z' could not be parsed: Invalid date 'February 29' as '2021' is not a leap year",
    },
    {
      given: '1900-02-29T00:00:00Z',
      want: " Text '1900-02-29T00:00:00Z' could not be parsed: Invalid date 'February 29' as '1900' is not a leap year",
    },
    {
      given: '2020-04-31T00:00:00Z',
      want: " Text '2020-04-31T00:00:00Z' could not be parsed: Invalid date 'APRIL 31'",
    },
    {
      given: '2020-01-01T00:00:00+18:30',
      want: " Text '2020-01-01T00:00:00+18:30' could not be parsed: Zone offset not in valid range: -18:00 to +18:00",
    },
    { given: 'a'.repeat(65), want: ` Text '${'a'.repeat(64)}...' could not be parsed at index 0` },
  ])('is refused with the reason of the parser: $given', ({ given, want }) => {
    expect(dateTimeViolation(given)).toBe(`must be a valid date-time${want}`)
  })

  it.each(['2020-01-01T00:00Z', '2020-01-01T00:00:00+01', '2020-01-01T00:00:00+01:00:00'])(
    'is refused without a reason when only Java would take it: %s',
    (text) => {
      expect(dateTimeViolation(text)).toBe('must be a valid date-time')
    },
  )
})
