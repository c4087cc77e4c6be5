import { gzipSync } from 'node:zlib'
import type { StreamBatch, Subscription } from '@rioni/protocol'
import { describe, expect, it } from 'vitest'
import { createBroker } from './broker.ts'
import { createManualClock } from './clock.ts'
import type { BrokerOptions } from './options.ts'
import { seededRandom } from './random.ts'
import type { CommandLog } from './storage/command-log.ts'
import { createMemoryStorage } from './storage/memory.ts'
import type { Storage } from './storage/storage.ts'

const JSON_HEADERS = { 'Content-Type': 'application/json' }

/** A broker on a clock that stands still, with short words for requests. */
function setUp(options: BrokerOptions = {}) {
  const clock = createManualClock()
  const broker = createBroker({ clock, random: seededRandom(1), ...options })
  const send = (path: string, init?: RequestInit) => broker.fetch(new Request(`http://broker${path}`, init))
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(path, { method: 'POST', body: JSON.stringify(body), headers: { ...JSON_HEADERS, ...headers } })

  /** Creates the event type `e`, of any objects, and a subscription to it. */
  async function subscribe(): Promise<Subscription> {
    const schema = { type: 'json_schema', schema: '{}' }
    await post('/event-types', { name: 'e', owning_application: 'a', category: 'undefined', schema })
    const wanted = { owning_application: 'a', event_types: ['e'], read_from: 'begin' }
    const response = await post('/subscriptions', wanted)
    return JSON.parse(await response.text())
  }
  return { clock, broker, send, post, subscribe }
}

/** Reads the lines of a stream one at a time. */
function linesOf(response: Response) {
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
  const decoder = new TextDecoder()
  let text = ''
  async function next(): Promise<StreamBatch<unknown>> {
    while (!text.includes('\n')) {
      const { done, value } = await reader.read()
      if (done) throw new Error('the stream has ended')
      text += decoder.decode(value, { stream: true })
    }
    const [line = '', ...rest] = text.split('\n')
    text = rest.join('\n')
    return JSON.parse(line)
  }
  return { next, cancel: () => reader.cancel() }
}

describe('a broker', () => {
  it('lets no more wait in a low-level stream than its options say', async () => {
    const { broker, post, send, subscribe } = setUp({ limits: { maxEventStreamBufferBytes: 20 } })
    await subscribe()
    await post('/event-types/e/events', [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }])
    const headers = { 'X-nakadi-cursors': '[{"partition":"0","offset":"BEGIN"}]' }
    const lines = linesOf(await send('/event-types/e/events?batch_limit=100', { headers }))
    // Three events of seven bytes are too much.
    expect((await lines.next()).events).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    await broker.close()
  })

  it('gives a subscription what is published, and keeps what it has committed', async () => {
    const { post, send, subscribe } = setUp()
    const { id } = await subscribe()
    expect((await post('/event-types/e/events', [{ n: 1 }, { n: 2 }, { n: 3 }])).status).toBe(200)

    const first = await send(`/subscriptions/${id}/events?batch_limit=2`)
    const lines = linesOf(first)
    const { cursor, events } = await lines.next()
    expect(events).toEqual([{ n: 1 }, { n: 2 }])
    const streamId = first.headers.get('X-Nakadi-StreamId') ?? ''
    const commit = await post(
      `/subscriptions/${id}/cursors`,
      { items: [cursor] },
      { 'X-Nakadi-StreamId': streamId },
    )
    expect(commit.status).toBe(204)
    await lines.cancel()

    const second = await send(`/subscriptions/${id}/events`)
    expect((await linesOf(second).next()).events).toEqual([{ n: 3 }])
  })

  it.each([
    { title: 'ASCII', texts: ['a', 'bb', ''] },
    { title: 'other characters too', texts: ['a', 'ä€', '\u{1f600}', 'b'] },
  ])('keeps the events of a batch apart when they are of $title', async ({ texts }) => {
    const { post, send, subscribe } = setUp()
    const { id } = await subscribe()
    const events = texts.map((text) => ({ text }))
    await post('/event-types/e/events', events)
    const response = await send(`/subscriptions/${id}/events?batch_limit=${texts.length}`)
    expect((await linesOf(response).next()).events).toEqual(events)
  })

  it('sends an event to a waiting stream as it is published, without time passing', async () => {
    const { post, send, subscribe } = setUp()
    const { id } = await subscribe()
    const lines = linesOf(await send(`/subscriptions/${id}/events`))
    await post('/event-types/e/events', [{ n: 1 }])
    expect((await lines.next()).events).toEqual([{ n: 1 }])
  })

  it('echoes the flow id of a request, or makes one', async () => {
    const { send } = setUp()
    expect((await send('/health', { headers: { 'X-Flow-Id': 'mine' } })).headers.get('X-Flow-Id')).toBe(
      'mine',
    )
    expect((await send('/nowhere')).headers.get('X-Flow-Id')).toMatch(/^[A-Za-z0-9]{24}$/)
  })
})

describe('a failure inside the broker', () => {
  it('is answered 500 with a reference under which it is reported', async () => {
    const storage = createMemoryStorage()
    const failure = new Error('disk full')
    const events = { ...storage.events, bounds: () => Promise.reject(failure) }
    const reported: unknown[] = []
    const onInternalError = (...args: readonly unknown[]) => reported.push(args)
    const observer = { onInternalError }
    const { send, subscribe } = setUp({ storage: { ...storage, events }, observer })
    await subscribe()
    const response = await send('/event-types/e/partitions')
    expect(response.status).toBe(500)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    const body = await response.text()
    const [, reference] = /\((ETI[A-Za-z0-9]{24})\)/.exec(body) ?? []
    const detail = `An internal error happened. Please report it. (${reference})`
    expect(body).toBe(`{"title":"Internal Server Error","status":500,"detail":"${detail}"}`)
    expect(reported).toEqual([[failure, reference]])
  })

  it.each([
    { title: 'the request cannot be read', options: {} },
    {
      title: 'nobody can be told of it',
      options: {
        observer: {
          onInternalError: () => {
            throw new Error('no log')
          },
        },
      },
    },
  ])('is answered 500 although $title', async ({ options }) => {
    const { broker } = setUp(options)
    const unreadable = new Request('http://broker/health')
    const get = () => {
      throw new Error('unreadable')
    }
    const response = await broker.fetch(Object.defineProperty(unreadable, 'url', { get }))
    expect(response.status).toBe(500)
    expect(response.headers.get('X-Flow-Id')).toMatch(/^[A-Za-z0-9]{24}$/)
  })

  it('breaks a stream off and gives its session back', async () => {
    const storage = createMemoryStorage()
    const events = { ...storage.events, read: () => Promise.reject(new Error('disk full')) }
    const { send, subscribe, clock } = setUp({ storage: { ...storage, events } })
    const { id } = await subscribe()
    const response = await send(`/subscriptions/${id}/events`)
    await expect(response.text()).rejects.toThrow('disk full')
    await clock.advance(0)
    expect(storage.commands.state.subscriptions.get(id)?.sessions).toEqual([])
  })
})

describe('the body of a request', () => {
  const limits = { maxBodyBytes: 1000 }
  const gzipped = (text: string) => ({
    method: 'POST',
    body: gzipSync(text),
    headers: { 'Content-Encoding': 'gzip' },
  })

  it('may be gzipped', async () => {
    const { send, subscribe } = setUp()
    await subscribe()
    expect((await send('/event-types/e/events', gzipped('[{"n":1}]'))).status).toBe(200)
    const partition = await send('/event-types/e/partitions/0')
    expect(await partition.json()).toMatchObject({ newest_available_offset: '001-0001-000000000000000000' })
  })

  it('is refused when it is too large, before or after inflating', async () => {
    const { send, post, subscribe } = setUp({ limits })
    await subscribe()
    expect((await post('/event-types/e/events', [{ text: 'x'.repeat(1000) }])).status).toBe(413)
    expect((await send('/event-types/e/events', gzipped(`[${' '.repeat(999)}]`))).status).toBe(413)
  })

  it('is refused when it cannot be inflated', async () => {
    const { send } = setUp()
    const init = { method: 'POST', body: '[{}]', headers: { 'Content-Encoding': 'gzip' } }
    const response = await send('/event-types/e/events', init)
    expect(await response.json()).toEqual({
      title: 'Bad Request',
      status: 400,
      detail: 'Not in GZIP format',
    })
  })
})

describe('a broker that closes', () => {
  /** A storage that notes when it is closed, and appends only when it is told to. */
  function createSlowStorage() {
    const storage = createMemoryStorage()
    const seen: string[] = []
    let append = () => {}
    const allowed = new Promise<void>((resolve) => {
      append = resolve
    })
    const events: Storage['events'] = {
      ...storage.events,
      async append(topic, records, at) {
        seen.push('append')
        await allowed
        await storage.events.append(topic, records, at)
        seen.push('appended')
      },
    }
    const close = async () => {
      seen.push('close')
    }
    return { storage: { ...storage, events, close }, seen, append: () => append() }
  }

  it('waits for the requests that are at work before it closes its storage', async () => {
    const { storage, seen, append } = createSlowStorage()
    const { broker, clock, post, subscribe } = setUp({ storage })
    await subscribe()
    const publishing = post('/event-types/e/events', [{ n: 1 }])
    await clock.advance(0)
    const closing = broker.close()
    await clock.advance(0)
    append()
    await closing
    expect((await publishing).status).toBe(200)
    expect(seen).toEqual(['append', 'appended', 'close'])
  })

  it('lets no request to its storage whose body arrives later', async () => {
    const { storage, seen, append } = createSlowStorage()
    append()
    const { broker, clock, send, subscribe } = setUp({ storage })
    await subscribe()
    let arrive: (chunk: Uint8Array) => void = () => {}
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        arrive = (chunk) => {
          controller.enqueue(chunk)
          controller.close()
        }
      },
    })
    const init = { method: 'POST', headers: JSON_HEADERS, body, duplex: 'half' } as RequestInit
    const publishing = send('/event-types/e/events', init)
    await clock.advance(0)
    await broker.close()
    arrive(new TextEncoder().encode('[{"n":1}]'))
    expect((await publishing).status).toBe(503)
    expect(seen).toEqual(['close'])
  })
})

describe('a stream whose reader does not read', () => {
  it('holds back what does not fit, and goes on when it is read', async () => {
    const { clock, post, send, subscribe } = setUp()
    const { id } = await subscribe()
    const text = 'x'.repeat(100_000)
    for (let n = 0; n < 30; n += 1) await post('/event-types/e/events', [{ n, text }])
    const response = await send(
      `/subscriptions/${id}/events?batch_flush_timeout=1&max_uncommitted_events=1000`,
    )
    await clock.advance(20_000)
    const { body } = response
    const reader = (body ?? new ReadableStream<Uint8Array>()).getReader()
    let bytes = 0
    for (let chunk = 0; chunk < 3; chunk += 1) bytes += (await reader.read()).value?.byteLength ?? 0
    // Keep-alive batches of twenty seconds would have come in between.
    expect(bytes).toBeGreaterThan(300_000)
    for (let chunk = 0; chunk < 27; chunk += 1) bytes += (await reader.read()).value?.byteLength ?? 0
    expect(bytes).toBeGreaterThan(3_000_000)
  })
})

describe('publishing', () => {
  it('changes nothing but the event log: no command is proposed', async () => {
    const storage = createMemoryStorage()
    const proposed: string[] = []
    const commands: CommandLog = {
      get state() {
        return storage.commands.state
      },
      watch: (onChange) => storage.commands.watch(onChange),
      async propose(command, at) {
        proposed.push(command.type)
        return await storage.commands.propose(command, at)
      },
    }
    const { post, subscribe } = setUp({ storage: { ...storage, commands } })
    await subscribe()
    proposed.length = 0
    expect((await post('/event-types/e/events', [{ n: 1 }, { n: 2 }])).status).toBe(200)
    expect(proposed).toEqual([])
  })
})

describe('a stream that is opened while the broker closes', () => {
  /** A storage in which looking up where a partition begins takes until `proceed` is called. */
  function setUpSlow() {
    const storage = createMemoryStorage()
    let proceed = () => {}
    const gate = new Promise<void>((resolve) => {
      proceed = resolve
    })
    let isClosed = false
    const slow: Storage = {
      ...storage,
      events: {
        ...storage.events,
        async bounds(of) {
          await gate
          return await storage.events.bounds(of)
        },
      },
      async close() {
        isClosed = true
      },
    }
    const sessionsOf = (id: string) => storage.commands.state.subscriptions.get(id)?.sessions
    return { ...setUp({ storage: slow }), proceed, isClosed: () => isClosed, sessionsOf }
  }

  it('ends at once, and the broker closes when its session is given back', async () => {
    const { broker, clock, send, subscribe, proceed, isClosed, sessionsOf } = setUpSlow()
    const { id } = await subscribe()
    const opening = send(`/subscriptions/${id}/events`)
    await clock.advance(0)
    const closing = broker.close()
    await clock.advance(0)
    expect(isClosed()).toBe(false)
    proceed()
    await closing
    expect([isClosed(), sessionsOf(id)]).toEqual([true, []])
    expect(await (await opening).text()).toBe('')
  })

  it('is refused when its request has been read too late', async () => {
    const { broker, clock, send, subscribe, proceed, sessionsOf } = setUpSlow()
    proceed()
    const { id } = await subscribe()
    let finish = () => {}
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        finish = () => {
          controller.enqueue(new TextEncoder().encode('{}'))
          controller.close()
        }
      },
    })
    const late = send(`/subscriptions/${id}/events`, { method: 'POST', body, duplex: 'half' })
    await clock.advance(0)
    await broker.close()
    finish()
    expect((await late).status).toBe(503)
    expect(sessionsOf(id)).toEqual([])
  })
})

describe('a closed broker', () => {
  it('has ended its streams and answers 503', async () => {
    const { broker, send, subscribe } = setUp()
    const { id } = await subscribe()
    const response = await send(`/subscriptions/${id}/events`)
    await broker.close()
    expect(await response.text()).toBe('')
    expect((await send('/health')).status).toBe(503)
    await expect(broker.close()).resolves.toBe(undefined)
  })
})
