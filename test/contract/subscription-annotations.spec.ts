import { expect } from 'vitest'
import { detailOf } from './answers.ts'
import { aSubscription } from './builders.ts'
import { contract } from './contract.ts'

const COUNT = 'nakadi.zalando.org/subscription-max-event-send-count'
const POLICY = 'nakadi.zalando.org/subscription-unprocessable-event-policy'

contract('the annotations and labels of a subscription', (it) => {
  it('are kept as they are given', async ({ createEventType, createSubscription }) => {
    await createEventType()
    const notes = {
      annotations: { 'example.org/team': 'Billing & more', [COUNT]: '3', [POLICY]: 'SKIP_EVENT' },
      labels: { 'example.org/tier': 'gold', empty: '' },
    }
    expect(await createSubscription(notes)).toMatchObject(notes)
  })

  const refusals = [
    [
      { annotations: { 'Example.org/team': 'x' } },
      'annotations[]',
      'Key name should be an optional lowercase domain name with path',
    ],
    [
      { annotations: { [`${'a'.repeat(254)}/team`]: 'x' } },
      'annotations[]',
      'Key prefix cannot be more than 253 characters.',
    ],
    [{ labels: { ['a'.repeat(64)]: 'x' } }, 'labels[]', 'Key name cannot be more than 63 characters.'],
    [{ labels: { '-tier': 'x' } }, 'labels[]', 'Key name should start and end with a letter or a digit'],
    [{ labels: { '': 'x' } }, 'labels[]', 'Key cannot be empty'],
    [{ labels: { tier: 'gold!' } }, 'labels[]', 'Should contain only allowed symbols'],
    [
      { annotations: { [COUNT]: 'many', [POLICY]: 'SKIP_EVENT' } },
      'annotations',
      `${COUNT} must be an integer`,
    ],
    [
      { annotations: { [COUNT]: '1', [POLICY]: 'SKIP_EVENT' } },
      'annotations',
      `${COUNT} must be between 2 and 10`,
    ],
    [
      { annotations: { [COUNT]: '11', [POLICY]: 'SKIP_EVENT' } },
      'annotations',
      `${COUNT} must be between 2 and 10`,
    ],
    [
      { annotations: { [COUNT]: '2', [POLICY]: 'skip' } },
      'annotations',
      `${POLICY} must be one of: SKIP_EVENT, DEAD_LETTER_QUEUE`,
    ],
    [{ annotations: { [COUNT]: '2' } }, 'annotations', `${POLICY} must be also set when setting ${COUNT}`],
    [
      { annotations: { [POLICY]: 'SKIP_EVENT' } },
      'annotations',
      `${COUNT} must be also set when setting ${POLICY}`,
    ],
  ] as const
  for (const [overrides, field, message] of refusals) {
    it(`are refused with 422: ${message}, in ${JSON.stringify(overrides).slice(0, 60)}`, async ({ post }) => {
      const response = await post('/subscriptions', { ...aSubscription(), ...overrides })
      expect(response.status).toBe(422)
      expect(await detailOf(response)).toContain(`Field "${field}" ${message}\n`)
    })
  }
})
