import { describe, expect, it } from 'vitest'
import { next, type SessionInput, type SessionPhase, TRANSITIONS } from './session.ts'

const PHASES: readonly SessionPhase[] = ['starting', 'streaming', 'closing', 'cleanup', 'dead']
const INPUTS: readonly SessionInput[] = [
  'registered',
  'refused',
  'streamTimeout',
  'commitTimeout',
  'streamLimit',
  'keepAliveLimit',
  'partitionOverdue',
  'noPartitions',
  'cursorsReset',
  'clientGone',
  'sessionLost',
  'allCommitted',
  'released',
  'shutdown',
]

/** One letter per phase that an input leads to; a dot is an illegal move. Columns are INPUTS in order. */
const TABLE: Readonly<Record<SessionPhase, string>> = {
  //         reg ref stT coT lim kaL ovd noP rst gon los all rel sht
  starting: 's   c   .   .   .   .   .   .   .   .   .   .   .   c',
  streaming: '.   .   C   C   C   C   C   C   C   C   c   .   .   c',
  closing: '.   .   .   c   .   .   .   .   .   .   c   c   .   c',
  cleanup: '.   .   .   .   .   .   .   .   .   .   .   .   d   .',
  dead: '.   .   .   .   .   .   .   .   .   .   .   .   .   .',
}
const LETTERS: Readonly<Record<string, SessionPhase | undefined>> = {
  s: 'streaming',
  C: 'closing',
  c: 'cleanup',
  d: 'dead',
}

describe('the life of a stream', () => {
  it('has exactly the phases of the table', () => {
    expect(Object.keys(TRANSITIONS)).toEqual(PHASES)
  })

  const cells = PHASES.flatMap((phase) => {
    const letters = TABLE[phase].split(/\s+/)
    return INPUTS.map((input, column) => ({ phase, input, to: LETTERS[letters[column] ?? '.'] }))
  })
  it.each(cells)('goes from $phase on $input to $to', ({ phase, input, to }) => {
    expect(next(phase, input)).toBe(to)
  })

  it('ends from every phase, and nothing leads out of dead', () => {
    for (const phase of PHASES.slice(0, -1)) expect(endsFrom(phase)).toBe(true)
    expect(INPUTS.map((input) => next('dead', input))).toEqual(INPUTS.map(() => undefined))
  })
})

function endsFrom(phase: SessionPhase, seen: readonly SessionPhase[] = []): boolean {
  if (phase === 'dead') return true
  const targets = INPUTS.flatMap((input) => next(phase, input) ?? [])
  return targets.some((target) => !seen.includes(target) && endsFrom(target, [...seen, phase]))
}
