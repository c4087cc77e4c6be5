import type { EventType, EventTypeStatistics, Problem } from '@rioni/protocol'
import { expect } from 'vitest'
import { detailOf, jsonOf } from './answers.ts'
import { anEventType, aSchema, ORDER_PLACED, partitions } from './builders.ts'
import { contract, WORLD_START } from './contract.ts'
import type { World } from './world.ts'

const PATH = `/event-types/${ORDER_PLACED}`
const ANYONE = [{ data_type: '*', value: '*' }]
const LAKE = 'datalake.zalando.org'

/** Statistics of which some are wrong. */
function statistic(wrong: Partial<Record<keyof EventTypeStatistics, number | null>>) {
  return { default_statistic: { ...partitions(1).default_statistic, ...wrong } }
}

contract('the JSON of an event type', (it) => {
  const stored = async ({ fetch }: World) => await jsonOf<EventType>(await fetch(PATH))

  it('may have properties that mean nothing', async (world) => {
    const schema = { ...anEventType().schema, version: '9.9.9', created_at: '2001-01-01T00:00:00.000Z' }
    expect((await world.post('/event-types', { ...anEventType(), schema, team: 'checkout' })).status).toBe(
      201,
    )
    const eventType = await stored(world)
    expect(eventType).not.toHaveProperty('team')
    expect(eventType.schema).toMatchObject({ version: '1.0.0', created_at: WORLD_START })
  })

  it('may write numbers as texts and texts as numbers', async (world) => {
    const statistics = {
      messages_per_minute: '1',
      message_size: '2',
      read_parallelism: '3',
      write_parallelism: '4',
    }
    const body = {
      owning_application: 7,
      options: { retention_time: '86400000' },
      default_statistic: statistics,
    }
    expect((await world.post('/event-types', { ...anEventType(), ...body })).status).toBe(201)
    expect(await stored(world)).toMatchObject({
      owning_application: '7',
      options: { retention_time: 86_400_000 },
      default_statistic: {
        messages_per_minute: 1,
        message_size: 2,
        read_parallelism: 3,
        write_parallelism: 4,
      },
    })
  })

  it('reads lists back as empty that were null', async (world) => {
    const lists = { partition_key_fields: null, ordering_key_fields: null, ordering_instance_ids: null }
    await world.post('/event-types', {
      ...anEventType(),
      ...lists,
      annotations: null,
      labels: null,
      options: null,
    })
    expect(await stored(world)).toMatchObject({
      partition_key_fields: [],
      ordering_key_fields: [],
      ordering_instance_ids: [],
      annotations: {},
      labels: {},
      options: { retention_time: 172_800_000 },
    })
  })

  it('reads the values of enumerations in any case', async (world) => {
    await world.post('/event-types', { ...anEventType(), category: 'BUSINESS', cleanup_policy: 'Compact' })
    expect(await stored(world)).toMatchObject({ category: 'business', cleanup_policy: 'compact' })
  })

  it('reads an audience as it is written and in no other case', async ({ post }) => {
    const response = await post('/event-types', { ...anEventType(), audience: 'Company-Internal' })
    expect([response.status, await detailOf(response)]).toEqual([
      400,
      "Illegal enum value: 'Company-Internal'. Possible values: [component-internal, business-unit-internal, company-internal, external-partner, external-public]",
    ])
  })

  it('lists its properties in one order', async (world) => {
    const selector = { type: 'static', name: 'retailer_id', value: 'a' } as const
    await world.createEventType({ audience: 'external-public', event_owner_selector: selector })
    expect(Object.keys(await stored(world))).toEqual([
      'name',
      'owning_application',
      'category',
      'enrichment_strategies',
      'partition_strategy',
      'partition_key_fields',
      'cleanup_policy',
      'ordering_key_fields',
      'ordering_instance_ids',
      'schema',
      'default_statistic',
      'options',
      'authorization',
      'annotations',
      'labels',
      'compatibility_mode',
      'audience',
      'event_owner_selector',
      'created_at',
      'updated_at',
    ])
  })
})

contract('the fields of an event type', (it) => {
  it('are reported together when several are wrong', async ({ post }) => {
    const { owning_application: _, ...anonymous } = anEventType({ name: '-order' })
    const response = await post('/event-types', anonymous)
    expect(response.status).toBe(422)
    const problem = await jsonOf<Problem>(response)
    expect(problem).toMatchObject({ type: 'http://httpstatus.es/422', title: 'Unprocessable Entity' })
    expect(problem.detail?.split('\n').sort()).toEqual([
      '',
      'Field "name" format not allowed',
      'Field "owning_application" must not be null',
    ])
  })

  const refusals = {
    'have a name of letters, digits, dashes, underscores and dots': [
      { name: '1st.order' },
      'Field "name" format not allowed\n',
    ],
    'have a name of at most 255 characters': [
      { name: 'a'.repeat(256) },
      'Field "name" the length of the name must be >= 1 and <= 255\n',
    ],
    'have a name': [{ name: null }, 'Field "name" must not be null\n'],
    'have an owning application': [
      { owning_application: null },
      'Field "owning_application" must not be null\n',
    ],
    'have a category': [{ category: null }, 'Field "category" must not be null\n'],
    'have a schema': [{ schema: null }, 'Field "schema" must not be null\n'],
    'have a schema in some language': [
      { schema: { schema: '{}' } },
      'Field "schema.type" must not be null\n',
    ],
    'have a schema with a text': [
      { schema: { type: 'json_schema' } },
      'Field "schema.schema" must not be null\n',
    ],
    'keep the default cleanup policy by leaving it out, not by null': [
      { cleanup_policy: null },
      'Field "cleanup_policy" must not be null\n',
    ],
    'keep the default compatibility mode by leaving it out, not by null': [
      { compatibility_mode: null },
      'Field "compatibility_mode" must not be null\n',
    ],
    'keep the default enrichment by leaving it out, not by null': [
      { enrichment_strategies: null },
      'Field "enrichment_strategies" must not be null\n',
    ],
    'expect no fewer messages than none': [
      statistic({ messages_per_minute: -1 }),
      'Field "default_statistic.messages_per_minute" can\'t be less then zero\n',
    ],
    'expect messages that have a size': [
      statistic({ message_size: 0 }),
      'Field "default_statistic.message_size" can\'t be less then 1\n',
    ],
    'promise at least one writer in statistics': [
      statistic({ write_parallelism: 0 }),
      'Field "default_statistic.write_parallelism" at least one writer expected\n',
    ],
    'leave nothing out of statistics': [
      statistic({ message_size: null }),
      'Field "default_statistic.message_size" must not be null\n',
    ],
    'name somebody by type and value': [
      { authorization: { admins: [{ value: 'a' }], readers: ANYONE, writers: ANYONE } },
      'Field "authorization.admins[0].data_type" must not be null\n',
    ],
    'have annotations with a key': [
      { annotations: { '': 'a' } },
      'Field "annotations[]" Key cannot be empty\nField "annotations[]" Key name should start and end with a letter or a digit\n',
    ],
    'have annotations with a lowercase domain in the key': [
      { annotations: { 'Example.org/a': 'a' } },
      /^Field "annotations\[\]" Key name should be an optional lowercase domain name with path\n/,
    ],
    'have annotations with a domain of at most 253 characters': [
      { annotations: { [`${'a'.repeat(254)}/a`]: 'a' } },
      'Field "annotations[]" Key prefix cannot be more than 253 characters.\n',
    ],
    'have annotations with a key of at most 63 characters': [
      { annotations: { ['a'.repeat(64)]: 'a' } },
      'Field "annotations[]" Key name cannot be more than 63 characters.\n',
    ],
    'have annotations with a key that begins and ends as a word': [
      { annotations: { 'a-': 'a' } },
      'Field "annotations[]" Key name should start and end with a letter or a digit\n',
    ],
    'have annotations of at most 1000 characters': [
      { annotations: { a: 'a'.repeat(1001) } },
      'Field "annotations[]" size must be between 0 and 1000\n',
    ],
    'have labels of at most 63 characters': [
      { labels: { a: 'a'.repeat(64) } },
      'Field "labels[]" size must be between 0 and 63\n',
    ],
    'have labels of letters, digits, dashes, underscores and dots': [
      { labels: { a: 'a b' } },
      'Field "labels[]" Should contain only allowed symbols\n',
    ],
    'have an owner selector with a type': [
      { event_owner_selector: { name: 'n', value: 'v' } },
      'Field "event_owner_selector.type" must not be null\n',
    ],
    'have an owner selector with a name': [
      { event_owner_selector: { type: 'static', name: '', value: 'v' } },
      'Field "event_owner_selector.name" the length of the name must be >= 1\n',
    ],
    'have an owner selector with a value, so none that reads metadata': [
      { event_owner_selector: { type: 'metadata', name: 'n' } },
      'Field "event_owner_selector.value" must not be null\n',
    ],
    'promise at least one reader in statistics': [
      partitions(0),
      'Field "default_statistic.read_parallelism" at least one reader expected\n',
    ],
    'name somebody in each list of an authorization': [
      {
        authorization: {
          admins: [],
          readers: [{ data_type: '*', value: '*' }],
          writers: [{ data_type: '*', value: '*' }],
        },
      },
      'Field "authorization.admins" must contain at least one attribute\n',
    ],
  } as const
  for (const [rule, [overrides, detail]] of Object.entries(refusals)) {
    it(rule, async ({ post }) => {
      const response = await post('/event-types', { ...anEventType(), ...overrides })
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toEqual(
        typeof detail === 'string' ? detail : expect.stringMatching(detail),
      )
    })
  }
})

contract('the rules between the fields of an event type', (it) => {
  const refusals = {
    'keep events for at most four days': [
      { options: { retention_time: 345_600_001 } },
      'Field "options.retention_time" can not be more than 345600000',
    ],
    'keep events for at least three hours': [
      { options: { retention_time: 10_799_999 } },
      'Field "options.retention_time" can not be less than 10800000',
    ],
    'demand a schema that is JSON': [
      { schema: { type: 'json_schema', schema: '{' } },
      /^schema must be a valid json: /,
    ],
    'demand a schema of objects': [
      { schema: aSchema({ type: 'array' }) },
      '"type" of root element in schema can only be "object"',
    ],
    'reserve the property "metadata"': [
      { schema: aSchema({ properties: { metadata: {} } }) },
      '"metadata" property is reserved',
    ],
    'find ordering keys in the schema': [
      { ordering_key_fields: ['placed_at', 'order_number'] },
      'ordering_key_fields [placed_at] absent in schema',
    ],
    'find ordering instances in the schema': [
      { ordering_key_fields: ['order_number'], ordering_instance_ids: ['shop'] },
      'ordering_instance_ids [shop] absent in schema',
    ],
    'order instances by keys': [
      { ordering_instance_ids: ['order_number'] },
      '`ordering_instance_ids` field can not be defined without defining `ordering_key_fields`',
    ],
    'find the owner of an event in the schema': [
      { event_owner_selector: { type: 'path', name: 'retailer_id', value: 'retailer' } },
      'event_owner_selector.value [retailer] absent in schema',
    ],
    'demand an Avro schema that is one': [
      { schema: { type: 'avro_schema', schema: '{' } },
      /^failed to parse avro schema /,
    ],
    'say "on" or "off" to the data lake': [
      { annotations: { [`${LAKE}/materialize-events`]: 'yes' } },
      `Annotation ${LAKE}/materialize-events is not valid. Provided value: "yes". Possible values are: "on" or "off".`,
    ],
    'say for how long a data lake keeps events': [
      { annotations: { [`${LAKE}/materialize-events`]: 'on' } },
      `Annotation ${LAKE}/retention-period is required, when ${LAKE}/materialize-events is "on".`,
    ],
    'say why a data lake keeps events': [
      { annotations: { [`${LAKE}/retention-period`]: '7 days' } },
      `Annotation ${LAKE}/retention-period-reason is required, when ${LAKE}/retention-period is specified.`,
    ],
    'let a data lake keep events for a period that it understands': [
      { annotations: { [`${LAKE}/retention-period`]: '6 days', [`${LAKE}/retention-period-reason`]: 'law' } },
      `Annotation ${LAKE}/retention-period does not comply with regex. See documentation for more details.`,
    ],
    'do not compact events of category "undefined"': [
      { category: 'undefined', enrichment_strategies: [], cleanup_policy: 'compact' },
      "cleanup_policy 'compact' and 'compact_and_delete' is not available for 'undefined' event type category",
    ],
    'do not enrich events of category "undefined"': [
      { category: 'undefined' },
      'must not define enrichment strategy for undefined event type',
    ],
    'demand that business events are enriched': [
      { enrichment_strategies: [] },
      'must define metadata enrichment strategy',
    ],
    'enrich once': [
      { enrichment_strategies: ['metadata_enrichment', 'metadata_enrichment'] },
      'enrichment strategies must not contain duplicated entries',
    ],
    'name a partition strategy': [{ partition_strategy: null }, 'partition strategy must not be null'],
    'name a partition strategy in its own case': [
      { partition_strategy: 'Random' },
      'partition strategy does not exist: Random',
    ],
    'permit nobody the same thing twice': [
      { authorization: { admins: [...ANYONE, ...ANYONE], readers: ANYONE, writers: [...ANYONE, ...ANYONE] } },
      "authorization property 'ADMIN' contains duplicated attribute(s): *:*; authorization property 'WRITE' contains duplicated attribute(s): *:*",
    ],
    'do not read owners from metadata': [
      { event_owner_selector: { type: 'metadata', name: 'n', value: 'v' } },
      "event_owner_selector specifying value for type 'metadata' is not supported",
    ],
    'name a partition strategy that exists': [
      { partition_strategy: 'round_robin' },
      'partition strategy does not exist: round_robin',
    ],
    'demand key fields for the hash strategy': [
      { partition_strategy: 'hash' },
      "partition_key_fields field should be set for partition strategy 'hash'",
    ],
    'do not let producers of category "undefined" choose partitions': [
      { category: 'undefined', enrichment_strategies: [], partition_strategy: 'user_defined' },
      "'user_defined' partition strategy can't be used for EventType of category 'undefined'",
    ],
  } as const
  for (const [rule, [overrides, detail]] of Object.entries(refusals)) {
    it(rule, async ({ post }) => {
      const response = await post('/event-types', { ...anEventType(), ...overrides })
      expect(response.status).toBe(422)
      const problem = await jsonOf<Problem>(response)
      expect(problem.type).toBe(undefined)
      expect(problem.detail).toEqual(typeof detail === 'string' ? detail : expect.stringMatching(detail))
    })
  }
})
