import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { anOrderIn, chosenPartition, ORDER_PLACED, partitions } from './builders.ts'
import { contract } from './contract.ts'

const twoPartitions = { ...partitions(2), ...chosenPartition }

/** Partitions of the model event type, as a stream asks for them. */
function named(...names: readonly string[]) {
  return { partitions: names.map((partition) => ({ event_type: ORDER_PLACED, partition })) }
}

contract('a stream that names its partitions', (it) => {
  it('gets these and no others', async ({ subscribe, publish, openStream, stats }) => {
    const subscription = await subscribe(twoPartitions)
    const stream = await openStream(subscription, named('1'))
    await publish([anOrderIn('0', 1), anOrderIn('1', 2)])
    expect((await stream.batch()).cursor.partition).toBe('1')
    expect(await stats(subscription)).toMatchObject([
      { state: 'unassigned', stream_id: null },
      { state: 'assigned', stream_id: stream.id, assignment_type: 'direct' },
    ])
  })

  it('takes them from streams that did not', async ({ subscribe, openStream, until }) => {
    const subscription = await subscribe(twoPartitions)
    const auto = await openStream(subscription)
    const direct = await openStream(subscription, named('0'))
    await until.owners(subscription, ([first, second]) => first === direct.id && second === auto.id)
  })

  it('leaves fewer slots to streams that do not', async ({ subscribe, openStream, requestStream }) => {
    const subscription = await subscribe(twoPartitions)
    await openStream(subscription, named('0'))
    await openStream(subscription)
    const response = await requestStream(subscription)
    expect(response.status).toBe(409)
    expect(await detailOf(response)).toBe(
      `No free slots for streaming available for subscription ${subscription.id}. Total slots: 2`,
    )
  })

  it('is refused with 409 when another one has named them', async ({
    subscribe,
    openStream,
    requestStream,
  }) => {
    const subscription = await subscribe(twoPartitions)
    await openStream(subscription, named('0'))
    const response = await requestStream(subscription, named('0', '1'))
    expect(response.status).toBe(409)
    expect(await detailOf(response)).toBe(
      'The following partitions are already requested by other stream(s) of this subscription: ' +
        "EventTypePartition{eventType='order.placed', partition='0'}",
    )
  })

  const refusals = [
    { given: 'twice', wanted: named('0', '0'), detail: 'Duplicated partition specified' },
    {
      given: 'wrongly',
      wanted: named('0', '7'),
      detail:
        "Wrong partitions specified - some partitions don't belong to subscription: " +
        "EventTypePartition{eventType='order.placed', partition='7'}",
    },
  ]
  for (const { given, wanted, detail } of refusals) {
    it(`is refused with 422 when it names one ${given}`, async ({ subscribe, requestStream }) => {
      const response = await requestStream(await subscribe(twoPartitions), wanted)
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe(detail)
    })
  }
})
