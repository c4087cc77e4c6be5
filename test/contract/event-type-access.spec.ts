import type { NewEventType } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { anEventType, aSchema, ORDER_PLACED } from './builders.ts'
import { contract, type Setup } from './contract.ts'
import { callers, OPERATOR, user } from './tokens.ts'
import type { World } from './world.ts'

const ADMIN = 'admin'
const READER = 'reader'
const PATH = `/event-types/${ORDER_PLACED}`
const setup: Setup = { ...callers([ADMIN, READER]), token: OPERATOR }
const authorization = { admins: [user(ADMIN)], readers: [user(READER)], writers: [user(ADMIN)] }
const SELECTOR = { type: 'static', name: 'retailer_id', value: 'a' } as const
const MATERIALIZE = 'datalake.zalando.org/materialize-events'

async function change(world: World, before: Partial<NewEventType>, after: object): Promise<Response> {
  await world.createEventType({ authorization, ...before })
  return await world.as(ADMIN).put(PATH, { ...anEventType({ authorization, ...before }), ...after })
}

contract(
  'an admin of an event type who is no Nakadi admin',
  (it) => {
    it('may change it', async (world) => {
      expect(
        (await change(world, {}, { compatibility_mode: 'none', audience: 'company-internal' })).status,
      ).toBe(200)
    })

    const refusals: Readonly<Record<string, [before: Partial<NewEventType>, after: object, detail: string]>> =
      {
        'keep events for longer than four days': [
          {},
          { options: { retention_time: 345_600_001 } },
          'Field "options.retention_time" can not be more than 345600000',
        ],
        'break the rules of annotations for the data lake': [
          {},
          { annotations: { [MATERIALIZE]: 'maybe' } },
          `Annotation ${MATERIALIZE} is not valid. Provided value: "maybe". Possible values are: "on" or "off".`,
        ],
        'change the owner selector': [
          { event_owner_selector: SELECTOR },
          { event_owner_selector: { ...SELECTOR, value: 'b' } },
          'event_owner_selector must not be changed, original: {"type":"static","name":"retailer_id","value":"a"}, updated: {"type":"static","name":"retailer_id","value":"b"}',
        ],
        'take the owner selector away': [
          { event_owner_selector: SELECTOR },
          { event_owner_selector: null },
          "event_owner_selector can't be set back to null",
        ],
        'change a partition strategy that gives an order': [
          { partition_strategy: 'user_defined' },
          { partition_strategy: 'random' },
          "changing partition_strategy is only allowed if the original strategy was 'random'",
        ],
        'break several constraints': [
          { partition_strategy: 'user_defined' },
          { partition_strategy: 'random', enrichment_strategies: [] },
          "changing partition_strategy is only allowed if the original strategy was 'random'; changing enrichment_strategies is not allowed",
        ],
      }
    for (const [what, [before, after, detail]] of Object.entries(refusals)) {
      it(`may not ${what}`, async (world) => {
        const response = await change(world, before, after)
        expect([response.status, await detailOf(response)]).toEqual([422, detail])
      })
    }

    it('may add an owner selector', async (world) => {
      expect((await change(world, {}, { event_owner_selector: SELECTOR })).status).toBe(200)
    })

    it('may not delete anything while deletion is disabled', async (world) => {
      await world.createEventType({ authorization })
      await world.enable('disable_event_type_deletion')
      const response = await world.as(ADMIN).fetch(PATH, { method: 'DELETE' })
      expect([response.status, await detailOf(response)]).toEqual([403, 'Event Type deletion is disabled'])
      expect((await world.fetch(PATH, { method: 'DELETE' })).status).toBe(200)
    })
  },
  setup,
)

contract(
  'a reader of an event type',
  (it) => {
    it('learns what is wrong with a change before that it is not the reader who may make it', async (world) => {
      await world.createEventType({ authorization })
      const reader = world.as(READER)
      expect((await reader.put(PATH, { ...anEventType(), name: '-' })).status).toBe(422)
      const response = await reader.put(PATH, anEventType({ authorization }))
      expect([response.status, await detailOf(response)]).toEqual([
        403,
        'Access on ADMIN event-type:order.placed denied',
      ])
    })

    it('learns that the parameters of a stream cannot be read before that the stream is not for it', async (world) => {
      await world.createEventType({ authorization: { ...authorization, readers: [user(ADMIN)] } })
      const reader = world.as(READER)
      expect((await reader.fetch(`${PATH}/events?batch_limit=many`)).status).toBe(400)
      const response = await reader.fetch(`${PATH}/events`)
      expect([response.status, await detailOf(response)]).toEqual([
        403,
        'Access on VIEW event-type:order.placed denied',
      ])
    })

    it('learns the same of a stream of a subscription that is not for it', async (world) => {
      await world.createEventType({ authorization })
      const admin = [user(ADMIN)]
      const subscription = await world.createSubscription({
        authorization: { admins: admin, readers: admin },
      })
      const path = `/subscriptions/${subscription.id}/events`
      const reader = world.as(READER)
      const requests = [
        { response: reader.fetch(`${path}?batch_limit=many`), status: 400 },
        { response: reader.fetch(`${path}?batch_limit=0`), status: 422 },
        { response: reader.post(path, { commit_timeout: 61 }), status: 422 },
        { response: reader.fetch(path), status: 403 },
        { response: reader.post(path, {}), status: 403 },
      ]
      for (const { response, status } of requests) expect((await response).status).toBe(status)
    })

    it('may find a schema, but not add one', async (world) => {
      await world.createEventType({ authorization })
      const { schema } = anEventType()
      const reader = world.as(READER)
      expect((await reader.post(`${PATH}/schemas?fetch=true`, schema)).status).toBe(200)
      expect((await reader.post(`${PATH}/schemas`, aSchema({ title: 'order' }))).status).toBe(403)
    })
  },
  setup,
)

contract('an event type without authorization, where one is demanded', (it) => {
  it('can be deleted by nobody', async (world) => {
    await world.createEventType()
    await world.enable('force_event_type_authz')
    const response = await world.fetch(PATH, { method: 'DELETE' })
    expect([response.status, await detailOf(response)]).toEqual([
      403,
      'Access on ADMIN event-type:order.placed denied; Reason : You cannot delete event-type without authorization.',
    ])
  })
})
