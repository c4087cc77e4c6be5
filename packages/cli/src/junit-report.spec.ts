import { describe, expect, it } from 'vitest'
import type { CheckFinding } from './check-finding.ts'
import { junitReport } from './junit-report.ts'

const finding: CheckFinding = {
  eventType: 'b',
  kind: 'breaking',
  severity: 'error',
  message: 'removes `<x>` & "y"\u0000\u001b[31m',
  remedy: 'Do.',
  file: 'lock.json',
  line: 3,
}

describe('a JUnit report', () => {
  it('has a case per event type, which fails with everything that was found about it', () => {
    expect(
      junitReport(
        ['b', 'a'],
        [
          { ...finding, message: 'one' },
          { ...finding, message: 'two' },
        ],
      ),
    ).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites tests="2" failures="1" errors="0">',
        '  <testsuite name="rioni check" tests="2" failures="1" errors="0">',
        '    <testcase classname="rioni check" name="a"/>',
        '    <testcase classname="rioni check" name="b">',
        '      <failure type="breaking" message="one">one\nlock.json:3\nDo.</failure>',
        '      <failure type="breaking" message="two">two\nlock.json:3\nDo.</failure>',
        '    </testcase>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    )
  })

  it('has an error for what could not be checked', () => {
    const report = junitReport(['a'], [{ eventType: 'b', kind: 'untold', severity: 'error', message: 'why' }])
    expect(report).toContain('<testsuites tests="2" failures="0" errors="1">')
    expect(report).toContain('      <error type="untold" message="why">why</error>\n')
  })

  it('is XML whatever an event type says', () => {
    const report = junitReport([], [finding])
    expect(report).toContain('message="removes `&lt;x&gt;` &amp; &quot;y&quot;??[31m"')
  })
})
