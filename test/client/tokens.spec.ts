// Where tokens come from, how long they are used, and that nobody sees them (client.md 3, row 24).

import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import { createBroker, createManualClock } from '@rioni/broker'
import {
  type ClientOptions,
  createClient,
  createConsumer,
  createProducer,
  type ExpiringToken,
  type Fetch,
  fileToken,
  NakadiError,
  type TokenFunction,
} from '@rioni/client'
import { type ClientCredentials, clientCredentials } from '@rioni/client/oauth2'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { baseUrl, problem, scripted, whileTimePasses } from './world.ts'

/** A client of a broker that remembers the tokens it was sent, and accepts all but `refused`. */
function scene(token: TokenFunction, { refused = [], onRefusal, ...options }: SceneOptions = {}) {
  const clock = createManualClock()
  const sent: string[] = []
  const fetch: Fetch = async (_, init) => {
    const authorization = new Headers(init.headers).get('authorization') ?? 'none'
    sent.push(authorization.replace('Bearer ', ''))
    if (!refused.some((other) => authorization.endsWith(` ${other}`))) return Response.json([])
    await onRefusal?.()
    return problem(401, 'no')
  }
  const { eventTypes } = createClient({ baseUrl, clock, fetch, token, ...options })
  return { clock, sent, call: () => whileTimePasses(clock, eventTypes.list()) }
}

interface SceneOptions extends Partial<ClientOptions> {
  readonly onRefusal?: () => Promise<void>
  readonly refused?: readonly string[]
}

/** Hands out token-1, token-2 and so on, each good for a minute, and counts how many are asked for at once. */
function numbered(expiresInMs = 60_000) {
  const seen = { calls: 0, atOnce: 0, most: 0, rejections: 0 }
  const source = async ({ rejected }: { readonly rejected: boolean }): Promise<ExpiringToken> => {
    seen.calls += 1
    seen.rejections += rejected ? 1 : 0
    seen.most = Math.max(seen.most, ++seen.atOnce)
    await new Promise((resolve) => setImmediate(resolve))
    seen.atOnce -= 1
    return { token: `token-${seen.calls}`, expiresInMs }
  }
  return { seen, source }
}

describe('a token with an end', () => {
  it('is asked for once, and used until shortly before its end', async () => {
    const { seen, source } = numbered()
    const { clock, sent, call } = scene(source)
    await call()
    await clock.advance(50_000)
    await call()
    expect([seen.calls, sent]).toEqual([1, ['token-1', 'token-1']])
  })

  it('is replaced before its end without anybody waiting', async () => {
    const { source } = numbered()
    const { clock, sent, call } = scene(source)
    await call()
    await clock.advance(55_000)
    await call()
    await clock.advance(10)
    await call()
    expect(sent).toEqual(['token-1', 'token-1', 'token-2'])
  })

  it('is used on when its replacement fails, until its end', async () => {
    let calls = 0
    const { clock, sent, call } = scene(async () => {
      if (++calls > 1) throw new Error('vault is sealed')
      return { token: 'first', expiresInMs: 60_000 }
    })
    await call()
    await clock.advance(55_000)
    await call()
    expect(sent).toEqual(['first', 'first'])
    await clock.advance(10_000)
    await expect(call()).rejects.toMatchObject({
      code: 'token',
      outcome: 'not-sent',
      retryable: true,
      attempts: 3,
    })
  })

  it('is asked for by one request at a time, however many need it', async () => {
    const { seen, source } = numbered()
    const { sent, call } = scene(source)
    await Promise.all(Array.from({ length: 10 }, call))
    expect([seen, new Set(sent)]).toMatchObject([{ calls: 1, most: 1 }, new Set(['token-1'])])
  })

  it('is replaced once when the broker refuses it to many at the same time (6)', async () => {
    const { seen, source } = numbered()
    const { sent, call } = scene(source, { refused: ['token-1'] })
    await Promise.all(Array.from({ length: 10 }, call))
    expect(seen).toMatchObject({ calls: 2, most: 1, rejections: 1 })
    expect(sent.filter((token) => token === 'token-2')).toHaveLength(10)
  })

  it('that is refused twice ends the call, without a third', async () => {
    const { seen, source } = numbered()
    const { call } = scene(source, { refused: ['token-1', 'token-2'] })
    await expect(call()).rejects.toMatchObject({ code: 'unauthorized', outcome: 'rejected', attempts: 1 })
    expect(seen.calls).toBe(2)
  })

  it('that never comes costs the time of a request, and the next request asks again', async () => {
    let calls = 0
    const never = () => (++calls === 1 ? new Promise<string>(() => undefined) : 'late')
    const { sent, call } = scene(never, { requestTimeoutMs: 1000, retry: { maxAttempts: 1 } })
    await expect(call()).rejects.toMatchObject({ code: 'timeout', outcome: 'not-sent' })
    await call()
    expect([calls, sent]).toEqual([2, ['late']])
  })
})

describe('a broker that checks tokens', () => {
  const tokens = new Map([['good', { subject: 'billing' }]])
  const broker = createBroker({
    authentication: { tokens: { kind: 'static', tokens } },
    defaultAdmin: { data_type: 'user', value: 'operator' },
  })
  const fetch: Fetch = (url, init) => broker.fetch(new Request(url, init))
  afterAll(() => broker.close())

  it('lets in a token that is renewed when it is refused, on every call of a client', async () => {
    const token = ({ rejected }: { readonly rejected: boolean }) => ({
      token: rejected ? 'good' : 'expired',
      expiresInMs: 3_600_000,
    })
    const { eventTypes, registry } = createClient({ baseUrl, fetch, token })
    expect(await eventTypes.list()).toEqual(expect.any(Array))
    expect(await registry.partitionStrategies()).toContain('hash')
  })

  it('refuses one that it does not know, and one that may not do this', async () => {
    const stranger = createClient({ baseUrl, fetch, token: 'stranger' })
    await expect(stranger.eventTypes.list()).rejects.toMatchObject({
      code: 'unauthorized',
      outcome: 'rejected',
      problem: { status: 401 },
    })
    const { settings } = createClient({ baseUrl, fetch, token: 'good' })
    await expect(settings.getAdmins()).rejects.toMatchObject({ code: 'forbidden', outcome: 'rejected' })
  })

  it('says that it is up to those who have none', async () => {
    await createClient({ baseUrl, fetch }).node.checkHealth()
  })
})

describe('a token in a file', () => {
  let file: string
  beforeEach(async () => {
    file = join(await mkdtemp(join(tmpdir(), 'rioni-token-')), 'token')
    await writeFile(file, 'first\n')
  })
  afterEach(() => rm(dirname(file), { recursive: true }))

  it('is read again after a while', async () => {
    const { clock, sent, call } = scene(fileToken(file, { rereadAfterMs: 60_000 }))
    await call()
    await writeFile(file, 'second\n')
    await call()
    await clock.advance(60_000)
    await call()
    expect(sent).toEqual(['first', 'first', 'second'])
  })

  it('is read again at once when it is refused', async () => {
    const onRefusal = () => writeFile(file, 'second\n')
    const { sent, call } = scene(fileToken(file), { refused: ['first'], onRefusal })
    await call()
    expect(sent).toEqual(['first', 'second'])
  })

  it('that is being written is waited for', async () => {
    await writeFile(file, '')
    const { sent, call } = scene(fileToken(file), { retry: { maxAttempts: 100 } })
    const pending = call()
    await writeFile(file, 'second')
    await pending
    expect(sent).toEqual(['second'])
  })

  it('that is not there fails the call with the path', async () => {
    const { call } = scene(fileToken('/nowhere/token'))
    await expect(call()).rejects.toMatchObject({
      code: 'token',
      message: expect.stringContaining('The token file /nowhere/token cannot be read. Nothing was sent.'),
    })
  })
})

describe('a token by OAuth client credentials', () => {
  const credentials = {
    tokenUrl: 'https://auth.test/token',
    clientId: 'billing',
    clientSecret: 'verySecret',
  }
  const issued = (token: string, expires_in?: number) =>
    Response.json({ access_token: token, token_type: 'Bearer', ...(expires_in && { expires_in }) })

  it('is asked for with the client’s secret in a header, and kept as long as the server says', async () => {
    const server = scripted(issued('one', 60), issued('two', 60))
    const scopes = ['nakadi.read', 'nakadi.write']
    const { clock, sent, call } = scene(clientCredentials({ ...credentials, scopes, fetch: server }))
    await call()
    await call()
    await clock.advance(60_000)
    await call()
    expect(sent).toEqual(['one', 'one', 'two'])
    const [request] = server.requests
    expect(request?.headers.get('authorization')).toBe(`Basic ${btoa('billing:verySecret')}`)
    expect(await request?.text()).toBe('scope=nakadi.read+nakadi.write&grant_type=client_credentials')
  })

  it('is asked for with the secret in the body, and with other parameters, when that is wanted', async () => {
    const server = scripted(issued('one'))
    const parameters = { audience: 'nakadi' }
    const { call } = scene(
      clientCredentials({ ...credentials, parameters, authentication: 'post', fetch: server }),
    )
    await call()
    const form = new URLSearchParams(await server.requests[0]?.text())
    expect(Object.fromEntries(form)).toEqual({
      audience: 'nakadi',
      client_id: 'billing',
      client_secret: 'verySecret',
      grant_type: 'client_credentials',
    })
  })

  it('is asked for by a client that proves itself in a way of its own', async () => {
    const server = scripted(issued('one'))
    const authentication: ClientCredentials['authentication'] = (_server, { client_id }, body) => {
      body.set('client_id', client_id)
      body.set('client_assertion', 'signed')
    }
    const { tokenUrl, clientId } = credentials
    const { call } = scene(clientCredentials({ tokenUrl, clientId, authentication, fetch: server }))
    await call()
    expect(await server.requests[0]?.text()).toContain('client_assertion=signed')
  })

  it('is used for five minutes when the server names no end', async () => {
    const server = scripted(issued('one'), issued('two'))
    const { clock, sent, call } = scene(clientCredentials({ ...credentials, fetch: server }))
    await call()
    await clock.advance(299_000)
    await call()
    await clock.advance(1_000)
    await call()
    expect(sent).toEqual(['one', 'one', 'two'])
  })

  it('is asked for anew when the broker refuses it', async () => {
    const server = scripted(issued('one', 3600), issued('two', 3600))
    const { sent, call } = scene(clientCredentials({ ...credentials, fetch: server }), { refused: ['one'] })
    await call()
    expect(sent).toEqual(['one', 'two'])
  })

  const refusals: readonly { title: string; answer: () => Response | Error; want: object }[] = [
    {
      title: 'a wrong secret, in the words of OAuth',
      answer: () => Response.json({ error: 'invalid_client', error_description: 'no' }, { status: 401 }),
      want: {
        message: expect.stringContaining('https://auth.test gave no token: HTTP 401 invalid_client, no.'),
        retryable: false,
      },
    },
    {
      title: 'a server that fails',
      answer: () => new Response('<html>', { status: 503 }),
      want: { retryable: true },
    },
    {
      title: 'a page in place of an answer',
      answer: () => new Response('<html>'),
      want: { retryable: false },
    },
    {
      title: 'a server that is not there',
      answer: () => new TypeError('fetch failed'),
      want: { retryable: true },
    },
  ]
  for (const { title, answer, want } of refusals) {
    it(`that does not come because of ${title} fails the call, and shows no secret`, async () => {
      const token = clientCredentials({ ...credentials, fetch: scripted(answer(), answer(), answer()) })
      const error = await scene(token)
        .call()
        .catch((reason) => reason)
      expect(error).toMatchObject({ code: 'token', outcome: 'not-sent', ...want })
      const everything = inspect([error, token], { depth: 20, showHidden: true }) + JSON.stringify(error)
      expect(everything).not.toContain('verySecret')
      expect(everything).not.toContain(btoa('billing:verySecret'))
    })
  }

  it('is not asked for in the open, unless that is allowed', async () => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end('{"access_token":"one","token_type":"Bearer"}')
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const tokenUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/token`
    expect(() => clientCredentials({ ...credentials, tokenUrl })).toThrow(/tokenUrl must begin with https/)
    const { sent, call } = scene(clientCredentials({ ...credentials, tokenUrl, allowHttp: true }))
    await call()
    expect(sent).toEqual(['one'])
    server.closeAllConnections()
    server.close()
  })

  it('needs a secret and a URL', () => {
    expect(() => clientCredentials({ ...credentials, clientSecret: '' })).toThrow(/clientSecret is empty/)
    expect(() => clientCredentials({ ...credentials, tokenUrl: '/token' })).toThrow(
      /tokenUrl must be an absolute/,
    )
  })
})

describe('no token is shown', () => {
  const token = 'eyJ-very-secret'

  it('by an error, a client, a producer or a consumer, printed or as JSON, although the transport hangs its request on what it throws', async () => {
    const leaking: Fetch = async (_, init) => {
      const config = { headers: init.headers, tried: [new Headers(init.headers)] }
      const cause = Object.assign(new Error(`cannot send Bearer ${token}`), { config, code: 'ECONNRESET' })
      throw Object.assign(new TypeError('fetch failed', { cause }), { request: new Map([['init', init]]) })
    }
    const client = createClient({ baseUrl, fetch: leaking, token, retry: { maxAttempts: 1 } })
    const error = await client.eventTypes.create({} as never).catch((reason) => reason)
    expect(error).toBeInstanceOf(NakadiError)
    expect(error).toMatchObject({
      code: 'connection-lost',
      cause: { message: 'fetch failed', code: 'ECONNRESET' },
    })
    const producer = createProducer(client, 'order.order-placed')
    const consumer = createConsumer(client, ['order.order-placed'], { owningApplication: 'billing' })
    const shown = [error, client, producer, consumer]
    const everything = inspect(shown, { depth: 20, showHidden: true }) + JSON.stringify(shown)
    expect(everything).not.toContain(token)
  })

  it('by the answer of a broker that repeats the first of two tokens', async () => {
    const echo = new Response(`tried ${token}-1 and ${token}-2`, { status: 403 })
    let calls = 0
    const fetch = scripted(problem(401, 'expired'), echo)
    const client = createClient({ baseUrl, fetch, token: () => `${token}-${++calls}` })
    await expect(client.eventTypes.list()).rejects.toThrow('tried [token] and [token]')
  })
})
