import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { anOrder, BEFORE_FIRST, offset, orders } from './builders.ts'
import { contract } from './contract.ts'
import { numbers } from './event-stream.ts'

contract('opening a stream', (it) => {
  it('answers 200 and the stream id before there is any event', async ({ subscribe, openStream }) => {
    const { response, id } = await openStream(await subscribe())
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/x-json-stream')
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  it('is refused with 404 when there is no such subscription', async ({ requestStream }) => {
    const response = await requestStream({ id: 'none' })
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await detailOf(response)).toBe('Subscription with id "none" does not exist')
  })

  const refusals = [
    { parameters: { batch_limit: 0 }, detail: "batch_limit can't be lower than 1" },
    { parameters: { commit_timeout: 61 }, detail: 'commit_timeout can not be more than 60' },
    { parameters: { commit_timeout: -1 }, detail: 'commit_timeout can not be less than 0' },
  ]
  for (const { parameters, detail } of refusals) {
    it(`is refused with 422 for ${JSON.stringify(parameters)}`, async ({ subscribe, requestStream }) => {
      const response = await requestStream(await subscribe(), parameters)
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toBe(detail)
    })
  }

  it('is refused with 400 when a parameter is not a number', async ({ subscribe, fetch }) => {
    const { id } = await subscribe()
    expect((await fetch(`/subscriptions/${id}/events?batch_limit=many`)).status).toBe(400)
  })
})

contract('a line of a stream', (it) => {
  const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
  const cursorOf = (at: string) =>
    `\\{"cursor":\\{"partition":"0","offset":"${at}","event_type":"order.placed","cursor_token":"${uuid}"\\}`

  it('is cursor, events and info, in this order', async ({ subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe())
    await publish([anOrder(1)])
    const events = '"events":\\[\\{"metadata":\\{[^[\\]]*\\},"order_number":"order-1"\\}\\]'
    expect(await stream.line()).toMatch(
      new RegExp(`^${cursorOf(offset(0))},${events},"info":\\{"debug":"Stream started"\\}\\}$`),
    )
  })

  it('has no info after the first', async ({ subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe())
    await publish(orders(1, 2))
    await stream.line()
    expect(await stream.line()).toMatch(
      new RegExp(`^${cursorOf(offset(1))},"events":\\[.*"order-2"\\}\\]\\}$`),
    )
  })

  it('has no events when it only keeps the stream alive', async ({ clock, subscribe, openStream }) => {
    const stream = await openStream(await subscribe(), { batch_flush_timeout: 5 })
    await clock.advance(10_000)
    await stream.line()
    expect(await stream.line()).toMatch(new RegExp(`^${cursorOf(BEFORE_FIRST)}\\}$`))
  })

  it('carries the position of its last event', async ({ subscribe, publish, openStream }) => {
    const stream = await openStream(await subscribe(), { batch_limit: 3 })
    await publish(orders(1, 3))
    expect((await stream.batch()).cursor).toMatchObject({ partition: '0', offset: offset(2) })
  })
})

contract('where a stream starts', (it) => {
  it('is the first event for read_from "begin"', async ({ subscribe, publish, openStream }) => {
    const subscription = await subscribe()
    await publish([anOrder(1)])
    expect(numbers(await (await openStream(subscription)).batch())).toEqual(['order-1'])
  })

  it('is the end at the time of the first stream for read_from "end"', async (world) => {
    await world.createEventType()
    const subscription = await world.createSubscription({ read_from: 'end' })
    await world.publish([anOrder(1)])
    const stream = await world.openStream(subscription)
    await world.publish([anOrder(2)])
    expect(numbers(await stream.batch())).toEqual(['order-2'])
  })

  it('is after the committed event for the next stream', async (world) => {
    const subscription = await world.subscribe()
    await world.publish(orders(1, 2))
    const first = await world.openStream(subscription)
    await world.commit(first, (await first.batch()).cursor, (await first.batch()).cursor)
    first.abort()
    await world.until.owners(subscription, ([owner]) => owner === null)
    await world.publish([anOrder(3)])
    expect(numbers(await (await world.openStream(subscription)).batch())).toEqual(['order-3'])
  })
})
