// The whole of the committer: every state of a partition, every step that can be made in it, and what comes of it.

import type { SubscriptionCursor } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import {
  abandon,
  acknowledge,
  emptyLane,
  giveBack,
  type HandedOut,
  handOut,
  type Lane,
  settle,
  takeReady,
} from './committer.ts'

function cursor(offset: number): SubscriptionCursor {
  return { event_type: 'e', partition: '0', offset: String(offset), cursor_token: 't' }
}

const next = (lane: Lane) => handOut(lane, cursor(lane.nextSequence), 1)
const delivered = next(next(emptyLane))
const ready = acknowledge(delivered, 0)
const inFlight = takeReady(ready)
const first: HandedOut = { sequence: 0, cursor: cursor(0), acknowledged: true }

const states: Readonly<Record<string, Lane>> = {
  fresh: emptyLane,
  delivered,
  held: acknowledge(delivered, 1),
  ready,
  'in flight': inFlight,
  committed: settle(inFlight, 0, 2),
  settled: settle(takeReady(acknowledge(ready, 1)), 1, 2),
  gone: abandon(ready),
}

const steps: Readonly<Record<string, (lane: Lane) => Lane>> = {
  'hand out': next,
  'acknowledge 0': (lane) => acknowledge(lane, 0),
  'acknowledge 1': (lane) => acknowledge(lane, 1),
  take: takeReady,
  'give 0 back': (lane) => giveBack(lane, first),
  'settle 0': (lane) => settle(lane, 0, 3),
  abandon,
}

/** Steps that a state lacks cannot happen in it: what was not taken is neither given back nor settled. */
const transitions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fresh: {
    'hand out': 'open 0, ready -, settled 0 of 1',
    take: 'open -, ready -, settled 0 of 0',
    abandon: 'open -, ready -, settled 0 of 0',
  },
  delivered: {
    'hand out': 'open 0 1 2, ready -, settled 0 of 3',
    'acknowledge 0': 'open 1, ready 0, settled 0 of 2',
    'acknowledge 1': 'open 0 1*, ready -, settled 0 of 2',
    take: 'open 0 1, ready -, settled 0 of 2',
    abandon: 'open -, ready -, settled 2 of 2',
  },
  held: {
    'hand out': 'open 0 1* 2, ready -, settled 0 of 3',
    'acknowledge 0': 'open -, ready 1, settled 0 of 2',
    'acknowledge 1': 'open 0 1*, ready -, settled 0 of 2',
    take: 'open 0 1*, ready -, settled 0 of 2',
    abandon: 'open -, ready -, settled 2 of 2',
  },
  ready: {
    'hand out': 'open 1 2, ready 0, settled 0 of 3',
    'acknowledge 0': 'open 1, ready 0, settled 0 of 2',
    'acknowledge 1': 'open -, ready 1, settled 0 of 2',
    take: 'open 1, ready -, settled 0 of 2',
    abandon: 'open -, ready -, settled 2 of 2',
  },
  'in flight': {
    'hand out': 'open 1 2, ready -, settled 0 of 3',
    'acknowledge 0': 'open 1, ready -, settled 0 of 2',
    'acknowledge 1': 'open -, ready 1, settled 0 of 2',
    take: 'open 1, ready -, settled 0 of 2',
    'give 0 back': 'open 1, ready 0, settled 0 of 2',
    'settle 0': 'open 1, ready -, settled 1 of 2',
    abandon: 'open -, ready -, settled 2 of 2',
  },
  committed: {
    'hand out': 'open 1 2, ready -, settled 1 of 3',
    'acknowledge 0': 'open 1, ready -, settled 1 of 2',
    'acknowledge 1': 'open -, ready 1, settled 1 of 2',
    take: 'open 1, ready -, settled 1 of 2',
    'give 0 back': 'open 1, ready -, settled 1 of 2',
    'settle 0': 'open 1, ready -, settled 1 of 2',
    abandon: 'open -, ready -, settled 2 of 2',
  },
  settled: {
    'hand out': 'open 2, ready -, settled 2 of 3',
    'acknowledge 0': 'open -, ready -, settled 2 of 2',
    'acknowledge 1': 'open -, ready -, settled 2 of 2',
    take: 'open -, ready -, settled 2 of 2',
    'give 0 back': 'open -, ready -, settled 2 of 2',
    'settle 0': 'open -, ready -, settled 2 of 2',
    abandon: 'open -, ready -, settled 2 of 2',
  },
  gone: {
    'hand out': 'open 2, ready -, settled 2 of 3',
    'acknowledge 0': 'open -, ready -, settled 2 of 2',
    'acknowledge 1': 'open -, ready -, settled 2 of 2',
    take: 'open -, ready -, settled 2 of 2',
    'give 0 back': 'open -, ready -, settled 2 of 2',
    'settle 0': 'open -, ready -, settled 2 of 2',
    abandon: 'open -, ready -, settled 2 of 2',
  },
}

/** A lane in words; a star is an acknowledgement that waits for an earlier one. */
function inWords({ open, ready: waiting, settled, nextSequence }: Lane): string {
  const batches = open.map(({ sequence, acknowledged }) => `${sequence}${acknowledged ? '*' : ''}`)
  return `open ${batches.join(' ') || '-'}, ready ${waiting?.sequence ?? '-'}, settled ${settled} of ${nextSequence}`
}

describe('a partition, in every state and with every step', () => {
  for (const [state, row] of Object.entries(transitions)) {
    for (const [step, want] of Object.entries(row)) {
      it(`${state}, ${step}: ${want}`, () => {
        const [lane, make] = [states[state], steps[step]]
        if (lane === undefined || make === undefined) throw new Error('the table names what there is not')
        expect(inWords(make(lane))).toBe(want)
      })
    }
  }
})
