// `rioni apply` against the reference broker.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BrokerScene, createBrokerScene, eventType } from './broker-scene.ts'
import { startFailingRegistry } from './failing-registry.ts'

let folder: string
let from: string
let scene: BrokerScene

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rioni-apply-'))
  from = join(folder, 'event-types')
  await mkdir(from)
  scene = await createBrokerScene()
})

afterEach(async () => {
  await scene[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const apply = (...more: string[]) => scene.rioni(['apply', '--from', from, ...more])

async function define(file: string, definition: object): Promise<void> {
  await writeFile(join(from, file), JSON.stringify(definition))
}

const paid = {
  name: 'order.paid',
  owning_application: 'shop',
  category: 'undefined',
  schema: { type: 'object' },
}
const withNote = {
  name: eventType,
  owning_application: 'shop',
  category: 'business',
  enrichment_strategies: ['metadata_enrichment'],
  schema: { properties: { n: { type: 'number' }, note: { type: 'string' } }, required: ['n'] },
}
const subscription = { owning_application: 'billing', event_types: ['order.paid'], read_from: 'begin' }

async function subscriptions() {
  const found = []
  for await (const one of scene.client.subscriptions.list()) found.push(one)
  return found
}

describe('applying definitions', () => {
  it('tells the plan and changes nothing unless it is asked to', async () => {
    await define('new.json', paid)
    await define('changed.json', withNote)
    await define('subscription.json', subscription)
    expect(await apply()).toEqual({
      exitCode: 0,
      stdout: [
        `~ change event type ${eventType} (${join(from, 'changed.json')})`,
        '    MINOR adds optional `note`: compatible  #/schema/schema/properties/note',
        `+ create event type order.paid (${join(from, 'new.json')})`,
        `+ create subscription of billing (default) to order.paid (${join(from, 'subscription.json')})`,
        '2 to create, 1 to change, 0 unchanged, 0 refused',
        '',
      ].join('\n'),
      stderr: 'nothing was changed: run the same command with --yes to carry it out\n',
    })
    await expect(scene.client.eventTypes.get('order.paid')).rejects.toMatchObject({ code: 'not-found' })
    expect(await apply('--check')).toMatchObject({ exitCode: 3 })
  })

  it('carries the plan out, event types before subscriptions, and has nothing to do the second time', async () => {
    await define('a-subscription.json', subscription)
    await define('new.json', paid)
    await define('changed.json', withNote)
    const first = await apply('--yes')
    expect(first).toMatchObject({ exitCode: 0, stderr: '' })
    expect(first.stdout).toContain(
      `changed event type ${eventType}\ncreated event type order.paid\ncreated subscription of billing`,
    )
    expect((await scene.client.eventTypes.get(eventType)).schema.version).toBe('1.1.0')
    expect(await subscriptions()).toMatchObject([{ owning_application: 'billing', read_from: 'begin' }])
    for (const more of [['--yes'], ['--check']]) {
      expect(await apply(...more)).toEqual({
        exitCode: 0,
        stdout: '0 to create, 0 to change, 3 unchanged, 0 refused\n',
        stderr: '',
      })
    }
  })

  it('keeps what a definition does not mention', async () => {
    const current = await scene.client.eventTypes.get(eventType)
    await scene.client.eventTypes.update(eventType, {
      ...current,
      audience: 'company-internal',
      annotations: { why: 'x' },
      options: { retention_time: 86_400_000 },
    })
    await define('changed.json', withNote)
    await apply('--yes')
    expect(await scene.client.eventTypes.get(eventType)).toMatchObject({
      audience: 'company-internal',
      annotations: { why: 'x' },
      options: { retention_time: 86_400_000 },
      schema: { version: '1.1.0' },
    })
  })

  it('has nothing to do with what was just pulled', async () => {
    await scene.rioni(['pull', '--out', from])
    expect(await apply('--check')).toMatchObject({ exitCode: 0 })
  })

  it('changes the labels of a subscription and nothing else of it', async () => {
    await define('new.json', paid)
    await define('subscription.json', subscription)
    await apply('--yes')
    const [before] = await subscriptions()
    await define('subscription.json', { ...subscription, labels: { team: 'billing' } })
    const { stdout } = await apply('--yes')
    expect(stdout).toContain('changes labels from {} to {"team":"billing"}')
    expect(await subscriptions()).toEqual([
      { ...before, labels: { team: 'billing' }, updated_at: expect.any(String) },
    ])
  })

  it('changes nothing at all when the broker would refuse a part of it, and says why', async () => {
    await define('new.json', paid)
    await define('wrong.json', {
      ...withNote,
      schema: { properties: { n: { type: 'string' } }, required: ['n'] },
    })
    const { exitCode, stdout, stderr } = await apply('--yes')
    expect(exitCode).toBe(1)
    expect(stdout).toContain('Invalid schema: #/properties/n: schema types must be the same')
    expect(stderr).toBe('nothing was changed: correct what is wrong first\n')
    await expect(scene.client.eventTypes.get('order.paid')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('changes nothing when a file cannot be read, and plans the others all the same', async () => {
    await define('new.json', paid)
    await writeFile(join(from, 'bad.yaml'), 'name: bad\n')
    const { exitCode, stdout, stderr } = await apply('--yes')
    expect(exitCode).toBe(1)
    expect(stdout).toContain('+ create event type order.paid')
    expect(stderr).toContain(`${join(from, 'bad.yaml')}#/owning_application: error:`)
  })

  it('does what it can when the broker refuses more than its rules say, and exits with 6', async () => {
    await scene.client.settings.setFeature({ feature: 'force_event_type_authz', enabled: true })
    await define('new.json', paid)
    await define('subscription.json', subscription)
    await define('other.json', { owning_application: 'reader', event_types: [eventType] })
    const { exitCode, stdout, stderr } = await apply('--yes')
    expect(exitCode).toBe(6)
    expect(stdout).toContain(`created subscription of reader (default) to ${eventType}\n`)
    expect(stderr).toContain('event type order.paid failed\nerror: [validation]')
    expect(stderr).toContain('Authorization section is mandatory')
    expect(stderr).toContain(
      'subscription of billing (default) to order.paid was not tried, because order.paid failed\n',
    )
  })

  it('stops when the registry cannot be reached any more, and goes on from there the next time', async () => {
    for (const name of ['a', 'b', 'c']) await define(`${name}.json`, { ...paid, name })
    // Three questions for the plan, then a question and a creation for the first step.
    await using registry = await startFailingRegistry(scene.url, (count) => (count > 5 ? 'cut' : 'pass'))
    const env = { RIONI_URL: registry.url }
    const stopped = await scene.rioni(['apply', '--from', from, '--yes'], { env })
    expect(stopped.exitCode).toBe(6)
    expect(stopped.stdout).toContain('created event type a\n')
    expect(stopped.stderr).toMatch(
      /^event type b failed\nerror: .*\n1 step not tried; run the command again\n$/,
    )
    const { exitCode, stdout } = await apply('--yes')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('2 to create, 0 to change, 1 unchanged, 0 refused')
  })

  it('exits with 1 when nothing of it could be done', async () => {
    await scene.client.settings.setFeature({ feature: 'force_event_type_authz', enabled: true })
    await define('new.json', paid)
    expect(await apply('--yes')).toMatchObject({ exitCode: 1 })
  })

  it('keeps to what is included', async () => {
    await define('new.json', paid)
    await define('changed.json', withNote)
    expect((await apply('--include', '*.paid')).stdout).toContain('1 to create, 0 to change, 0 unchanged')
  })

  it('of which there are none, or none that is meant, is a mistake', async () => {
    const wrong = (what: string) => ({ exitCode: 1, stdout: '', stderr: `error: ${what}\n` })
    expect(await apply('--yes')).toEqual(wrong(`there is no event type and no subscription in ${from}`))
    await define('new.json', paid)
    expect(await apply('--yes', '--include', 'order.piad')).toEqual(
      wrong(`there is no event type and no subscription in ${from} that include and exclude select`),
    )
  })

  it('is one JSON document on request, before and after', async () => {
    await define('new.json', paid)
    const step = { subject: 'event-type', name: 'order.paid', file: join(from, 'new.json'), action: 'create' }
    expect(JSON.parse((await apply('--json')).stdout)).toEqual({ steps: [step] })
    expect(JSON.parse((await apply('--json', '--yes')).stdout)).toEqual({
      steps: [{ ...step, outcome: 'done' }],
    })
  })
})
