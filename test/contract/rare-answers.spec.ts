/** Answers that need a malformed detail or an unlucky moment. */

import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { ORDER_PLACED } from './builders.ts'
import { contract } from './contract.ts'

contract('a list of event types', (it) => {
  it('is refused when the writer that is asked for has no type', async ({ fetch }) => {
    expect((await fetch('/event-types?writer=alice')).status).toBe(400)
  })
})

contract('a stream of chosen partitions', (it) => {
  it('is refused with 404 when there is no such subscription', async ({ requestStream }) => {
    const id = '00000000-0000-4000-8000-000000000000'
    const partitions = [{ event_type: ORDER_PLACED, partition: '0' }]
    const response = await requestStream({ id }, { partitions })
    expect(response.status).toBe(404)
    expect(await detailOf(response)).toBe(`Subscription with id "${id}" does not exist`)
  })
})

const apart = 'two requests need not meet on the way'

contract('two timelines for one event type at once', (it) => {
  it(
    'are one timeline and one refusal',
    async (world) => {
      await world.createEventType()
      const create = () => world.post(`/event-types/${ORDER_PLACED}/timelines`, { storage_id: 'default' })
      const responses = await Promise.all([create(), create()])
      expect(responses.map(({ status }) => status).toSorted()).toEqual([201, 409])
    },
    { node: apart, msw: apart, undici: apart },
  )
})
