import { EventEmitter, once } from 'node:events'
import { Writable } from 'node:stream'
import { run } from 'rioni'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type BrokerScene,
  consumeFromBegin,
  createBrokerScene,
  eventType,
  numbersOf,
} from './broker-scene.ts'
import { createMemoryEnvironment } from './memory-environment.ts'

let scene: BrokerScene

beforeEach(async () => {
  scene = await createBrokerScene()
})

afterEach(async () => {
  await scene[Symbol.asyncDispose]()
})

/** Events behind the position of the only subscription. */
async function unconsumedEvents(): Promise<number | undefined> {
  for await (const { id } of scene.client.subscriptions.list()) {
    const { items } = await scene.client.subscriptions.stats(id)
    return items[0]?.partitions[0]?.unconsumed_events
  }
  return undefined
}

describe('rioni consume', () => {
  it('prints one event per line and goes on where the last run stopped', async () => {
    await scene.publish(5)
    const first = await scene.rioni(consumeFromBegin('--limit', '3'))
    const second = await scene.rioni(consumeFromBegin('--limit', '2'))
    expect(numbersOf(first.stdout)).toEqual([1, 2, 3])
    expect(numbersOf(second.stdout)).toEqual([4, 5])
    expect({ ...first, stdout: '' }).toEqual({ exitCode: 0, stdout: '', stderr: 'consumed 3\n' })
  })

  it('starts a new subscription at the end unless told otherwise', async () => {
    await scene.publish(2)
    const argv = ['consume', eventType, '--owning-application', 'late', '--stop-when-idle', '1']
    expect(await scene.rioni(argv)).toEqual({ exitCode: 0, stdout: '', stderr: 'consumed 0\n' })
  })

  it('gives every consumer group all events', async () => {
    await scene.publish(2)
    const blue = await scene.rioni(consumeFromBegin('--consumer-group', 'blue', '--limit', '2'))
    const green = await scene.rioni(consumeFromBegin('--consumer-group', 'green', '--limit', '2'))
    expect(numbersOf(blue.stdout)).toEqual([1, 2])
    expect(numbersOf(green.stdout)).toEqual([1, 2])
  })

  it('prints an event exactly as the broker sent it', async () => {
    const text = '{"n":1.10,"id":9007199254740993,"name":"\\u00fc"}'
    await scene.client.publishEvents(
      eventType,
      `[${text.replace('}', ',"metadata":{"eid":"7a3a1e0d-5b0c-4b5b-9e0a-000000000002","occurred_at":"2024-01-01T00:00:00Z"}}')}]`,
    )
    const { stdout } = await scene.rioni(consumeFromBegin('--limit', '1'))
    expect(stdout).toContain('"n":1.10,"id":9007199254740993,"name":"\\u00fc"')
  })

  it('stops when it is idle', async () => {
    await scene.publish(2)
    const { exitCode, stdout, stderr } = await scene.rioni(consumeFromBegin('--stop-when-idle', '1'))
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'consumed 2\n' })
    expect(numbersOf(stdout)).toEqual([1, 2])
  })

  it('ends with 0 when it is told to stop, and has committed what it printed', async () => {
    await scene.publish(3)
    const { environment, printed, stop } = createMemoryEnvironment({ env: { RIONI_URL: scene.url } })
    const running = run(consumeFromBegin(), environment)
    await printed('"n":3')
    stop()
    expect(await running).toBe(0)
    expect(await unconsumedEvents()).toBe(0)
  })
})

describe('rioni consume --no-commit', () => {
  it('prints what there is, stops by itself, and leaves the position where it was', async () => {
    await scene.publish(3)
    const looking = consumeFromBegin('--no-commit', '--stop-when-idle', '1', '--commit-timeout', '1')
    const first = await scene.rioni(looking)
    expect(numbersOf(first.stdout)).toEqual([1, 2, 3])
    expect(first.stderr).toContain('consumed 3, 3 of them not committed: they come again\n')
    const second = await scene.rioni(consumeFromBegin('--limit', '3'))
    expect(numbersOf(second.stdout)).toEqual([1, 2, 3])
  })
})

describe('an output that does not keep up', () => {
  it('is waited for before the batch is committed', async () => {
    await scene.publish(1)
    let accept = (): void => {}
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        accept = done
        asked.emit('write')
      },
    })
    const asked = new EventEmitter()
    const written = once(asked, 'write')
    const { environment } = createMemoryEnvironment({ env: { RIONI_URL: scene.url } })
    const running = run(consumeFromBegin('--limit', '1'), { ...environment, stdout })
    await written
    expect(await unconsumedEvents()).toBe(1)
    accept()
    expect(await running).toBe(0)
    expect(await unconsumedEvents()).toBe(0)
  })

  it('that closes ends the command quietly, and what it did not accept is not committed', async () => {
    await scene.publish(2)
    const closed = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    }).on('error', () => {})
    const { environment, stderr } = createMemoryEnvironment({ env: { RIONI_URL: scene.url } })
    expect(await run(consumeFromBegin(), { ...environment, stdout: closed })).toBe(0)
    expect(stderr()).toBe('consumed 0\n')
    expect(await unconsumedEvents()).toBe(2)
  })
})

describe('rioni consume that cannot do its work', () => {
  it('says which event type does not exist', async () => {
    const argv = ['consume', 'no.such-type', '--owning-application', 'billing']
    const { exitCode, stdout, stderr } = await scene.rioni(argv)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toContain('no.such-type')
    expect(stderr).not.toContain('consumed')
  })

  it('says how to start a broker when there is none', async () => {
    const { exitCode, stderr } = await scene.rioni(consumeFromBegin(), {
      env: { RIONI_URL: 'http://127.0.0.1:1' },
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain("Start a broker with 'rioni broker'")
  })

  it('tells what it waits for when others hold all partitions', async () => {
    const holder = createMemoryEnvironment({ env: { RIONI_URL: scene.url } })
    const holding = run(consumeFromBegin(), holder.environment)
    await scene.publish(1)
    await holder.printed('"n":1')
    const waiter = createMemoryEnvironment({ env: { RIONI_URL: scene.url } })
    const waiting = run(consumeFromBegin(), waiter.environment)
    await waiter.told('waiting to connect again: [no-free-slots]')
    waiter.stop()
    holder.stop()
    expect(await Promise.all([waiting, holding])).toEqual([0, 0])
  })
})
