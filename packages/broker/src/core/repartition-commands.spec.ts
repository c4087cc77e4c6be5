import { completeEventType } from '@rioni/event-types'
import { describe, expect, it } from 'vitest'
import { apply } from './apply.ts'
import type { Command } from './commands.ts'
import { type BrokerState, emptyState } from './state.ts'

const AT = Date.UTC(2026, 0, 1)

function stateAfter(before: BrokerState, ...commands: readonly Command[]): BrokerState {
  return commands.reduce((state, command) => apply(state, command, AT)[0], before)
}

const eventType = completeEventType(
  {
    name: 'e',
    owning_application: 'shop',
    category: 'undefined',
    schema: { type: 'json_schema', schema: '{}' },
  },
  AT,
)
const CREATED = stateAfter(emptyState, { type: 'createEventType', eventType, partitions: ['0'], topic: 't' })

const addPartitions = (...partitions: readonly string[]): Command<'addPartitions'> => ({
  type: 'addPartitions',
  name: 'e',
  partitions,
})

describe('adding partitions', () => {
  it('says of closed timelines that they have nothing in the new partitions', () => {
    const switched = stateAfter(CREATED, {
      type: 'createTimeline',
      name: 'e',
      storageId: 'default',
      topic: 'u',
      closed: { order: 1, latestPosition: [41] },
    })
    const { eventTypes } = stateAfter(switched, addPartitions('0', '1', '2'))
    const positions = eventTypes.get('e')?.timelines.map(({ latestPosition }) => latestPosition)
    expect(positions).toEqual([[41, -1, -1], null])
  })

  it('does nothing when a partition that exists would be missing', () => {
    const three = stateAfter(CREATED, addPartitions('0', '1', '2'))
    const [state, outcome] = apply(three, addPartitions('0', '1'), AT)
    expect(outcome).toEqual({ kind: 'fewerPartitions' })
    expect(state).toBe(three)
  })

  it('does nothing when the event type is gone', () => {
    const [state, outcome] = apply(emptyState, addPartitions('0', '1'), AT)
    expect(outcome).toEqual({ kind: 'unknownEventType' })
    expect(state).toBe(emptyState)
  })

  it('makes a change that was decided before outdated', () => {
    const extended = stateAfter(CREATED, addPartitions('0', '1'))
    const [, outcome] = apply(extended, { type: 'updateEventType', eventType, revision: 0 }, AT)
    expect(outcome).toEqual({ kind: 'outdated' })
  })
})
