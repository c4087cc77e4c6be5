import { describe, expect, it } from 'vitest'
import { dataLakeAnnotationViolation } from './data-lake-annotations.ts'

const KEY = 'datalake.zalando.org/'

function violationOf(annotations: Record<string, string>): string | undefined {
  const entries = Object.entries(annotations).map(([key, value]) => [KEY + key, value])
  return dataLakeAnnotationViolation(Object.fromEntries(entries))
}

describe('the annotations for a data lake', () => {
  it('may be absent, off, or on with a period and a reason', () => {
    expect(violationOf({})).toBeUndefined()
    expect(violationOf({ 'materialize-events': 'off' })).toBeUndefined()
    expect(
      violationOf({ 'materialize-events': 'on', 'retention-period': '7d', 'retention-period-reason': 'law' }),
    ).toBeUndefined()
  })

  it('need a period when events are kept', () => {
    expect(violationOf({ 'materialize-events': 'on' })).toBe(
      `Annotation ${KEY}retention-period is required, when ${KEY}materialize-events is "on".`,
    )
  })

  it.each(['', undefined])('need a reason for a period, not %j', (reason) => {
    const annotations = {
      'retention-period': '7d',
      ...(reason === undefined ? {} : { 'retention-period-reason': reason }),
    }
    expect(violationOf(annotations)).toBe(
      `Annotation ${KEY}retention-period-reason is required, when ${KEY}retention-period is specified.`,
    )
  })

  it.each(['unlimited', '7 days', '1 week', '3650d', '521w', '120 months', '10y', '1 year'])(
    'take the period "%s"',
    (period) => {
      expect(violationOf({ 'retention-period': period, 'retention-period-reason': 'law' })).toBeUndefined()
    },
  )

  it.each(['6 days', '3651d', '522w', '121m', '11y', '07d', '7  days', '7days', '7 d', 'forever', ''])(
    'refuse the period "%s"',
    (period) => {
      expect(violationOf({ 'retention-period': period, 'retention-period-reason': 'law' })).toContain(
        'does not comply with regex',
      )
    },
  )
})
