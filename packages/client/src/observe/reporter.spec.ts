import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it } from 'vitest'
import { type DiagnosticsKind, diagnosticsChannels } from './diagnostics.ts'
import { createReporter } from './reporter.ts'

const kinds: readonly DiagnosticsKind[] = ['request', 'publish', 'batch', 'commit', 'reconnect', 'error']
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

function wanted(reporter: ReturnType<typeof createReporter>): DiagnosticsKind[] {
  return kinds.filter((kind) => reporter.wants(kind))
}

describe('a reporter', () => {
  it('wants no event while nobody listens, so that none is made', () => {
    expect(wanted(createReporter())).toEqual([])
  })

  it.each(kinds)('wants %s, and nothing else, while somebody listens to its channel', (kind) => {
    const reporter = createReporter()
    const listener = () => {}
    subscribe(diagnosticsChannels[kind], listener)
    expect(wanted(reporter)).toEqual([kind])
    unsubscribe(diagnosticsChannels[kind], listener)
    expect(wanted(reporter)).toEqual([])
  })

  it.each([
    { level: 'debug', want: kinds },
    { level: 'info', want: ['publish', 'commit', 'reconnect', 'error'] },
    { level: 'warn', want: ['publish', 'commit', 'reconnect', 'error'] },
    { level: 'error', want: ['error'] },
    { level: 'silent', want: [] },
  ])('wants what a logger of level $level would write', ({ level, want }) => {
    const levels = ['debug', 'info', 'warn', 'error', 'silent']
    const isLevelEnabled = (asked: string) => levels.indexOf(asked) >= levels.indexOf(level)
    expect(wanted(createReporter({ ...silent, isLevelEnabled }))).toEqual(want)
  })

  it('wants everything for a logger that does not tell its level', () => {
    expect(wanted(createReporter(silent))).toEqual(kinds)
  })
})
