import { completeEventType } from '@rioni/event-types'
import { describe, expect, it } from 'vitest'
import { appendEvents } from './append-events.ts'
import { createManualClock } from './clock.ts'
import { createPublishingLock } from './publishing-lock.ts'
import { seededRandom } from './random.ts'
import { createMemoryStorage } from './storage/memory.ts'
import type { Storage } from './storage/storage.ts'
import { switchTimeline } from './switch-timeline.ts'

/** A broker's storage with the event type `e` of one partition, whose log takes a second for every append. */
async function createEnvironment() {
  const clock = createManualClock(0)
  const memory = createMemoryStorage()
  const topics = new Set<string>()
  const events: Storage['events'] = {
    ...memory.events,
    async createTopic(topic, partitions) {
      await memory.events.createTopic(topic, partitions)
      topics.add(topic)
    },
    async deleteTopic(topic) {
      await memory.events.deleteTopic(topic)
      topics.delete(topic)
    },
    async append(topic, records, at) {
      await new Promise<void>((resolve) => clock.after(1000, resolve))
      await memory.events.append(topic, records, at)
    },
  }
  const storage = { ...memory, events }
  const schema = { type: 'json_schema', schema: '{}' } as const
  const eventType = completeEventType(
    { name: 'e', owning_application: 'shop', category: 'undefined', schema },
    0,
  )
  await events.createTopic('t', ['0'])
  await storage.commands.propose({ type: 'createEventType', eventType, partitions: ['0'], topic: 't' }, 0)
  const environment = {
    clock,
    storage,
    random: seededRandom(1),
    publishingLock: createPublishingLock(clock),
  }
  const append = () => appendEvents('e', [{ partition: '0', value: new Uint8Array(1) }], environment)
  const change = (storageId = 'default') => switchTimeline('e', storageId, environment)
  const timelines = () => storage.commands.state.eventTypes.get('e')?.timelines ?? []
  return { clock, append, change, timelines, topics, events }
}

describe('a switch of a timeline', () => {
  it('counts what was being appended when it began, and keeps the rest for the next timeline', async () => {
    const { clock, append, change, timelines, events } = await createEnvironment()
    const working = [append(), append(), change(), append()]
    await clock.advance(3000)
    await Promise.all(working)
    const [closed, active] = timelines()
    expect(closed?.latestPosition).toEqual([1])
    expect(await events.bounds({ topic: active?.topic ?? '', partition: '0' })).toEqual({ first: 0, next: 1 })
  })

  it('is the only one at a time', async () => {
    const { clock, change, timelines } = await createEnvironment()
    const outcomes = Promise.all([change(), change()])
    await clock.advance(0)
    expect(await outcomes).toEqual([{ kind: 'created' }, { kind: 'outdated' }])
    expect(timelines()).toHaveLength(2)
  })

  it('leaves no topic behind when it is refused', async () => {
    const { change, topics } = await createEnvironment()
    expect(await change('tape')).toEqual({ kind: 'unknownStorage' })
    expect([...topics]).toEqual(['t'])
  })
})
