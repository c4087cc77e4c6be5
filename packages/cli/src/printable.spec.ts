import { describe, expect, it } from 'vitest'
import { printable } from './printable.ts'

describe('text that goes to a terminal', () => {
  it.each([
    { given: 'plain text, ünïcode and 🎉', want: 'plain text, ünïcode and 🎉' },
    { given: 'two\nlines', want: 'two\\u000alines' },
    { given: '\u001b[31mred', want: '\\u001b[31mred' },
    { given: 'C1 \u009b0m', want: 'C1 \\u009b0m' },
    { given: 'separator \u2028', want: 'separator \\u2028' },
  ])('shows $given as $want', ({ given, want }) => {
    expect(printable(given)).toBe(want)
  })
})
