import { createServer, type RequestListener } from 'node:http'
import { Readable, Writable } from 'node:stream'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { Agent, Client, type Dispatcher, request, stream } from 'undici'
import { afterAll, describe, expect, it } from 'vitest'
import { mswInterceptor, nakadiInterceptor } from './undici.ts'

const baseUrl = 'https://nakadi.example.org'
const agent = new Agent()
afterAll(() => agent.close())

/** A dispatcher whose requests are answered by one function. */
function answeredBy(answer: (request: Request) => Response | Promise<Response>): Dispatcher {
  return agent.compose(nakadiInterceptor({ fetch: async (request) => answer(request) }, baseUrl))
}

/** A server on a loopback port, for what is meant for the network. */
async function listening(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()))
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close }
}

/** A body under the test's control; `cancelled` resolves with the reason for which its reader has let go of it. */
function controlledBody() {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({}, {}, { highWaterMark: 1 })
  const writer = writable.getWriter()
  return {
    body: readable,
    send: (text: string) => void writer.write(new TextEncoder().encode(text)),
    fail: (error: Error) => void writer.abort(error),
    end: () => void writer.close(),
    cancelled: writer.closed.catch((reason: unknown) => reason),
  }
}

describe('a request of undici', () => {
  it('reaches the broker with method, path, query, headers and body', async () => {
    const dispatcher = answeredBy(async (received) =>
      Response.json([
        received.method,
        received.url,
        received.headers.get('x-flow-id'),
        await received.text(),
      ]),
    )
    const answer = await request(`${baseUrl}/event-types`, {
      dispatcher,
      method: 'POST',
      query: { writer: 'service:billing', limit: [1, 2] },
      headers: { 'x-flow-id': 'f1' },
      body: '{}',
    })
    const url = `${baseUrl}/event-types?writer=service%3Abilling&limit=1&limit=2`
    expect(await answer.body.json()).toEqual(['POST', url, 'f1', '{}'])
  })

  it('keeps a path that begins with two slashes', async () => {
    const dispatcher = answeredBy(({ url }) => new Response(url))
    const answer = await dispatcher.request({ origin: baseUrl, path: '//a', method: 'GET' })
    expect(await answer.body.text()).toBe(`${baseUrl}//a`)
  })

  const headerForms: Record<string, Dispatcher.RequestOptions['headers']> = {
    'a record': { 'x-a': '1', 'x-b': ['2', '3'] },
    'a flat list': ['x-a', '1', 'x-b', '2', 'x-b', '3'],
    pairs: new Map<string, string | string[]>([
      ['x-a', '1'],
      ['x-b', ['2', '3']],
    ]),
  }
  for (const [form, headers] of Object.entries(headerForms)) {
    it(`may give its headers as ${form}`, async () => {
      const dispatcher = answeredBy(({ headers: got }) => Response.json([got.get('x-a'), got.get('x-b')]))
      const answer = await request(baseUrl, { dispatcher, headers: headers ?? null })
      expect(await answer.body.json()).toEqual(['1', '2, 3'])
    })
  }

  it('receives status, headers, repeated cookies and body', async () => {
    const headers = new Headers({ 'x-flow-id': 'f1' })
    headers.append('set-cookie', 'a=1')
    headers.append('set-cookie', 'b=2')
    const dispatcher = answeredBy(() => new Response('taken', { status: 409, headers }))
    const answer = await request(baseUrl, { dispatcher })
    expect([answer.statusCode, answer.headers['x-flow-id'], answer.headers['set-cookie']]).toEqual([
      409,
      'f1',
      ['a=1', 'b=2'],
    ])
    expect(await answer.body.text()).toBe('taken')
  })

  it('may stream its body', async () => {
    const dispatcher = answeredBy(async (received) => new Response(await received.text()))
    const body = (async function* () {
      yield Buffer.from('[{}')
      yield Buffer.from(']')
    })()
    const answer = await request(baseUrl, { dispatcher, method: 'POST', body: Readable.from(body) })
    expect(await answer.body.text()).toBe('[{}]')
  })

  it('fails with the error that the broker failed with', async () => {
    const dispatcher = answeredBy(() => Promise.reject(new Error('no broker')))
    await expect(request(baseUrl, { dispatcher })).rejects.toThrow('no broker')
  })
})

describe('a streamed answer', () => {
  it('arrives chunk by chunk, before it has ended', async () => {
    const { body, send, end } = controlledBody()
    const answer = await request(baseUrl, { dispatcher: answeredBy(() => new Response(body)) })
    const chunks = answer.body[Symbol.asyncIterator]()
    send('one\n')
    expect(String((await chunks.next()).value)).toBe('one\n')
    send('two\n')
    expect(String((await chunks.next()).value)).toBe('two\n')
    end()
    expect((await chunks.next()).done).toBe(true)
  })

  it('is an error when it fails half-way, not an end', async () => {
    const { body, send, fail } = controlledBody()
    const answer = await request(baseUrl, { dispatcher: answeredBy(() => new Response(body)) })
    const chunks = answer.body[Symbol.asyncIterator]()
    send('one\n')
    await chunks.next()
    fail(new Error('torn'))
    await expect(chunks.next()).rejects.toThrow('torn')
  })

  it('is produced only as fast as it is read', async () => {
    let produced = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        produced += 1
        controller.enqueue(new Uint8Array(64 * 1024))
      },
    })
    const answer = await request(baseUrl, { dispatcher: answeredBy(() => new Response(body)) })
    const chunks = answer.body[Symbol.asyncIterator]()
    for (let read = 0; read < 10; read += 1) await chunks.next()
    expect(produced).toBeLessThan(20)
    answer.body.destroy()
    answer.body.on('error', () => {})
  })

  it('stops at the source when the reader destroys it', async () => {
    const { body, cancelled, send } = controlledBody()
    let signal: AbortSignal | undefined
    const dispatcher = answeredBy((received) => {
      signal = received.signal
      return new Response(body)
    })
    const answer = await request(baseUrl, { dispatcher })
    const chunks = answer.body[Symbol.asyncIterator]()
    send('one\n')
    await chunks.next()
    await chunks.return?.()
    expect(signal?.aborted).toBe(true)
    expect(await cancelled).toBe(signal?.reason)
  })

  it('rejects a pending read when the request is aborted', async () => {
    const { body, cancelled } = controlledBody()
    const abort = new AbortController()
    const dispatcher = answeredBy(() => new Response(body))
    const answer = await request(baseUrl, { dispatcher, signal: abort.signal })
    const pending = answer.body[Symbol.asyncIterator]().next()
    abort.abort(new Error('enough'))
    await expect(pending).rejects.toThrow('enough')
    expect(await cancelled).toMatchObject({ name: 'AbortError' })
  })

  for (const pauses of [false, true]) {
    it(`is reported once as failed when its ${pauses ? 'paused ' : ''}receiver aborts it`, async () => {
      const reported: string[] = []
      const dispatcher = answeredBy(() => new Response('one\n'))
      await new Promise<void>((resolve) => {
        const handler: Dispatcher.DispatchHandler = {
          onRequestStart: () => reported.push('start'),
          onResponseStart: () => reported.push('headers'),
          onResponseData: (controller) => {
            reported.push('data')
            if (pauses) controller.pause()
            queueMicrotask(() => controller.abort(new Error('enough')))
          },
          onResponseEnd: () => resolve(void reported.push('end')),
          onResponseError: (_, error) => resolve(void reported.push(error.message)),
        }
        dispatcher.dispatch({ origin: baseUrl, path: '/', method: 'GET' }, handler)
      })
      expect(reported).toEqual(['start', 'headers', 'data', 'enough'])
    })
  }

  it('is written to the destination of undici.stream', async () => {
    const lines: string[] = []
    const sink = new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) })
    const dispatcher = answeredBy(() => new Response('one\n'))
    await stream(baseUrl, { method: 'GET', dispatcher }, () => sink)
    expect(lines).toEqual(['one\n'])
  })
})

describe('a request that nobody has answered yet', () => {
  it('can be aborted, and the broker is told', async () => {
    const abort = new AbortController()
    let told: AbortSignal | undefined
    const dispatcher = answeredBy(({ signal }) => {
      told = signal
      abort.abort(new Error('too slow'))
      return new Promise<Response>(() => {})
    })
    await expect(request(baseUrl, { dispatcher, signal: abort.signal })).rejects.toThrow('too slow')
    expect(told?.aborted).toBe(true)
  })
})

describe('a request that no handler answers', () => {
  it('goes on to the network, with its streamed body whole', async () => {
    await using network = await listening((incoming, outgoing) => incoming.pipe(outgoing))
    const dispatcher = answeredBy(() => new Response('from the broker'))
    const body = Readable.from(['to the ', 'network'])
    const answer = await request(network.url, { dispatcher, method: 'POST', body })
    expect(await answer.body.text()).toBe('to the network')
  })

  it('goes on to the network when a client alone knows its origin', async () => {
    await using network = await listening((_, outgoing) => outgoing.end('from the network'))
    const client = new Client(network.url)
    const composed = client.compose(nakadiInterceptor({ fetch: async () => new Response() }, baseUrl))
    const answer = await composed.request({ method: 'GET', path: '/' })
    expect(await answer.body.text()).toBe('from the network')
    await client.close()
  })
})

describe('the handlers of an MSW server', () => {
  it('answer undici, including those that a test has put in front', async () => {
    const server = setupServer(http.get(`${baseUrl}/health`, () => HttpResponse.text('OK')))
    const dispatcher = agent.compose(mswInterceptor(server))
    const health = async () => await (await request(`${baseUrl}/health`, { dispatcher })).body.text()
    expect(await health()).toBe('OK')
    server.use(http.get(`${baseUrl}/health`, () => HttpResponse.text('down'), { once: true }))
    expect([await health(), await health()]).toEqual(['down', 'OK'])
  })

  it('fail a request like a network does, when they answer with an error', async () => {
    const server = setupServer(http.get(`${baseUrl}/health`, () => HttpResponse.error()))
    const dispatcher = agent.compose(mswInterceptor(server))
    await expect(request(`${baseUrl}/health`, { dispatcher })).rejects.toThrow('Failed to fetch')
  })
})
