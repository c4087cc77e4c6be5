import { completeEventType } from '@rioni/event-types'
import type { EventTypePartition } from '@rioni/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply } from './apply.ts'
import type { Command, CommandType, Outcomes } from './commands.ts'
import { type BrokerState, emptyState } from './state.ts'

const AT = Date.UTC(2026, 0, 1)

function createEventType(name: string, partitions: readonly string[] = ['0']): Command<'createEventType'> {
  const schema = { type: 'json_schema', schema: '{}' } as const
  const eventType = completeEventType({ name, owning_application: 'shop', category: 'undefined', schema }, AT)
  return { type: 'createEventType', eventType, partitions, topic: `topic-of-${name}` }
}

function deleteEventType(name: string): Command<'deleteEventType'> {
  const deletableSubscriptions = { owning_application: 'archive', consumer_group: 'default' }
  return { type: 'deleteEventType', name, deletableSubscriptions }
}

function createSubscription(
  id: string,
  event_types: readonly string[] = ['e'],
): Command<'createSubscription'> {
  return {
    type: 'createSubscription',
    subscription: {
      id,
      event_types,
      owning_application: 'shop',
      consumer_group: 'default',
      read_from: 'begin',
      initial_cursors: [],
      authorization: null,
      annotations: {},
      labels: {},
    },
  }
}

function openSession(id: string, requested: readonly EventTypePartition[] = []): Command<'openSession'> {
  const startAt = ['0', '1'].map((partition) => ({ event_type: 'e', partition, offset: offset(-1) }))
  return { type: 'openSession', subscriptionId: 's', session: { id, requested }, startAt }
}

function commit(sessionId: string, partition: string, number: number): Command<'commitCursors'> {
  const cursors = [{ event_type: 'e', partition, offset: offset(number) }]
  return { type: 'commitCursors', subscriptionId: 's', sessionId, cursors }
}

function offset(number: number): string {
  return `001-0001-${number < 0 ? number : String(number).padStart(18, '0')}`
}

/** A broker that has been through some commands. */
function createRun(...commands: readonly Command[]) {
  let state = emptyState
  const run = <T extends CommandType>(command: Command<T>): Outcomes[T] => {
    const [after, outcome] = apply(state, command, AT)
    state = after
    return outcome
  }
  for (const command of commands) run(command)
  return { run, state: () => state, owners: () => owners(state) }
}

function owners(state: BrokerState): string {
  const positions = state.subscriptions.get('s')?.positions ?? []
  return positions
    .map(({ session, nextSession }) =>
      nextSession === null ? (session ?? '-') : `${session}>${nextSession}`,
    )
    .join(' ')
}

const SUBSCRIBED = [createEventType('e', ['0', '1']), createSubscription('s')]

describe('an event type', () => {
  it('is created once', () => {
    const { run, state } = createRun()
    expect(run(createEventType('e'))).toEqual({ kind: 'created' })
    const before = state()
    expect(run(createEventType('e'))).toEqual({ kind: 'exists' })
    expect(state()).toBe(before)
  })

  it('is deleted with its topics', () => {
    const { run, state } = createRun(createEventType('e'))
    expect(run(deleteEventType('e'))).toEqual({ kind: 'deleted', topics: ['topic-of-e'] })
    expect(state().eventTypes.size).toBe(0)
    expect(run(deleteEventType('e'))).toEqual({ kind: 'unknownEventType' })
  })

  it('is not deleted while a subscription contains it', () => {
    const { run } = createRun(...SUBSCRIBED)
    expect(run(deleteEventType('e'))).toEqual({ kind: 'hasSubscriptions' })
    run({ type: 'deleteSubscription', id: 's' })
    expect(run(deleteEventType('e'))).toMatchObject({ kind: 'deleted' })
  })
})

describe('a subscription', () => {
  it('is created at the time of the command', () => {
    const { run } = createRun(createEventType('e'))
    expect(run(createSubscription('s'))).toMatchObject({
      kind: 'created',
      subscription: {
        id: 's',
        created_at: '2026-01-01T00:00:00.000Z',
        updated_at: '2026-01-01T00:00:00.000Z',
      },
    })
  })

  it('is found again by its identity', () => {
    const { run } = createRun(...SUBSCRIBED)
    expect(run(createSubscription('other'))).toMatchObject({ kind: 'exists', subscription: { id: 's' } })
  })

  it('is refused for event types that do not exist', () => {
    const { run } = createRun(createEventType('b'))
    const outcome = run(createSubscription('s', ['a', 'b', 'c']))
    expect(outcome).toEqual({ kind: 'unknownEventTypes', names: ['a', 'c'] })
  })

  it('is deleted once', () => {
    const { run } = createRun(...SUBSCRIBED)
    expect(run({ type: 'deleteSubscription', id: 's' })).toEqual({ kind: 'deleted' })
    expect(run({ type: 'deleteSubscription', id: 's' })).toEqual({ kind: 'unknownSubscription' })
  })
})

describe('a session', () => {
  it('gets its share of the partitions', () => {
    const { run, owners } = createRun(...SUBSCRIBED)
    expect(run(openSession('a'))).toEqual({ kind: 'opened' })
    expect(owners()).toBe('a a')
    run(openSession('b'))
    expect(owners()).toBe('a a>b')
  })

  it('is refused without a slot, but sets the positions', () => {
    const { run, owners } = createRun(...SUBSCRIBED, openSession('a'), openSession('b'))
    expect(run(openSession('c'))).toEqual({ kind: 'noFreeSlots', slots: 2 })
    expect(owners()).toBe('a a>b')
  })

  it('is refused a slot that sessions with named partitions need', () => {
    const { run } = createRun(
      ...SUBSCRIBED,
      openSession('a', [{ event_type: 'e', partition: '0' }]),
      openSession('b'),
    )
    expect(run(openSession('c'))).toEqual({ kind: 'noFreeSlots', slots: 2 })
  })

  it('is refused partitions that another one has named', () => {
    const wanted = [{ event_type: 'e', partition: '1' }]
    const { run } = createRun(...SUBSCRIBED, openSession('a', wanted))
    expect(run(openSession('b', wanted))).toEqual({ kind: 'partitionsTaken', partitions: wanted })
  })

  it('hands over what another one waits for', () => {
    const { run, owners } = createRun(...SUBSCRIBED, openSession('a'), openSession('b'))
    const partitions = [{ event_type: 'e', partition: '1' }]
    run({ type: 'releasePartitions', subscriptionId: 's', sessionId: 'b', partitions })
    expect(owners()).toBe('a a>b')
    run({ type: 'releasePartitions', subscriptionId: 's', sessionId: 'a', partitions })
    expect(owners()).toBe('a b')
  })

  it('leaves its partitions to the others', () => {
    const { run, owners } = createRun(...SUBSCRIBED, openSession('a'), openSession('b'))
    run({ type: 'closeSession', subscriptionId: 's', sessionId: 'a' })
    expect(owners()).toBe('b b')
    run({ type: 'closeSession', subscriptionId: 's', sessionId: 'b' })
    expect(owners()).toBe('- -')
  })

  it('keeps the positions that the first one has set', () => {
    const { run, state } = createRun(...SUBSCRIBED, openSession('a'), commit('a', '0', 5))
    run({ type: 'closeSession', subscriptionId: 's', sessionId: 'a' })
    run(openSession('b'))
    const committed = state()
      .subscriptions.get('s')
      ?.positions.map((position) => position.committed)
    expect(committed).toEqual([offset(5), offset(-1)])
  })
})

describe('a commit', () => {
  it('moves a partition forward and never back', () => {
    const { run } = createRun(...SUBSCRIBED, openSession('a'))
    expect(run(commit('a', '0', 3))).toEqual({ kind: 'committed', results: ['committed'] })
    expect(run(commit('a', '0', 3))).toEqual({ kind: 'committed', results: ['outdated'] })
    expect(run(commit('a', '0', 2))).toEqual({ kind: 'committed', results: ['outdated'] })
  })

  it('tells what became of each cursor, in their order', () => {
    const { run } = createRun(...SUBSCRIBED, openSession('a'))
    const cursors = [5, 4, 6].map((number) => ({ event_type: 'e', partition: '0', offset: offset(number) }))
    expect(run({ type: 'commitCursors', subscriptionId: 's', sessionId: 'a', cursors })).toEqual({
      kind: 'committed',
      results: ['committed', 'outdated', 'committed'],
    })
  })

  it('is refused as a whole when one partition belongs to another session', () => {
    const { run, state } = createRun(...SUBSCRIBED, openSession('a'), openSession('b'))
    const before = state()
    const cursors = ['0', '1'].map((partition) => ({ event_type: 'e', partition, offset: offset(1) }))
    const outcome = run({ type: 'commitCursors', subscriptionId: 's', sessionId: 'b', cursors })
    expect(outcome).toEqual({ kind: 'foreignPartition', cursor: cursors[0] })
    expect(state()).toBe(before)
  })

  it('is refused for partitions that nobody has, sessions that are gone and unknown subscriptions', () => {
    const { run } = createRun(...SUBSCRIBED, openSession('a'))
    expect(run(commit('a', '7', 1))).toMatchObject({
      kind: 'unassignedPartition',
      cursor: { partition: '7' },
    })
    expect(run(commit('b', '0', 1))).toEqual({ kind: 'unknownSession' })
    expect(run({ ...commit('a', '0', 1), subscriptionId: 'x' })).toEqual({ kind: 'unknownSubscription' })
  })
})

describe('a replay', () => {
  const session = fc.constantFrom('a', 'b', 'c')
  const partition = fc.constantFrom('0', '1')
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.constantFrom('e', 'f').map((name) => createEventType(name, ['0', '1'])),
    fc.constantFrom('e', 'f').map(deleteEventType),
    fc.constant(createSubscription('s')),
    fc.constant<Command>({ type: 'deleteSubscription', id: 's' }),
    session.map((id) => openSession(id)),
    session.map((sessionId): Command => ({ type: 'closeSession', subscriptionId: 's', sessionId })),
    fc.record({ session, partition }).map(
      ({ session: sessionId, partition: one }): Command => ({
        type: 'releasePartitions',
        subscriptionId: 's',
        sessionId,
        partitions: [{ event_type: 'e', partition: one }],
      }),
    ),
    fc.tuple(session, partition, fc.nat(5)).map(([id, one, number]) => commit(id, one, number)),
  )

  it('of the same commands gives the same state and the same outcomes', () => {
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const runs = [createRun(), createRun()] as const
        for (const one of commands) expect(runs[0].run(one)).toEqual(runs[1].run(one))
        expect(runs[0].state()).toEqual(runs[1].state())
      }),
    )
  })

  it('never changes a state that somebody still holds', () => {
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const { run, state } = createRun()
        for (const one of commands) {
          const held = state()
          const copy = structuredClone(held)
          run(one)
          expect(held).toEqual(copy)
        }
      }),
    )
  })
})

describe('the positions of a subscription', () => {
  const startAt = [{ event_type: 'e', partition: '0', offset: offset(4) }]

  it('are set once', () => {
    const { run, state } = createRun(...SUBSCRIBED)
    expect(run({ type: 'initializePositions', subscriptionId: 's', startAt })).toEqual({
      kind: 'initialized',
    })
    const before = state()
    run({ type: 'initializePositions', subscriptionId: 's', startAt: [] })
    expect(state()).toBe(before)
    expect(before.subscriptions.get('s')?.positions).toMatchObject([
      { committed: offset(4), state: 'unassigned' },
    ])
  })

  it('are moved backwards too when streams are let in again, and lose what was suspected of them', () => {
    const { run, state } = createRun(...SUBSCRIBED, openSession('a'), commit('a', '0', 7))
    const partition = { event_type: 'e', partition: '0' }
    const suspicion = { subscriptionId: 's', sessionId: 'a', partition, lastDeadLetterOffset: offset(9) }
    expect(run({ type: 'suspectDeadLetters', ...suspicion })).toEqual({ kind: 'suspected' })
    expect(run({ type: 'suspectDeadLetters', ...suspicion })).toEqual({ kind: 'ignored' })
    run({ type: 'closeStreams', subscriptionId: 's' })
    run({ type: 'resumeStreams', subscriptionId: 's', cursors: startAt })
    expect(state().subscriptions.get('s')?.positions[0]).toMatchObject({
      committed: offset(4),
      lastDeadLetterOffset: null,
    })
  })
})

describe('a subscription whose streams are being closed', () => {
  it('lets no stream in until they may resume', () => {
    const { run } = createRun(...SUBSCRIBED)
    expect(run({ type: 'closeStreams', subscriptionId: 's' })).toEqual({ kind: 'closing' })
    expect(run({ type: 'closeStreams', subscriptionId: 's' })).toEqual({ kind: 'alreadyClosing' })
    expect(run(openSession('a'))).toEqual({ kind: 'closingStreams' })
    run({ type: 'resumeStreams', subscriptionId: 's', cursors: [] })
    expect(run(openSession('a'))).toEqual({ kind: 'opened' })
  })
})

describe('failed commits', () => {
  const failed = [{ event_type: 'e', partition: '0' }]
  const counts = (state: BrokerState) =>
    state.subscriptions.get('s')?.positions.map(({ failedCommits }) => failedCommits)

  it('are counted for each partition that a stream left uncommitted, until there is a commit', () => {
    const { run, state } = createRun(...SUBSCRIBED, openSession('a'))
    run({ type: 'closeSession', subscriptionId: 's', sessionId: 'a', failed })
    run(openSession('b'))
    run({ type: 'closeSession', subscriptionId: 's', sessionId: 'b', failed })
    expect(counts(state())).toEqual([2, 0])
    run(openSession('c'))
    run(commit('c', '0', 0))
    expect(counts(state())).toEqual([0, 0])
  })

  it('are suspected until a commit passes the last suspected offset', () => {
    const { run, state } = createRun(...SUBSCRIBED, openSession('a'))
    const partition = { event_type: 'e', partition: '0' }
    run({
      type: 'suspectDeadLetters',
      subscriptionId: 's',
      sessionId: 'a',
      partition,
      lastDeadLetterOffset: offset(1),
    })
    const suspected = () => state().subscriptions.get('s')?.positions[0]?.lastDeadLetterOffset
    run(commit('a', '0', 0))
    expect(suspected()).toBe(offset(1))
    run(commit('a', '0', 1))
    expect(suspected()).toBeNull()
  })
})

describe('changing a subscription', () => {
  it('keeps the annotations and labels that are not given', () => {
    const { run, state } = createRun(...SUBSCRIBED)
    const command = { type: 'updateSubscription', id: 's', authorization: null } as const
    run({ ...command, annotations: { a: '1' }, labels: { b: '2' } })
    run({ ...command, annotations: undefined, labels: {} })
    expect(state().subscriptions.get('s')?.subscription).toMatchObject({
      annotations: { a: '1' },
      labels: {},
    })
  })

  it('changes nothing when there is none', () => {
    const command = { id: 'none', authorization: null, annotations: {}, labels: {} }
    expect(createRun().run({ type: 'updateSubscription', ...command })).toEqual({
      kind: 'unknownSubscription',
    })
  })
})
