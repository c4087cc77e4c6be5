// A PUT of an event type overwrites what it leaves out, and what others changed meanwhile (client.md 3, row 18).

import { createClient, type Fetch } from '@rioni/client'
import type { EventType, NewEventType } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { baseUrl, createWorld, ORDER_PLACED, scripted } from './world.ts'

describe('updating an event type', () => {
  it('changes the given fields and leaves all else as it is', async () => {
    const { client } = await createWorld()
    const { eventTypes } = client()
    const before = await eventTypes.get(ORDER_PLACED)
    const after = await eventTypes.update(ORDER_PLACED, { owning_application: 'checkout' })
    expect(after).toEqual({ ...before, owning_application: 'checkout', updated_at: after.updated_at })
    expect(await eventTypes.get(ORDER_PLACED)).toEqual(after)
  })

  it('takes a function of what there is', async () => {
    const { client } = await createWorld()
    const { eventTypes } = client()
    await eventTypes.update(ORDER_PLACED, { labels: { a: '1' } })
    const addLabel = (now: EventType): NewEventType => ({ ...now, labels: { ...now.labels, b: '2' } })
    expect(await eventTypes.update(ORDER_PLACED, addLabel)).toMatchObject({ labels: { a: '1', b: '2' } })
  })

  it('sends back the fields that this version of the client does not know', async () => {
    const now = { name: 'e', updated_at: '2026-01-01T00:00:00Z', field_of_tomorrow: { kept: true } }
    const fetch = scripted(Response.json(now), new Response(), Response.json(now))
    await createClient({ baseUrl, fetch }).eventTypes.update('e', { owning_application: 'shop' })
    expect(fetch.requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET'])
    expect(await fetch.requests[1]?.json()).toEqual({ ...now, owning_application: 'shop' })
  })

  it('sends nothing when nothing differs', async () => {
    const { client, fetch } = await createWorld()
    const methods: (string | undefined)[] = []
    const watched: Fetch = (url, init) => {
      methods.push(init.method)
      return fetch(url, init)
    }
    await client({ fetch: watched }).eventTypes.update(ORDER_PLACED, { owning_application: 'shop' })
    expect(methods).toEqual(['GET'])
  })

  it('starts anew when somebody else was faster, so that no update is lost', async () => {
    const { client, clock } = await createWorld()
    const { eventTypes } = client()
    let rounds = 0
    const updated = await eventTypes.update(ORDER_PLACED, async (now) => {
      await clock.advance(1000)
      if (rounds++ === 0) await eventTypes.update(ORDER_PLACED, { owning_application: 'checkout' })
      return { ...now, labels: { mine: 'too' } }
    })
    expect([updated, rounds]).toMatchObject([{ owning_application: 'checkout', labels: { mine: 'too' } }, 2])
  })

  it('gives up with a conflict when others are always faster', async () => {
    const { client, clock } = await createWorld()
    const { eventTypes } = client()
    let round = 0
    const change = async (now: EventType): Promise<NewEventType> => {
      await clock.advance(1000)
      await eventTypes.update(ORDER_PLACED, { labels: { round: String(++round) } })
      return { ...now, owning_application: 'mine' }
    }
    await expect(eventTypes.update(ORDER_PLACED, change)).rejects.toMatchObject({
      code: 'conflict',
      outcome: 'not-sent',
    })
    expect(await eventTypes.get(ORDER_PLACED)).toMatchObject({ owning_application: 'shop' })
  })

  it('refuses when it has changed since the caller looked', async () => {
    const { client, clock } = await createWorld()
    const { eventTypes } = client()
    const { updated_at: unchangedSince } = await eventTypes.get(ORDER_PLACED)
    await clock.advance(1000)
    const renamed = await eventTypes.update(
      ORDER_PLACED,
      { owning_application: 'checkout' },
      { unchangedSince },
    )
    await expect(
      eventTypes.update(ORDER_PLACED, { owning_application: 'mine' }, { unchangedSince }),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining(renamed.updated_at) })
  })

  it('refuses a time that is none', async () => {
    const { client } = await createWorld()
    await expect(
      client().eventTypes.update(ORDER_PLACED, {}, { unchangedSince: 'yesterday' }),
    ).rejects.toThrow(/unchangedSince must be a time as in updated_at, not "yesterday"/)
  })
})
