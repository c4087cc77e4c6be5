import { describe, expect, it } from 'vitest'
import { withPrintableClasses } from './printable-classes.ts'

describe('a class that leaves characters out', () => {
  it.each([
    { source: '^[^a-c]$', written: '^[^a-c]$' },
    { source: '\\[^a\\]', written: '\\[^a\\]' },
    { source: '[^\\u{0}-\\u{7f}]', written: expect.stringMatching(/^\[é.*\]$/u) },
    {
      source: '(?:[^!-~\\u{20}]|[a-z])+',
      written: expect.stringMatching(/^\(\?:\[é[\s\S]*\]\|\[a-z\]\)\+$/u),
    },
    { source: '[^\\u{0}-\\u{10ffff}]', written: undefined },
  ])('becomes one that texts can be made of: $source', ({ source, written }) => {
    expect(withPrintableClasses(source)).toEqual(written)
  })
})
