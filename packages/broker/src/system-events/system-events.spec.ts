import { createEventValidator, partitionCount } from '@rioni/event-types'
import { describe, expect, it } from 'vitest'
import type { Change } from '../core/changes.ts'
import { auditEvent } from './audit-events.ts'
import {
  accessLogEvent,
  batchPublishedEvent,
  changeEvent,
  dataStreamedEvent,
  type SystemEvent,
} from './kpi-events.ts'
import { AUDIT_LOG, KPI, SYSTEM_EVENT_TYPES, systemEventType } from './system-event-types.ts'

const AT = Date.UTC(2026, 0, 1)
const definitions = new Map(
  SYSTEM_EVENT_TYPES.map((each) => [each.definition.name, systemEventType(each, AT)]),
)

function eventTypeOf(name: string) {
  const found = definitions.get(name)
  if (found === undefined) throw new Error(`no event type ${name}`)
  return found
}

interface AvroField {
  readonly name: string
  readonly type: string | readonly string[]
}

function fieldsOf(name: string): readonly AvroField[] {
  const schema: { fields: readonly AvroField[] } = JSON.parse(eventTypeOf(name).schema.schema)
  return schema.fields
}

function fits(value: unknown, type: AvroField['type']): boolean {
  if (typeof type !== 'string') return type.some((branch) => fits(value, branch))
  if (type === 'null') return value === null
  return type === 'string' ? typeof value === 'string' : Number.isInteger(value)
}

const app = { app: 'billing', realm: '/services' }
const subscriptionChange: Change = {
  resourceType: 'subscription',
  resourceId: 'id-1',
  before: undefined,
  after: undefined,
}

const samples: readonly SystemEvent[] = [
  accessLogEvent(
    {
      request: new Request('http://x/y?z=1'),
      status: 200,
      durationMs: 3,
      subject: undefined,
      responseBytes: 0,
    },
    'salt',
  ),
  batchPublishedEvent({ ...app, eventTypeName: 'e', events: 1, bytes: 2, durationMs: 3 }, 'salt'),
  dataStreamedEvent(
    { ...app, subscriptionId: undefined, eventTypeName: 'e', events: 1, bytes: 2, batches: 3 },
    'salt',
  ),
  ...[
    changeEvent({
      resourceType: 'event_type',
      resourceId: AUDIT_LOG,
      before: undefined,
      after: eventTypeOf(AUDIT_LOG),
    }),
    changeEvent(subscriptionChange),
  ].flatMap((event) => event ?? []),
]

describe('the events that the broker writes about itself', () => {
  it('are of every event type for key figures', () => {
    expect(samples.map(({ eventType }) => eventType)).toEqual(Object.values(KPI))
  })

  it.each(samples)('have the fields that the schema of $eventType names', ({ eventType, fields }) => {
    const declared = fieldsOf(eventType)
    expect(Object.keys(fields)).toEqual(declared.map(({ name }) => name))
    for (const { name, type } of declared) expect([name, fits(fields[name], type)]).toEqual([name, true])
  })

  it('are valid events of the audit log', () => {
    const change: Change = { resourceType: 'feature', resourceId: 'x', before: { a: 1 }, after: { a: 2 } }
    const validate = createEventValidator(eventTypeOf(AUDIT_LOG))
    const metadata = { eid: '00000000-0000-4000-8000-000000000001', occurred_at: '2026-01-01T00:00:00.000Z' }
    expect(validate({ ...auditEvent(change, { user: 'alice', salt: 'salt' }), metadata })).toBeUndefined()
  })
})

describe('an audit event', () => {
  const storage = { resourceType: 'storage', resourceId: 'x' } as const

  it.each<[Change, string]>([
    [{ ...storage, before: undefined, after: {} }, 'C'],
    [{ ...storage, before: {}, after: {} }, 'U'],
    [{ ...storage, before: {}, after: undefined }, 'D'],
  ])('of %j has the operation %s', (change, operation) => {
    expect(auditEvent(change, { user: 'alice', salt: '' }).data_op).toBe(operation)
  })
})

describe('the event types of the broker', () => {
  it.each([
    ['nakadi.dead.letter.queue', 1],
    [AUDIT_LOG, 8],
    [KPI.batchPublished, 8],
    [KPI.subscriptionLog, 1],
  ])('%s has %i partitions', (name, count) => {
    expect(partitionCount(eventTypeOf(name))).toBe(count)
  })
})
