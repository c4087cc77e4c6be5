// The whole of the lanes: every kind of state, every input, and what comes of it.

import { describe, expect, it } from 'vitest'
import { type Lanes, type LanesInput, startLanes, stepLanes } from './lanes.ts'

function arrived(lane: string, ...pairs: readonly (readonly [id: number, key: string])[]): LanesInput {
  return { kind: 'arrived', lane, work: pairs.map(([id, key]) => ({ id, key })) }
}

function after(concurrency: number, ...given: readonly LanesInput[]): Lanes {
  return given.reduce((lanes, input) => stepLanes(lanes, input)[0], startLanes(concurrency))
}

const two = arrived('a', [1, 'x'], [2, 'x'])
const three = arrived('a', [1, 'x'], [2, 'y'], [3, 'x'])
const states: Readonly<Record<string, Lanes>> = {
  idle: after(2),
  running: after(2, arrived('a', [1, 'x'])),
  waiting: after(2, two),
  full: after(1, arrived('a', [1, 'x']), arrived('b', [2, 'x'])),
  'side by side': after(2, three),
  halted: after(2, two, { kind: 'halted', lane: 'a', id: 1 }),
  'half halted': after(2, three, { kind: 'halted', lane: 'a', id: 2 }),
  draining: after(2, two, { kind: 'drain' }),
}

const inputs: Readonly<Record<LanesInput['kind'], LanesInput>> = {
  arrived: arrived('a', [9, 'x']),
  finished: { kind: 'finished', lane: 'a', id: 1 },
  halted: { kind: 'halted', lane: 'a', id: 1 },
  replaced: { kind: 'replaced' },
  drain: { kind: 'drain' },
}

const transitions: Readonly<Record<string, Readonly<Record<LanesInput['kind'], string>>>> = {
  idle: {
    // nothing
    arrived: 'start 9 | a: 9 then -',
    finished: 'nothing',
    halted: 'a: - then - halted',
    replaced: 'nothing',
    drain: 'nothing (draining)',
  },
  running: {
    // a: 1 then -
    arrived: 'a: 1 then 9',
    finished: 'nothing',
    halted: 'a: - then - halted',
    replaced: 'a: 1 then -',
    drain: 'a: 1 then - (draining)',
  },
  waiting: {
    // a: 1 then 2
    arrived: 'a: 1 then 2 9',
    finished: 'start 2 | a: 2 then -',
    halted: 'a: - then 2 halted',
    replaced: 'a: 1 then -',
    drain: 'a: 1 then 2 (draining)',
  },
  full: {
    // a: 1 then -; b: - then 2
    arrived: 'a: 1 then 9; b: - then 2',
    finished: 'start 2 | b: 2 then -',
    halted: 'start 2 | a: - then - halted; b: 2 then -',
    replaced: 'a: 1 then -',
    drain: 'a: 1 then -; b: - then 2 (draining)',
  },
  'side by side': {
    // a: 1+2 then 3
    arrived: 'a: 1+2 then 3 9',
    finished: 'start 3 | a: 2+3 then -',
    halted: 'a: 2 then 3 halted',
    replaced: 'a: 1+2 then -',
    drain: 'a: 1+2 then 3 (draining)',
  },
  halted: {
    // a: - then 2 halted
    arrived: 'a: - then 2 9 halted',
    finished: 'a: - then 2 halted',
    halted: 'a: - then 2 halted',
    replaced: 'nothing',
    drain: 'a: - then 2 halted (draining)',
  },
  'half halted': {
    // a: 1 then 3 halted
    arrived: 'a: 1 then 3 9 halted',
    finished: 'a: - then 3 halted',
    halted: 'a: - then 3 halted',
    replaced: 'a: 1 then -',
    drain: 'a: 1 then 3 halted (draining)',
  },
  draining: {
    // a: 1 then 2
    arrived: 'a: 1 then 2 9 (draining)',
    finished: 'a: - then 2 (draining)',
    halted: 'a: - then 2 halted (draining)',
    replaced: 'a: 1 then - (draining)',
    drain: 'a: 1 then 2 (draining)',
  },
}

/** What is started, and each lane: what runs, what waits, and whether it stands still. */
function inWords({ lanes, draining }: Lanes, start: readonly number[]): string {
  const ids = (work: readonly { readonly id: number }[], between: string) =>
    work.map(({ id }) => id).join(between) || '-'
  const all = [...lanes].map(
    ([name, { running, queued, halted }]) =>
      `${name}: ${ids(running, '+')} then ${ids(queued, ' ')}${halted ? ' halted' : ''}`,
  )
  const started = start.length === 0 ? '' : `start ${start.join(' ')} | `
  return `${started}${all.join('; ') || 'nothing'}${draining ? ' (draining)' : ''}`
}

describe('lanes, in every state and with every input', () => {
  for (const [state, row] of Object.entries(transitions)) {
    for (const [kind, want] of Object.entries(row)) {
      it(`${state}, ${kind}: ${want}`, () => {
        const [lanes, input] = [states[state], Object.values(inputs).find((each) => each.kind === kind)]
        if (lanes === undefined || input === undefined) throw new Error('the table names what there is not')
        const [next, start] = stepLanes(lanes, input)
        expect(inWords(next, start)).toBe(want)
      })
    }
  }
})
