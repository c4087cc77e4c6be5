import { describe, expect, it } from 'vitest'
import { githubAnnotations } from './github-annotations.ts'

describe('an annotation for GitHub', () => {
  it('has severity, file, line, title, message and remedy', () => {
    const finding = {
      severity: 'warning',
      kind: 'moved',
      eventType: 'a',
      message: 'm',
      remedy: 'r',
      file: 'f',
      line: 3,
    } as const
    expect(githubAnnotations([finding])).toBe('::warning file=f,line=3,title=a::m%0Ar\n')
  })

  it('stays one command whatever it is about', () => {
    const finding = {
      severity: 'error',
      kind: 'breaking',
      eventType: 'a,b:c',
      message: '100%\n::set-env name=X::1\r',
    } as const
    expect(githubAnnotations([finding])).toBe('::error title=a%2Cb%3Ac::100%25%0A::set-env name=X::1%0D\n')
  })
})
