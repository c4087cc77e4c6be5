import { completeEventType } from '@rioni/event-types'
import { describe, expect, it } from 'vitest'
import { apply } from './apply.ts'
import type { Command, CommandType, Outcomes } from './commands.ts'
import { type BrokerState, emptyState, type StorageState, type Timeline } from './state.ts'

const HOUR_MS = 3_600_000
const RETENTION_MS = 3 * HOUR_MS

/** A broker with the event type `e` of one partition, whose commands a test applies. */
function createRun(cleanup_policy: 'delete' | 'compact' = 'delete') {
  let state: BrokerState = emptyState
  const run = <T extends CommandType>(command: Command<T>, at = 0): Outcomes[T] => {
    const [after, outcome] = apply(state, command, at)
    state = after
    return outcome
  }
  const timelines = (): readonly Timeline[] => state.eventTypes.get('e')?.timelines ?? []
  const create = () => {
    const schema = { type: 'json_schema', schema: '{}' } as const
    const options = { retention_time: RETENTION_MS }
    const given = { name: 'e', owning_application: 'shop', category: 'undefined', schema } as const
    const eventType = completeEventType({ ...given, options, cleanup_policy }, 0)
    return run({ type: 'createEventType', eventType, partitions: ['0'], topic: 't1' })
  }
  const next = (order: number, at: number, storageId = 'default') =>
    run(
      {
        type: 'createTimeline',
        name: 'e',
        storageId,
        topic: `t${order + 1}`,
        closed: { order, latestPosition: [4] },
      },
      at,
    )
  return { run, create, next, timelines, state: () => state }
}

function aStorage(id: string, isDefault = false): StorageState {
  const zookeeperConnection = { type: 'zookeeper', addresses: [], path: '' }
  return { id, storageType: 'kafka', kafkaConfiguration: { zookeeperConnection }, isDefault }
}

describe('a new timeline', () => {
  it('closes the active one, whose records are kept for the retention time', () => {
    const { create, next, timelines } = createRun()
    create()
    expect(next(1, HOUR_MS)).toEqual({ kind: 'created' })
    expect(timelines()).toMatchObject([
      { order: 1, topic: 't1', latestPosition: [4], cleanedUpAt: HOUR_MS + RETENTION_MS },
      { order: 2, topic: 't2', latestPosition: null, cleanedUpAt: null, switchedAt: HOUR_MS },
    ])
  })

  it('is refused when another one has been begun since', () => {
    const { create, next, timelines } = createRun()
    create()
    next(1, 0)
    expect(next(1, 0)).toEqual({ kind: 'outdated' })
    expect(timelines()).toHaveLength(2)
  })

  it('is refused for what does not exist', () => {
    const { create, next } = createRun()
    expect(next(1, 0)).toEqual({ kind: 'unknownEventType' })
    create()
    expect(next(1, 0, 'tape')).toEqual({ kind: 'unknownStorage' })
  })
})

describe('a closed timeline', () => {
  it('is given up when its time has come, and not before', () => {
    const { create, next, run, timelines } = createRun()
    create()
    next(1, 0)
    expect(run({ type: 'expireTimelines' }, RETENTION_MS - 1)).toEqual({ kind: 'expired', topics: [] })
    expect(run({ type: 'expireTimelines' }, RETENTION_MS)).toEqual({ kind: 'expired', topics: ['t1'] })
    expect(timelines().map(({ deleted }) => deleted)).toEqual([true, false])
    expect(run({ type: 'expireTimelines' }, RETENTION_MS)).toEqual({ kind: 'expired', topics: [] })
  })

  it('has no topic to delete with its event type once it is given up', () => {
    const { create, next, run } = createRun()
    create()
    next(1, 0)
    run({ type: 'expireTimelines' }, RETENTION_MS)
    const deleted = run({ type: 'deleteEventType', name: 'e', deletableSubscriptions: 'all' })
    expect(deleted).toMatchObject({ kind: 'deleted', topics: ['t2'] })
  })
})

describe('a storage', () => {
  it('takes new event types while it is the default', () => {
    const { create, run, timelines } = createRun()
    run({ type: 'createStorage', storage: aStorage('second', true) })
    create()
    expect(timelines()).toMatchObject([{ storageId: 'second' }])
  })

  it('takes compacted event types only if it is the first one', () => {
    const { create, run, timelines } = createRun('compact')
    run({ type: 'createStorage', storage: aStorage('second', true) })
    create()
    expect(timelines()).toMatchObject([{ storageId: 'default' }])
  })

  it('is the only default', () => {
    const { run, state } = createRun()
    run({ type: 'createStorage', storage: aStorage('second', true) })
    run({ type: 'createStorage', storage: aStorage('third') })
    expect(run({ type: 'setDefaultStorage', id: 'third' })).toMatchObject({ kind: 'chosen' })
    const defaults = [...state().storages.values()].filter(({ isDefault }) => isDefault)
    expect(defaults.map(({ id }) => id)).toEqual(['third'])
  })

  it('is kept while a timeline is in it, and can go when that one is given up', () => {
    const { create, next, run } = createRun()
    run({ type: 'createStorage', storage: aStorage('second') })
    run({ type: 'setDefaultStorage', id: 'second' })
    create()
    next(1, 0)
    expect(run({ type: 'deleteStorage', id: 'second' })).toEqual({ kind: 'used' })
    run({ type: 'expireTimelines' }, RETENTION_MS)
    expect(run({ type: 'deleteStorage', id: 'second' })).toEqual({ kind: 'deleted' })
    expect(run({ type: 'deleteStorage', id: 'second' })).toEqual({ kind: 'unknownStorage' })
  })
})
