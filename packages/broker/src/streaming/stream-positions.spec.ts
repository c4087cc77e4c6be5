import { completeEventType } from '@rioni/event-types'
import { describe, expect, it } from 'vitest'
import { newPosition } from '../core/position-commands.ts'
import { createMemoryStorage } from '../storage/memory.ts'
import { createStreamPositions } from './stream-positions.ts'

async function setUp() {
  const storage = createMemoryStorage()
  const schema = { type: 'json_schema', schema: '{}' } as const
  const eventType = completeEventType(
    { name: 'e', owning_application: 'shop', category: 'undefined', schema },
    0,
  )
  await storage.commands.propose(
    { type: 'createEventType', eventType, partitions: ['0', '1'], topic: 't' },
    0,
  )
  const position = (partition: string, offset: string) => newPosition({ event_type: 'e', partition }, offset)
  return { toStreamPositions: createStreamPositions(storage), position }
}

describe('the positions of a stream', () => {
  it('have ordinals for offsets, and nothing for BEGIN', async () => {
    const { toStreamPositions, position } = await setUp()
    const suspected = { ...position('1', '001-0001-000000000000000007'), lastDeadLetterOffset: '001-0001-9' }
    expect(toStreamPositions([position('0', 'BEGIN'), suspected])).toMatchObject([
      { partition: '0', committed: undefined, suspectedThrough: undefined },
      { partition: '1', committed: 7, suspectedThrough: 9 },
    ])
  })

  it('stay the same objects where nothing has changed', async () => {
    const { toStreamPositions, position } = await setUp()
    const [first, second] = [position('0', '1'), position('1', '1')]
    const before = toStreamPositions([first, second])
    const after = toStreamPositions([first, position('1', '2')])
    expect(after[0]).toBe(before[0])
    expect(after[1]).toMatchObject({ committed: 2 })
  })
})
