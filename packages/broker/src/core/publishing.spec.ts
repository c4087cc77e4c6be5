import { completeEventType, createPartitionResolver } from '@rioni/event-types'
import type { NewEventType } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { compactText, createEnrich } from './enrichment.ts'
import { splitEvents } from './event-batch.ts'
import { type PreparedBatch, type PublishingContext, prepareBatch } from './publishing.ts'

const AT = Date.UTC(2026, 0, 1)

interface Given {
  readonly eventType?: Partial<NewEventType>
  readonly validate?: PublishingContext['validate']
  readonly maxEventBytes?: number
}

function prepare(body: string, { eventType, validate, maxEventBytes }: Given = {}): PreparedBatch {
  const batch = splitEvents(body)
  if (!batch.ok) throw new Error(batch.message)
  const complete = completeEventType(
    {
      name: 'e',
      owning_application: 'shop',
      category: 'business',
      enrichment_strategies: ['metadata_enrichment'],
      schema: { type: 'json_schema', schema: '{}' },
      ...eventType,
    },
    AT,
  )
  const random = { below: () => 0 }
  return prepareBatch(batch.events, {
    eventType: complete,
    claim: () => ({}),
    validate: validate ?? (() => undefined),
    resolvePartition: createPartitionResolver({ eventType: complete, partitions: ['0', '1'], random }),
    toText: complete.category === 'undefined' ? compactText : createEnrich(ENRICHMENT),
    maxEventBytes: maxEventBytes ?? 1000,
  })
}

const ENRICHMENT = {
  eventType: 'e',
  version: '1.0.0',
  flowId: 'flow',
  publishedBy: 'unauthenticated',
  receivedAt: '2026-01-01T00:00:00.000Z',
}

const isBad: PublishingContext['validate'] = (event) =>
  JSON.stringify(event).includes('bad') ? 'it is bad' : undefined

function steps(prepared: PreparedBatch): readonly string[] {
  const items = prepared.kind === 'rejected' ? prepared.items : []
  return items.map(
    (item) => `${item.publishing_status} ${item.step} ${item.partition} ${item.eid} ${item.detail}`,
  )
}

describe('an accepted batch', () => {
  it('keeps the text of the client apart from whitespace and metadata', () => {
    const body = '[{ "z": 1.10, "metadata": {"eid": "e1", "flow_id": ""}, "a": "x  \\u0041" }]'
    const prepared = prepare(body)
    const [event] = prepared.kind === 'accepted' ? prepared.events : []
    expect(event?.partition).toBe('0')
    expect(event?.text).toMatch(/^\{"z":1\.10,"metadata":\{[^{}]*\},"a":"x {2}\\u0041"\}$/)
    expect(JSON.parse(event?.text ?? '')).toMatchObject({
      metadata: {
        eid: 'e1',
        event_type: 'e',
        received_at: '2026-01-01T00:00:00.000Z',
        published_by: 'unauthenticated',
        flow_id: 'flow',
        partition: '0',
        version: '1.0.0',
      },
    })
  })

  it('keeps a flow id that the producer has set', () => {
    const prepared = prepare('[{"metadata":{"flow_id":"mine"}}]')
    expect(JSON.stringify(prepared)).toContain('\\"flow_id\\":\\"mine\\"')
  })

  it('says itself what is the business of the broker, and keeps what else the producer says', () => {
    const metadata =
      '{"partition":"9","flow_id":"","eid":"e1","event_type":"other","span_ctx":{"a":"1"},"version":"7"}'
    const prepared = prepare(`[{"metadata":${metadata},"a":1}]`)
    const [event] = prepared.kind === 'accepted' ? prepared.events : []
    expect(event?.text.match(/"(partition|flow_id|event_type|version)":/g)).toHaveLength(4)
    expect(JSON.parse(event?.text ?? '')).toEqual({
      a: 1,
      metadata: {
        eid: 'e1',
        span_ctx: { a: '1' },
        event_type: 'e',
        received_at: '2026-01-01T00:00:00.000Z',
        published_by: 'unauthenticated',
        version: '1.0.0',
        flow_id: 'flow',
        partition: '0',
      },
    })
  })

  it.each([
    '{"\\u006detadata":{"eid":"e1"}}',
    '{"m":{"metadata":{}},"metadata":{"eid":"e1"}}',
    '{"metadata":{}}',
  ])('finds the metadata of %s', (text) => {
    const prepared = prepare(`[${text}]`)
    const [event] = prepared.kind === 'accepted' ? prepared.events : []
    const stored = JSON.parse(event?.text ?? '')
    expect(Object.keys(stored)).toEqual(Object.keys(JSON.parse(text)))
    expect(stored.metadata).toMatchObject({ ...JSON.parse(text).metadata, partition: '0' })
  })

  it('has the compaction key of each event, if its event type is compacted', () => {
    const prepared = prepare('[{"metadata":{"partition_compaction_key":"k"}}]', {
      eventType: { cleanup_policy: 'compact' },
    })
    expect(prepared).toMatchObject({ kind: 'accepted', events: [{ key: 'k' }] })
  })

  it('of category undefined is stored without metadata', () => {
    const prepared = prepare('[{ "a" : 1 }]', {
      eventType: { category: 'undefined', enrichment_strategies: [] },
    })
    expect(prepared).toEqual({ kind: 'accepted', events: [{ partition: '0', text: '{"a":1}' }] })
  })

  it('may be empty', () => {
    expect(prepare('[]')).toEqual({ kind: 'accepted', events: [] })
  })
})

describe('a rejected batch', () => {
  const event = (eid: string, more = '') => `{"metadata":{"eid":"${eid}","partition":"1"}${more}}`

  it('stops at the first invalid event', () => {
    const body = `[${event('1')},${event('2', ',"bad":1')},${event('3', ',"bad":1')}]`
    expect(steps(prepare(body, { validate: isBad }))).toEqual([
      'aborted validating null 1 ',
      'failed validating null 2 it is bad',
      'aborted none null 3 ',
    ])
  })

  it('counts the bytes of an event as it was sent', () => {
    const body = `[${event('1', ', "ä" : "€"')}]`
    expect(steps(prepare(body, { maxEventBytes: 53 }))).toEqual([
      'failed validating null 1 Event too large: 54 bytes, max size is 53 bytes',
    ])
    expect(prepare(body, { maxEventBytes: 54 }).kind).toBe('accepted')
  })

  it('names the partitions that were chosen before one could not be', () => {
    const body = `[${event('1')},{"metadata":{"eid":"2","partition":"9"}},${event('3')}]`
    expect(steps(prepare(body, { eventType: { partition_strategy: 'user_defined' } }))).toEqual([
      'aborted partitioning 1 1 ',
      'failed partitioning null 2 Failed to resolve partition. Invalid partition specified when publishing event: 9',
      'aborted validating null 3 ',
    ])
  })

  it.each([
    { body: '[{"bad":1}]', message: 'JSONObject["metadata"] not found.' },
    { body: '[{"bad":1,"metadata":1}]', message: 'JSONObject["metadata"] is not a JSONObject.' },
    { body: '[{"bad":1,"metadata":{}}]', message: 'JSONObject["eid"] not found.' },
    { body: '[{"bad":1,"metadata":{"eid":1}}]', message: 'JSONObject["eid"] not a string.' },
  ])('is unreadable when the invalid event has no eid: $body', ({ body, message }) => {
    expect(prepare(body, { validate: isBad })).toEqual({ kind: 'unreadable', message })
    const isUndefined = { category: 'undefined', enrichment_strategies: [] } as const
    expect(prepare(body, { validate: isBad, eventType: isUndefined }).kind).toBe('rejected')
  })
})
