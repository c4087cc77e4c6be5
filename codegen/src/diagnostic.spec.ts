import { describe, expect, it } from 'vitest'
import { formatDiagnostic } from './diagnostic.ts'

describe('a diagnostic as text', () => {
  it('says where, what and what to do', () => {
    const text = formatDiagnostic({
      severity: 'error',
      message: 'name format not allowed',
      remedy: 'Correct it.',
      file: 'shop/a.yaml',
      pointer: '/name',
      excerpt: '1 | name: order placed',
    })
    expect(text).toBe(
      'shop/a.yaml#/name: error: name format not allowed\n  1 | name: order placed\n  Correct it.',
    )
  })

  it('names the event type when there is no file', () => {
    expect(formatDiagnostic({ severity: 'warning', message: 'm', eventType: 'a.b', pointer: '' })).toBe(
      'a.b: warning: m',
    )
  })

  it('cannot send commands to the terminal', () => {
    expect(formatDiagnostic({ severity: 'error', message: 'a\u001b[2Jb\u202e' })).toBe('error: a?[2Jb?')
  })
})
