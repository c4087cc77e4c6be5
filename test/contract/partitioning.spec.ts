import type { NewEventType } from '@rioni/protocol'
import { expect } from 'vitest'
import { anOrder, anOrderIn, chosenPartition, ORDER_PLACED, orders, partitions } from './builders.ts'
import { contract } from './contract.ts'
import type { World } from './world.ts'

/** Hashes are shown over seven partitions: with eight, a wrong sign or a wrong remainder could go unnoticed. */
function hashOf(...fields: readonly string[]): Partial<NewEventType> {
  return { ...partitions(7), partition_strategy: 'hash', partition_key_fields: fields }
}

contract('the hash strategy', (it) => {
  const keys = [
    { given: 'a string', text: '"24873243241"', want: '3' },
    { given: 'a string with a negative hash', text: '"order-1"', want: '6' },
    { given: 'a string with the smallest of all hashes', text: '"polygenelubricants"', want: '2' },
    { given: 'letters beyond ASCII', text: '"Größe"', want: '4' },
    { given: 'a character of two code units', text: '"😀"', want: '2' },
    { given: 'an escaped character', text: '"Gr\\u00f6\\u00dfe"', want: '4' },
    { given: 'an integer', text: '42', want: '3' },
    { given: 'a number with a fraction, read as a double', text: '1.10', want: '5' },
    { given: 'a number with an exponent, read as a double', text: '1e3', want: '6' },
    { given: 'a number so large that Java prints an exponent', text: '1e7', want: '4' },
    { given: 'a boolean', text: 'true', want: '4' },
    { given: 'null', text: 'null', want: '3' },
  ]
  for (const { given, text, want } of keys) {
    it(`places an event by ${given}: ${text}`, async (world) => {
      await world.createEventType(hashOf('key'))
      await world.post(`/event-types/${ORDER_PLACED}/events`, `[${withKey(text)}]`)
      expect(await placed(world, 1)).toEqual([want])
    })
  }

  it('adds up the hashes of several fields', async (world) => {
    await world.createEventType(hashOf('first', 'second'))
    await world.publish([anOrder(1, { first: 'a', second: 'b' }), anOrder(2, { first: 'b', second: 'a' })])
    expect(await placed(world, 2)).toEqual(['6', '6'])
  })

  it('lets a sum of hashes overflow', async (world) => {
    await world.createEventType(hashOf('first', 'second'))
    await world.publish([anOrder(1, { first: 'polygenelubricants', second: 'polygenelubricants' })])
    expect(await placed(world, 1)).toEqual(['0'])
  })

  it('follows dots into objects', async (world) => {
    await world.createEventType(hashOf('customer.id'))
    await world.publish([anOrder(1, { customer: { id: 'order-1' } })])
    expect(await placed(world, 1)).toEqual(['6'])
  })

  it('looks into the entity of a data change event', async (world) => {
    await world.createEventType({ ...hashOf('order_number'), category: 'data' })
    const { metadata, ...data } = anOrder(1)
    await world.publish([{ metadata, data_type: 'order', data_op: 'C', data }])
    expect(await placed(world, 1)).toEqual(['6'])
  })
})

contract('the user_defined strategy', (it) => {
  it('places an event where its metadata says', async (world) => {
    await world.createEventType({ ...partitions(3), ...chosenPartition })
    await world.publish([anOrderIn('2', 1), anOrderIn('0', 2)])
    expect((await placed(world, 2)).toSorted()).toEqual(['0', '2'])
  })
})

contract('the random strategy', (it) => {
  it('uses every partition', async (world) => {
    await world.createEventType(partitions(4))
    await world.publish(orders(1, 100))
    expect(new Set(await placed(world, 100))).toEqual(new Set(['0', '1', '2', '3']))
  })
})

/** The partitions of the first so many events, as they are streamed. */
async function placed({ createSubscription, openStream }: World, count: number): Promise<string[]> {
  const stream = await openStream(await createSubscription(), { max_uncommitted_events: 1000 })
  const batches = await stream.batches(count)
  return batches.map(({ cursor }) => cursor.partition)
}

/** An order with one more field, whose value is the given JSON text. */
function withKey(text: string): string {
  return JSON.stringify(anOrder(1, { key: 0 })).replace('"key":0', `"key":${text}`)
}
