// What a person reads at night. The messages are written out, so that a change to one is seen and read.

import { getEventListeners } from 'node:events'
import { inspect } from 'node:util'
import { type ClientOptions, createClient, type NakadiError } from '@rioni/client'
import { describe, expect, it } from 'vitest'
import {
  baseUrl,
  createWorld,
  ORDER_PLACED,
  orderPlaced,
  problem,
  scripted,
  whileTimePasses,
} from './world.ts'

/** What a call to a broker that answers as told fails with. */
async function failureOf(
  answers: readonly (Response | Error)[],
  options: Partial<ClientOptions> = {},
): Promise<NakadiError> {
  const { clock } = await createWorld()
  const client = createClient({ baseUrl, clock, fetch: scripted(...answers), ...options })
  return whileTimePasses(
    clock,
    client.eventTypes.get(ORDER_PLACED, { flowId: 'flow-1' }).then(
      () => {
        throw new Error('the call succeeded')
      },
      (error: NakadiError) => error,
    ),
  )
}

function refused(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code }) })
}

const html = (status: number) =>
  new Response(
    '<!doctype html><html><head><title>502</title></head><body><h1>Bad Gateway</h1>nginx</body></html>',
    {
      status,
      headers: { 'content-type': 'text/html' },
    },
  )

describe('the message of an error', () => {
  const tried = 'getEventType (GET http://broker.test/event-types/order.order-placed)'

  it('of a wrong token', async () => {
    const error = await failureOf([problem(401, 'Full authentication is required to access this resource')], {
      token: 'wrong',
    })
    expect(error.message).toBe(
      `[unauthorized] ${tried}: HTTP 401 Problem: Full authentication is required to access this resource. The broker does not accept the token; check where it comes from and whether it has expired. (flow id flow-1)`,
    )
  })

  it('of a broker that is not there', async () => {
    const error = await failureOf([refused('ECONNREFUSED'), refused('ECONNREFUSED'), refused('ECONNREFUSED')])
    expect(error.message).toBe(
      `[unreachable] ${tried}: no connection (ECONNREFUSED). Nothing was sent. Check baseUrl and that the broker is running. (3 attempts, flow id flow-1)`,
    )
  })

  it('of a host that is not known', async () => {
    const error = await failureOf([refused('ENOTFOUND'), refused('ENOTFOUND'), refused('ENOTFOUND')])
    expect(error.message).toContain(
      'the host name cannot be resolved (ENOTFOUND). Nothing was sent. Check baseUrl and DNS.',
    )
  })

  it('of a proxy that answers with a page', async () => {
    const error = await failureOf([html(502), html(502), html(502)])
    expect(error.message).toBe(
      `[unavailable] ${tried}: HTTP 502 Bad Gateway: 502 Bad Gateway nginx. A proxy could not reach the broker; look at both. (3 attempts, flow id flow-1)`,
    )
  })

  it('of a login page that answers instead of the broker', async () => {
    const error = await failureOf([html(200)])
    expect(error.message).toBe(
      `[protocol] ${tried}: HTTP 200 with a body that is not JSON (text/html). Check that baseUrl leads to the broker itself. (flow id flow-1)`,
    )
  })

  it('of a redirect', async () => {
    const error = await failureOf([
      new Response(null, { status: 302, headers: { location: 'https://login.test/' } }),
    ])
    expect(error.message).toBe(
      `[protocol] ${tried}: HTTP 302. The Nakadi API does not answer so, and redirects are not followed; check that baseUrl leads to the broker. (flow id flow-1)`,
    )
  })

  it('of a name that the broker does not know', async () => {
    const { client } = await createWorld()
    await expect(client().eventTypes.get('no.such', { flowId: 'f' })).rejects.toThrow(
      '[not-found] getEventType (GET http://broker.test/event-types/no.such): HTTP 404 Not Found: EventType "no.such" does not exist. Check the name or id, and that baseUrl is the right broker. (flow id f)',
    )
  })

  it('of a name that cannot be part of a path', async () => {
    const { client } = await createWorld()
    await expect(client().eventTypes.get('')).rejects.toThrow(
      /\[invalid-argument\] getEventType: path parameter name must not be ""/,
    )
  })
})

describe('a refusal in any shape (15)', () => {
  const json = { 'content-type': 'application/json' }
  const table: readonly { shape: string; body: string; headers: Record<string, string>; want: object }[] = [
    {
      shape: 'a problem',
      body: '{"title":"Forbidden","status":403,"detail":"Access on READ","violations":[1]}',
      headers: { 'content-type': 'application/problem+json' },
      want: { title: 'Forbidden', detail: 'Access on READ', violations: [1] },
    },
    {
      shape: 'an OAuth error',
      body: '{"error":"insufficient_scope","error_description":"needs nakadi.read"}',
      headers: json,
      want: { title: 'insufficient_scope', detail: 'needs nakadi.read' },
    },
    {
      shape: 'a page',
      body: '<html><head><style>p{}</style></head><body><p>Access <b>denied</b></p></body></html>',
      headers: { 'content-type': 'text/html' },
      want: { title: 'Forbidden', detail: 'Access denied' },
    },
    { shape: 'plain text', body: 'no way', headers: {}, want: { title: 'Forbidden', detail: 'no way' } },
    { shape: 'JSON that is cut off', body: '{"title":', headers: json, want: { detail: '{"title":' } },
    { shape: 'nothing', body: '', headers: {}, want: { title: 'Forbidden', status: 403 } },
  ]
  for (const { shape, body, headers, want } of table) {
    it(`is understood as ${shape}`, async () => {
      const error = await failureOf([new Response(body, { status: 403, headers })])
      expect(error).toMatchObject({ code: 'forbidden', outcome: 'rejected', flowId: 'flow-1', problem: want })
    })
  }
})

describe('a fetch that does not notice an abort', () => {
  it('keeps nobody from giving up, and its late answer is let go', async () => {
    let answer: (response: Response) => void = () => undefined
    let isCancelled = false
    const deaf = () => new Promise<Response>((resolve) => (answer = resolve))
    const { clock } = await createWorld()
    const retry = { maxAttempts: 1 }
    const { eventTypes } = createClient({ baseUrl, clock, fetch: deaf, requestTimeoutMs: 1000, retry })
    await expect(whileTimePasses(clock, eventTypes.list())).rejects.toMatchObject({ code: 'timeout' })
    const cancel = () => {
      isCancelled = true
    }
    answer(new Response(new ReadableStream({ cancel })))
    await clock.advance(1)
    expect(isCancelled).toBe(true)
  })
})

describe('an error page', () => {
  it('of any size is read in part only', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(16_384).fill(0x78))
      },
    })
    const error = await failureOf([new Response(endless, { status: 403 })])
    expect(error.code).toBe('forbidden')
    expect(sent).toBeLessThan(10)
  })
})

describe('an answer that breaks off', () => {
  const broken = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
    })

  it('is a refusal all the same when its status says so', async () => {
    const error = await failureOf([new Response(broken(), { status: 403 })])
    expect(error).toMatchObject({ code: 'forbidden', outcome: 'rejected' })
  })

  it('is no answer when its status says success', async () => {
    const error = await failureOf([1, 2, 3].map(() => new Response(broken(), { status: 200 })))
    expect(error).toMatchObject({ code: 'connection-lost', outcome: 'unknown', attempts: 3 })
  })
})

describe('a token', () => {
  const token = 'eyJ-very-secret'

  it('is in no error, even if a page repeats it, and in no object that is logged', async () => {
    const echo = new Response(`Request: Authorization: Bearer ${token}`, { status: 403 })
    const error = await failureOf([echo], { token })
    expect(error.message).toContain('Bearer [token]')
    const client = createClient({ baseUrl, token })
    const everything = inspect([error, client, { ...client }], { depth: 20, showHidden: true })
    expect(everything).not.toContain(token)
  })

  it('is asked for once more when it is refused, and the call goes on', async () => {
    const asked: boolean[] = []
    const fetch = scripted(problem(401, 'expired'), Response.json({ name: ORDER_PLACED }))
    const client = createClient({
      baseUrl,
      fetch,
      token: ({ rejected }) => {
        asked.push(rejected)
        return rejected ? 'fresh' : 'stale'
      },
    })
    await client.eventTypes.get(ORDER_PLACED)
    expect(asked).toEqual([false, true])
    expect(fetch.requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer stale',
      'Bearer fresh',
    ])
  })

  it('is not asked for a third time', async () => {
    let asked = 0
    const error = await failureOf([problem(401, 'no'), problem(401, 'no')], {
      token: () => `token-${++asked}`,
    })
    expect([error.code, asked]).toEqual(['unauthorized', 2])
  })
})

describe('a call', () => {
  it('that creates is not repeated when it may have been carried out', async () => {
    const { clock } = await createWorld()
    const fetch = scripted(refused('ECONNRESET'))
    const client = createClient({ baseUrl, clock, fetch })
    await expect(client.eventTypes.create(orderPlaced())).rejects.toMatchObject({
      outcome: 'unknown',
      attempts: 1,
    })
  })

  it('that reads is repeated', async () => {
    const { clock } = await createWorld()
    const fetch = scripted(refused('ECONNRESET'), html(504), Response.json([]))
    const client = createClient({ baseUrl, clock, fetch })
    expect(await whileTimePasses(clock, client.eventTypes.list())).toEqual([])
  })

  it('that is aborted ends at once, also while it waits to be repeated, and leaves no timer', async () => {
    const { clock } = await createWorld()
    const controller = new AbortController()
    const fetch = scripted(problem(503, 'later', { 'retry-after': '300' }))
    const call = createClient({ baseUrl, clock, fetch }).eventTypes.list({ signal: controller.signal })
    await clock.advance(1000)
    controller.abort()
    await expect(call).rejects.toMatchObject({ code: 'aborted', outcome: 'not-sent' })
    expect(clock.pending).toBe(0)
  })

  it('leaves nothing on the signal that it was given, whether it succeeds or fails', async () => {
    const { signal } = new AbortController()
    const client = createClient({ baseUrl, fetch: scripted(Response.json([]), problem(404, 'no')) })
    await client.eventTypes.list({ signal })
    await client.eventTypes.get('e', { signal }).catch(() => undefined)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('keeps the worst outcome of its attempts, and what each failed with (13)', async () => {
    const error = await failureOf([refused('ECONNRESET'), refused('ECONNREFUSED'), refused('ECONNREFUSED')])
    expect(error).toMatchObject({ code: 'unreachable', outcome: 'unknown', attempts: 3 })
    expect(error.earlier).toMatchObject([
      { code: 'connection-lost', outcome: 'unknown', message: expect.stringContaining('ECONNRESET') },
      { code: 'unreachable', outcome: 'not-sent', message: expect.stringContaining('ECONNREFUSED') },
    ])
    expect(JSON.parse(JSON.stringify(error)).earlier).toEqual(error.earlier)
  })
})

describe('options that cannot work', () => {
  const table: readonly { given: Partial<ClientOptions>; want: RegExp }[] = [
    { given: { baseUrl: 'localhost:8080' }, want: /baseUrl must be an absolute URL such as https:\/\// },
    { given: { baseUrl: 'https://user:pass@host' }, want: /no user, password.*token option/ },
    { given: { requestTimeoutMs: 0 }, want: /requestTimeoutMs must be at least 1, not 0/ },
    { given: { transport: 'undici', fetch: globalThis.fetch }, want: /fetch goes with no dispatcher/ },
  ]
  for (const { given, want } of table) {
    it(`such as ${Object.keys(given).join(', ')} are refused when the client is made`, () => {
      expect(() => createClient({ baseUrl, ...given })).toThrow(want)
    })
  }
})
