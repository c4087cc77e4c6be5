// How a producer is emptied and ended, and what becomes of events when it fails itself.

import { describe, expect, it } from 'vitest'
import { producerOf } from './publishing-world.ts'
import { createWorld, orders, scripted, whileTimePasses } from './world.ts'

describe('a producer that is emptied', () => {
  it('sends what waits without lingering on flush', async () => {
    const { client } = await createWorld()
    const producer = producerOf(client(), { lingerMs: 1e9 })
    const published = producer.publish({ n: 1 })
    await producer.flush()
    expect(await published).toMatchObject({ status: 'submitted' })
  })

  it('settles everything on close, takes nothing after it, and leaves no timer', async () => {
    const world = await createWorld()
    const producer = producerOf(world.client(), { lingerMs: 1e9, maxEvents: 3 })
    const published = producer.publish(orders(1, 10))
    await producer.close()
    expect((await published).every(({ status }) => status === 'submitted')).toBe(true)
    await expect(producer.publish({ n: 11 })).rejects.toMatchObject({ code: 'closed', outcome: 'not-sent' })
    expect(world.clock.pending).toBe(0)
  })
})

describe('a producer whose own parts fail', () => {
  it('reports the events that are not settled as unknown, with the error, and goes on', async () => {
    const world = await createWorld()
    const refused = { publishing_status: 'failed', partition: '0', step: 'publishing', detail: '', eid: '' }
    const stored = { ...refused, publishing_status: 'submitted' }
    const answers = scripted(Response.json([stored, refused], { status: 207 }), new Response(null))
    const random = {
      uuid: () => 'eid',
      below: () => {
        throw new Error('the source has run dry')
      },
    }
    const producer = producerOf(world.client({ fetch: answers, random }))
    expect(await whileTimePasses(world.clock, producer.publish(orders(1, 2)))).toMatchObject([
      { status: 'submitted' },
      {
        status: 'unknown',
        detail: expect.stringContaining('the source has run dry'),
        error: { outcome: 'unknown' },
      },
    ])
    expect(await whileTimePasses(world.clock, producer.publish({ n: 3 }))).toMatchObject({
      status: 'submitted',
    })
    await producer.close()
  })
})
