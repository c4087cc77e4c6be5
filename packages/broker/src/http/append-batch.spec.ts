import type { BatchItemResponse } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { createBroker } from '../broker.ts'
import { createManualClock } from '../clock.ts'
import type { EventLog } from '../storage/event-log.ts'
import { createMemoryStorage } from '../storage/memory.ts'

const EID = '00000000-0000-4000-8000-000000000001'
const EVENT_TYPE = {
  name: 'order.placed',
  owning_application: 'shop',
  category: 'undefined',
  schema: { type: 'json_schema', schema: '{}' },
}

/** A broker with an event type and a log that appends as it is told to. */
async function brokerOver(append: EventLog['append']) {
  const clock = createManualClock()
  const storage = createMemoryStorage()
  const failures: unknown[] = []
  const broker = createBroker({
    clock,
    storage: { ...storage, events: { ...storage.events, append } },
    observer: { onInternalError: (error) => failures.push(error) },
  })
  const post = async (path: string, body: unknown) =>
    await broker.fetch(
      new Request(`http://broker.test${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  await post('/event-types', EVENT_TYPE)
  const publish = () => post('/event-types/order.placed/events', [{ metadata: { eid: EID } }, {}])
  const partition = async () => {
    const response = await broker.fetch(
      new Request('http://broker.test/event-types/order.placed/partitions/0'),
    )
    const view: unknown = await response.json()
    return view
  }
  return { clock, failures, publish, partition, append: storage.events.append }
}

function failedItems(detail: string): readonly BatchItemResponse[] {
  const failed = { publishing_status: 'failed', step: 'publishing', detail, partition: '0' } as const
  return [
    { ...failed, eid: EID },
    { ...failed, eid: '' },
  ]
}

describe('publishing to a log', () => {
  it('that fails is answered with 207, and whoever runs the broker is told why', async () => {
    const reason = new Error('the disk is full')
    const { failures, publish } = await brokerOver(() => Promise.reject(reason))
    const response = await publish()
    expect(response.status).toBe(207)
    expect(await response.json()).toEqual(failedItems('internal error'))
    expect(failures).toEqual([reason])
  })

  it('that does not answer is answered with 207 after 35 seconds', async () => {
    const { clock, publish } = await brokerOver(() => new Promise(() => {}))
    const answer = publish()
    let isAnswered = false
    void answer.then(() => {
      isAnswered = true
    })
    await clock.advance(34_999)
    expect(isAnswered).toBe(false)
    await clock.advance(1)
    const response = await answer
    expect(response.status).toBe(207)
    expect(await response.json()).toEqual(failedItems('timed out'))
  })

  it('that answers too late keeps the events all the same: a timeout does not say that they are lost', async () => {
    let recover = () => {}
    const recovered = new Promise<void>((resolve) => {
      recover = resolve
    })
    const { append, clock, partition, publish } = await brokerOver(async (...batch) => {
      await recovered
      return await append(...batch)
    })
    const answer = publish()
    await clock.advance(35_000)
    expect((await answer).status).toBe(207)
    expect(await partition()).toMatchObject({ newest_available_offset: '001-0001--1' })
    recover()
    await clock.advance(0)
    expect(await partition()).toMatchObject({ newest_available_offset: '001-0001-000000000000000001' })
  })
})
