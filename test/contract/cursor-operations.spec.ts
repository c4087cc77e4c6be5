import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { beforeFirst, ORDER_PLACED, offset, orders, partitions } from './builders.ts'
import { contract } from './contract.ts'
import type { World } from './world.ts'

type Operation = 'cursor-distances' | 'shifted-cursors' | 'cursors-lag'

function ask({ post }: World, operation: Operation, body: unknown, eventType = ORDER_PLACED) {
  return post(`/event-types/${eventType}/${operation}`, body)
}

/** An event type whose timelines 1, 2 and 3 have no, two and two events in their only partition. */
async function threeTimelines(world: World): Promise<void> {
  await world.createEventType()
  await world.switchTimeline()
  await world.publish(orders(1, 2))
  await world.switchTimeline()
  await world.publish(orders(3, 4))
}

function cursor(offsetText: string, partition = '0') {
  return { partition, offset: offsetText }
}

contract('the distance between cursors', (it) => {
  const distances = [
    { from: offset(0, 2), to: offset(1, 2), want: 1 },
    { from: offset(1, 2), to: offset(0, 2), want: -1 },
    { from: beforeFirst(1), to: offset(1, 3), want: 4 },
    { from: offset(1, 3), to: 'BEGIN', want: -4 },
    { from: offset(1, 2), to: beforeFirst(3), want: 0 },
    { from: offset(0, 2), to: offset(0, 3), want: 2 },
  ]
  for (const { from, to, want } of distances) {
    it(`from ${from} to ${to} is ${want}`, async (world) => {
      await threeTimelines(world)
      const pair = { initial_cursor: cursor(from), final_cursor: cursor(to) }
      const response = await ask(world, 'cursor-distances', [pair])
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual([{ ...pair, distance: want }])
    })
  }

  it('is refused with 422 between partitions', async (world) => {
    await world.createEventType(partitions(2))
    const pair = { initial_cursor: cursor(offset(0)), final_cursor: cursor(offset(0), '1') }
    const response = await ask(world, 'cursor-distances', [pair])
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      'Cursors with different partition. Pairs of cursors should have matching partitions.',
    ])
  })

  it('is refused with 400 for half a pair', async (world) => {
    await world.createEventType()
    const response = await ask(world, 'cursor-distances', [{ final_cursor: cursor(offset(0)) }])
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ title: 'Constraint Violation' })
  })
})

contract('a shifted cursor', (it) => {
  const shifts = [
    { from: offset(1, 3), shift: -2, want: beforeFirst(3) },
    { from: offset(1, 3), shift: -3, want: offset(0, 2) },
    { from: offset(1, 3), shift: -4, want: beforeFirst(2) },
    { from: beforeFirst(1), shift: 3, want: offset(0, 3) },
    { from: offset(1, 3), shift: 5, want: offset(6, 3) },
    { from: offset(1, 2), shift: 0, want: beforeFirst(3) },
  ]
  for (const { from, shift, want } of shifts) {
    it(`from ${from} by ${shift} is ${want}`, async (world) => {
      await threeTimelines(world)
      const response = await ask(world, 'shifted-cursors', [{ ...cursor(from), shift }])
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual([cursor(want)])
    })
  }

  it('stays where it is without a shift', async (world) => {
    await world.createEventType()
    const response = await ask(world, 'shifted-cursors', [cursor(offset(3))])
    expect(await response.json()).toEqual([cursor(offset(3))])
  })

  it('is refused with 422 before everything', async (world) => {
    await world.createEventType()
    const response = await ask(world, 'shifted-cursors', [{ ...cursor('BEGIN'), shift: -1 }])
    expect([response.status, await detailOf(response)]).toEqual([
      422,
      'Timeline not found. It might happen in case the cursor refers to a timeline that has already expired.',
    ])
  })

  it('is refused with 400 by a shift that is no integer', async (world) => {
    await world.createEventType()
    const response = await ask(world, 'shifted-cursors', [{ ...cursor(offset(0)), shift: 'far' }])
    expect(response.status).toBe(400)
  })
})

contract('the lag of a cursor', (it) => {
  it('is the number of events after it, over all timelines', async (world) => {
    await threeTimelines(world)
    const response = await ask(world, 'cursors-lag', [cursor(offset(0, 2)), cursor('BEGIN')])
    expect(response.status).toBe(200)
    const partition = {
      partition: '0',
      oldest_available_offset: offset(0),
      newest_available_offset: offset(1, 3),
    }
    expect(await response.json()).toEqual([
      { ...partition, unconsumed_events: 3 },
      { ...partition, unconsumed_events: 4 },
    ])
  })

  it('ends at the newest timeline that has events', async (world) => {
    await threeTimelines(world)
    await world.switchTimeline()
    const response = await ask(world, 'cursors-lag', [cursor(offset(1, 3))])
    expect(await response.json()).toMatchObject([
      { newest_available_offset: offset(1, 3), unconsumed_events: 0 },
    ])
  })
})

const operations: readonly { operation: Operation; item: (given: object) => object }[] = [
  {
    operation: 'cursor-distances',
    item: (given) => ({ initial_cursor: cursor(offset(0)), final_cursor: given }),
  },
  { operation: 'shifted-cursors', item: (given) => given },
  { operation: 'cursors-lag', item: (given) => given },
]

for (const { operation, item } of operations) {
  contract(`POST ${operation}`, (it) => {
    it('is refused with 404 for an unknown event type', async (world) => {
      const response = await ask(world, operation, [item(cursor(offset(0)))], 'order.cancelled')
      expect([response.status, await detailOf(response)]).toEqual([
        404,
        'EventType "order.cancelled" does not exist.',
      ])
    })

    const refusals = [
      { given: cursor('END'), detail: 'problem converting cursors' },
      { given: cursor('001-0001'), detail: 'problem converting cursors' },
      { given: cursor(offset(0, 7)), detail: 'problem converting cursors' },
      { given: cursor('BEGIN', '9'), detail: 'problem converting cursors' },
      { given: cursor(offset(0), '9'), detail: 'Partition not found.' },
    ]
    for (const { given, detail } of refusals) {
      it(`is refused with 422 for offset ${given.offset} of partition ${given.partition}`, async (world) => {
        await world.createEventType()
        const response = await ask(world, operation, [item(given)])
        expect([response.status, await detailOf(response)]).toEqual([422, detail])
      })
    }

    for (const field of ['partition', 'offset']) {
      it(`is refused with 400 and the violation for a cursor without ${field}`, async (world) => {
        await world.createEventType()
        const response = await ask(world, operation, [item({ ...cursor(offset(0)), [field]: '' })])
        expect(response.status).toBe(400)
        expect(await response.json()).toMatchObject({
          type: 'https://zalando.github.io/problem/constraint-violation',
          title: 'Constraint Violation',
          status: 400,
          violations: [{ field: expect.stringContaining(field), message: `cursor ${field} cannot be empty` }],
        })
      })
    }

    it('is refused with 400 for what is no list', async (world) => {
      await world.createEventType()
      expect((await ask(world, operation, { items: [] })).status).toBe(400)
    })

    it('is refused with 415 for what is no JSON', async (world) => {
      await world.createEventType()
      const path = `/event-types/${ORDER_PLACED}/${operation}`
      const response = await world.post(path, '[]', { 'content-type': 'text/plain' })
      expect(response.status).toBe(415)
    })
  })
}
