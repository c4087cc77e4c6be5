import { describe, expect, it } from 'vitest'
import { createBroker } from '../broker.ts'
import { createManualClock } from '../clock.ts'
import { createMemoryStorage } from '../storage/memory.ts'

const headers = { 'content-type': 'application/json' }

describe('a reset of cursors while a stream does not end', () => {
  it('is given up with 500, and lets streams in again', async () => {
    const [clock, storage] = [createManualClock(), createMemoryStorage()]
    const broker = createBroker({ clock, storage })
    const send = (method: string, path: string, body: object) =>
      broker.fetch(new Request(`http://test${path}`, { method, headers, body: JSON.stringify(body) }))

    const schema = { type: 'json_schema', schema: '{}' }
    await send('POST', '/event-types', {
      name: 'e',
      owning_application: 'shop',
      category: 'undefined',
      schema,
    })
    const created = await send('POST', '/subscriptions', { owning_application: 'shop', event_types: ['e'] })
    const { id: subscriptionId } = JSON.parse(await created.text())
    const partition = { event_type: 'e', partition: '0' }
    // A session that this process does not serve, as that of another one that hangs.
    await storage.commands.propose(
      {
        type: 'openSession',
        subscriptionId,
        session: { id: 'a', requested: [] },
        startAt: [{ ...partition, offset: 'BEGIN' }],
      },
      clock.now(),
    )
    const items = [{ ...partition, offset: 'BEGIN' }]
    const resetting = send('PATCH', `/subscriptions/${subscriptionId}/cursors`, { items })
    await clock.advance(61_000)
    const response = await resetting
    expect([response.status, await response.json()]).toEqual([
      500,
      { title: 'Internal Server Error', status: 500, detail: 'Timeout resetting cursors' },
    ])
    expect(storage.commands.state.subscriptions.get(subscriptionId)?.isClosingStreams).toBe(false)
    await broker.close()
  })
})
