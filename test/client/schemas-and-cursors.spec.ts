import { createProducer } from '@rioni/client'
import type { NewEventTypeSchema } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { createWorld, ORDER_PLACED, type Order, orders } from './world.ts'

/** A schema of orders with so many optional fields beside `n`. */
function schema(fields: number): NewEventTypeSchema {
  const extra = Array.from({ length: fields }, (_, index) => [`f${index}`, { type: 'string' }])
  const properties = { n: { type: 'number' }, ...Object.fromEntries(extra) }
  return { type: 'json_schema', schema: JSON.stringify({ properties, required: ['n'] }) }
}

describe('the schemas of an event type', () => {
  it('are added one by one, which touches nothing else of it', async () => {
    const { client } = await createWorld()
    const { eventTypes, schemas } = client()
    const before = await eventTypes.get(ORDER_PLACED)
    const added = await schemas.add(ORDER_PLACED, schema(1))
    expect(added).toMatchObject({ version: '1.1.0', ...schema(1) })
    expect(await schemas.get(ORDER_PLACED, 'latest')).toEqual(added)
    expect(await schemas.get(ORDER_PLACED, '1.0.0')).toMatchObject(schema(0))
    expect(await eventTypes.get(ORDER_PLACED)).toMatchObject({ ...before, schema: added, updated_at: /./ })
  })

  it('are listed newest first, page by page', async () => {
    const { client } = await createWorld()
    const { schemas } = client()
    for (const fields of [1, 2, 3, 4]) await schemas.add(ORDER_PLACED, schema(fields))
    const versions: string[] = []
    for await (const { version } of schemas.list(ORDER_PLACED, { pageSize: 2 })) versions.push(version)
    expect(versions).toEqual(['1.4.0', '1.3.0', '1.2.0', '1.1.0', '1.0.0'])
  })

  it('are found by their text', async () => {
    const { client } = await createWorld()
    const { schemas } = client()
    await schemas.add(ORDER_PLACED, schema(1))
    expect(await schemas.find(ORDER_PLACED, schema(0))).toMatchObject({ version: '1.0.0' })
    await expect(schemas.find(ORDER_PLACED, schema(7))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are checked before they are added', async () => {
    const { client } = await createWorld()
    const { schemas } = client()
    const { schema: wider } = schema(1)
    expect(await schemas.checkCompatibility(ORDER_PLACED, wider)).toMatchObject({ compatible: true })
    const narrower = JSON.stringify({ properties: {} })
    expect(await schemas.checkCompatibility(ORDER_PLACED, narrower, { version: '1.0.0' })).toMatchObject({
      compatible: false,
      error: expect.any(String),
      validated_against_version: '1.0.0',
    })
  })
})

describe('cursors, which are opaque', () => {
  it('are measured, moved and counted by the broker', async () => {
    const { client } = await createWorld()
    await createProducer<Order>(client(), ORDER_PLACED, { lingerMs: 0 }).publish(orders(1, 5))
    const { cursors, partitions } = client()
    const { oldest_available_offset: oldest, newest_available_offset: newest } = await partitions.get(
      ORDER_PLACED,
      '0',
    )
    const [first, last] = [oldest, newest].map((offset) => ({ partition: '0', offset }))
    const pair = { initial_cursor: first ?? fail(), final_cursor: last ?? fail() }
    expect(await cursors.distances(ORDER_PLACED, [pair])).toEqual([{ ...pair, distance: 4 }])
    const [moved] = await cursors.shift(ORDER_PLACED, [{ ...pair.final_cursor, shift: -1 }])
    expect(await cursors.lag(ORDER_PLACED, [moved ?? fail()])).toMatchObject([{ unconsumed_events: 1 }])
  })
})

function fail(): never {
  throw new Error('something is missing')
}
