import { expect } from 'vitest'
import { anOrder, aSchema, eid, ORDER_PLACED, someMetadata } from './builders.ts'
import { contract, WORLD_START } from './contract.ts'
import type { World } from './world.ts'

const EVENTS = `/event-types/${ORDER_PLACED}/events`

contract('an event that has been published', (it) => {
  it('has metadata completed by the broker', async (world) => {
    await world.createEventType()
    await world.post(EVENTS, [anOrder(1)], { 'x-flow-id': 'checkout-1' })
    expect(JSON.parse(await onlyEvent(world)).metadata).toEqual({
      ...someMetadata(1),
      event_type: ORDER_PLACED,
      received_at: WORLD_START,
      published_by: 'unauthenticated',
      version: '1.0.0',
      partition: '0',
      flow_id: 'checkout-1',
    })
  })

  it('keeps the rest of its metadata', async (world) => {
    await world.createEventType()
    const metadata = { parent_eids: [eid(7)], span_ctx: { trace: 'a' }, flow_id: 'own' }
    await world.post(EVENTS, [anOrder(1, {}, metadata)], { 'x-flow-id': 'checkout-1' })
    expect(JSON.parse(await onlyEvent(world)).metadata).toMatchObject(metadata)
  })

  it('gets the flow id of the request when its own is empty', async (world) => {
    await world.createEventType()
    await world.post(EVENTS, [anOrder(1, {}, { flow_id: '' })], { 'x-flow-id': 'checkout-1' })
    expect(JSON.parse(await onlyEvent(world)).metadata.flow_id).toBe('checkout-1')
  })

  it('keeps its text but for white space and metadata', async (world) => {
    await world.createEventType()
    const metadata = JSON.stringify(someMetadata(1))
    const text = `{ "order_number" : "a  b",\n "amount":1.10, "metadata": ${metadata} ,\t"note":"\\u00e9 \\/" }`
    await world.post(EVENTS, `[${text}]`)
    const kept = (await onlyEvent(world)).replace(/"metadata":\{[^}]*\}/, '"metadata":{}')
    expect(kept).toBe('{"order_number":"a  b","amount":1.10,"metadata":{},"note":"\\u00e9 \\/"}')
  })

  it('keeps all of its text when its category is "undefined"', async (world) => {
    await world.createEventType({ category: 'undefined', enrichment_strategies: [], schema: aSchema({}) })
    await world.post(EVENTS, '[{ "metadata" : {"eid": 1}, "amount": 1e2 }]')
    expect(await onlyEvent(world)).toBe('{"metadata":{"eid":1},"amount":1e2}')
  })
})

/** The text of the only event that has been published. */
async function onlyEvent({ createSubscription, openStream }: World): Promise<string> {
  const stream = await openStream(await createSubscription())
  const events = /"events":\[(.*)\],"info":/.exec(await stream.line())
  return events?.[1] ?? ''
}
