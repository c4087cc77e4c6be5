import { describe, expect, it } from 'vitest'
import { planApply } from './plan-apply.ts'

const schema = { type: 'json_schema', schema: '{}' } as const

function eventType(name: string, file = `${name}.yaml`) {
  const definition = { name, owning_application: 'shop', category: 'undefined', schema } as const
  return { eventType: definition, origin: { file, schemaPointer: '/schema' } }
}

function subscription(...event_types: string[]) {
  return {
    subscription: { owning_application: 'billing', event_types },
    origin: { file: 's.yaml', pointer: '' },
  }
}

const EMPTY = { eventTypes: [], subscriptions: [], registered: new Map(), subscribed: [] }

/** Each step in a line. */
function planned(input: Partial<Parameters<typeof planApply>[0]>): string[] {
  return planApply({ ...EMPTY, ...input }).map(({ subject, name, decision }) =>
    `${decision.action} ${subject} ${name} ${decision.action === 'refuse' ? decision.reason : ''}`.trim(),
  )
}

describe('a plan', () => {
  it('has event types before the subscriptions that need them', () => {
    expect(
      planned({ eventTypes: [eventType('b'), eventType('a')], subscriptions: [subscription('b')] }),
    ).toEqual(['create event-type a', 'create event-type b', 'create subscription billing (default) to b'])
  })

  it('refuses a subscription to what is not there and not created', () => {
    expect(planned({ subscriptions: [subscription('gone')] })).toEqual([
      'refuse subscription billing (default) to gone there is no event type gone',
    ])
  })

  it('refuses what is defined twice, since nobody knows which is meant', () => {
    expect(planned({ eventTypes: [eventType('a', 'x.yaml'), eventType('a', 'y.yaml')] })).toEqual([
      'refuse event-type a it is defined more than once: x.yaml, y.yaml',
    ])
    const twice = [subscription('a', 'b'), subscription('b', 'a')]
    expect(planned({ eventTypes: [eventType('a'), eventType('b')], subscriptions: twice }).at(-1)).toBe(
      'refuse subscription billing (default) to a, b it is defined more than once: s.yaml, s.yaml',
    )
  })
})
