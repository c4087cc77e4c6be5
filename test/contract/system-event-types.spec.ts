import type { EventType, Partition } from '@rioni/protocol'
import { expect } from 'vitest'
import { jsonOf } from './answers.ts'
import { contract } from './contract.ts'
import type { World } from './world.ts'

const namesOf = async ({ fetch }: World): Promise<readonly string[]> => {
  const eventTypes = await jsonOf<EventType[]>(await fetch('/event-types?owning_application=stups_nakadi'))
  return eventTypes.map(({ name }) => name)
}

const KPI = [
  'nakadi.access.log',
  'nakadi.batch.published',
  'nakadi.data.streamed',
  'nakadi.event.type.log',
  'nakadi.subscription.log',
]

contract('the event types of the broker itself', (it) => {
  it('are the queue of dead letters, unless more is asked for', async (world) => {
    expect(await namesOf(world)).toEqual(['nakadi.dead.letter.queue'])
  })

  it('are created when their feature is switched on', async (world) => {
    await world.post('/settings/features', { feature: 'kpi_collection', enabled: true })
    expect(await namesOf(world)).toEqual([...KPI.slice(0, 3), 'nakadi.dead.letter.queue', ...KPI.slice(3)])
    await world.post('/settings/features', { feature: 'audit_log_collection', enabled: true })
    expect(await namesOf(world)).toContain('nakadi.audit.log')
  })

  it('are left as they are when they exist', async (world) => {
    const name = 'nakadi.audit.log'
    await world.createEventType({ name, owning_application: 'me' })
    await world.post('/settings/features', { feature: 'audit_log_collection', enabled: true })
    const eventType = await jsonOf<EventType>(await world.fetch(`/event-types/${name}`))
    expect(eventType.owning_application).toBe('me')
  })

  it('keep dead letters for a day, in one partition that everybody may read', async ({ fetch }) => {
    const path = '/event-types/nakadi.dead.letter.queue'
    const everyone = [{ data_type: '*', value: '*' }]
    expect(await jsonOf(await fetch(path))).toMatchObject({
      category: 'business',
      compatibility_mode: 'forward',
      audience: 'component-internal',
      options: { retention_time: 86_400_000 },
      authorization: { admins: everyone, readers: everyone, writers: everyone },
    })
    expect(await jsonOf<Partition[]>(await fetch(`${path}/partitions`))).toHaveLength(1)
  })
})

contract(
  'a broker that is started with features',
  (it) => {
    it('has the event types of the features from the beginning', async (world) => {
      expect(await namesOf(world)).toEqual(expect.arrayContaining([...KPI, 'nakadi.audit.log']))
    })

    it('has the features on', async ({ fetch }) => {
      const { items } = await jsonOf<{ items: { feature: string; enabled: boolean }[] }>(
        await fetch('/settings/features'),
      )
      expect(items.filter(({ enabled }) => enabled).map(({ feature }) => feature)).toEqual([
        'kpi_collection',
        'audit_log_collection',
      ])
    })

    for (const [name, partitions] of [
      ['nakadi.access.log', 8],
      ['nakadi.batch.published', 8],
      ['nakadi.data.streamed', 8],
      ['nakadi.event.type.log', 1],
      ['nakadi.subscription.log', 1],
      ['nakadi.audit.log', 8],
    ] as const) {
      it(`has ${partitions} of the partitions of ${name}, which keeps events for four days`, async (world) => {
        const eventType = await jsonOf<EventType>(await world.fetch(`/event-types/${name}`))
        expect(eventType.options.retention_time).toBe(345_600_000)
        const found = await jsonOf<Partition[]>(await world.fetch(`/event-types/${name}/partitions`))
        expect(found).toHaveLength(partitions)
      })
    }
  },
  { features: ['kpi_collection', 'audit_log_collection'] },
)
