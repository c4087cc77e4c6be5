import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadDefinitions } from './load-definitions.ts'
import { loadSubscriptions } from './load-subscriptions.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rioni-subscriptions-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const write = (file: string, text: string) => writeFileSync(join(folder, file), text)

describe('subscriptions in definition files', () => {
  it('lie beside event types, which do not mind', async () => {
    write(
      'all.yaml',
      '- { name: a, owning_application: shop, category: undefined, schema: { type: object } }\n- { owning_application: billing, event_types: [a] }\n',
    )
    expect(await loadSubscriptions(folder)).toEqual({
      subscriptions: [
        {
          subscription: { owning_application: 'billing', event_types: ['a'] },
          origin: { file: 'all.yaml', pointer: '/1' },
        },
      ],
      diagnostics: [],
    })
    const { definitions, diagnostics } = await loadDefinitions(folder)
    expect(diagnostics).toEqual([])
    expect(definitions.map(({ eventType }) => eventType.name)).toEqual(['a'])
  })

  it('are told of fields that are most likely slips', async () => {
    write('s.yaml', 'owning_application: billing\nevent_types: [a]\nconsumer_gruop: invoices\nstatus: []\n')
    const { subscriptions, diagnostics } = await loadSubscriptions(folder)
    expect(subscriptions).toHaveLength(1)
    expect(diagnostics).toEqual([
      {
        severity: 'warning',
        file: 's.yaml',
        pointer: '/consumer_gruop',
        excerpt: '3 | consumer_gruop: invoices',
        message: 'the field consumer_gruop has no effect',
        remedy: 'Did you mean consumer_group?',
      },
    ])
  })

  it('may be what a registry has answered', async () => {
    const answer = {
      id: '1',
      owning_application: 'x',
      event_types: ['a'],
      authorization: null,
      created_at: 'then',
    }
    write('a.json', JSON.stringify(answer))
    const { subscriptions } = await loadSubscriptions(folder)
    expect(subscriptions[0]?.subscription).toEqual({ owning_application: 'x', event_types: ['a'] })
  })

  it.each([
    {
      given: { event_types: ['a'] },
      problem: 'owning_application is missing',
      pointer: '/owning_application',
    },
    {
      given: { owning_application: 'x', event_types: [] },
      problem: 'event_types is not a list of at least one text',
    },
    {
      given: { owning_application: 'x', event_types: ['a'], read_from: 'middle' },
      problem: 'read_from is not one of begin, end, cursors',
    },
    {
      given: { owning_application: 'x', event_types: ['a'], authorization: { admins: [], readers: [] } },
      problem: 'admins is not a list of at least one attribute with data_type and value',
      pointer: '/authorization/admins',
    },
    {
      given: { owning_application: 'x', event_types: ['a'], annotations: { n: 1 } },
      problem: '"n" is not a text',
      pointer: '/annotations/n',
    },
    {
      given: { owning_application: 'x', event_types: ['a'], labels: { 'a b': 'x' } },
      problem: 'labels[] Key name should start and end with a letter or a digit',
    },
  ])('are wrong when $problem', async ({ given, problem, pointer }) => {
    write('a.json', JSON.stringify(given))
    const { subscriptions, diagnostics } = await loadSubscriptions(folder)
    expect(subscriptions).toEqual([])
    expect(diagnostics[0]).toMatchObject({ severity: 'error', file: 'a.json', excerpt: expect.any(String) })
    expect(diagnostics[0]?.message).toBe(problem)
    if (pointer !== undefined) expect(diagnostics[0]?.pointer).toBe(pointer)
  })
})
