// TLS, mutual TLS and proxies, over real sockets.

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect } from 'node:net'
import { TLSSocket } from 'node:tls'
import { inspect } from 'node:util'
import { type ClientOptions, createClient, type TlsOptions } from '@rioni/client'
import { Agent } from 'undici'
import { afterEach, describe, expect, it, vi } from 'vitest'

const pem = (name: string) => readFileSync(new URL(`certificates/${name}`, import.meta.url), 'utf8')
const ca = pem('authority.pem')
const own = { cert: pem('client.pem'), key: pem('client.key') }

const closing: (() => void)[] = []
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  for (const close of closing.splice(0)) close()
})

/** Answers with the name in the certificate that the client shows. */
function answer({ socket }: IncomingMessage, response: ServerResponse): void {
  const shown = socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined
  response.setHeader('content-type', 'application/json').end(JSON.stringify([{ name: shown ?? 'nobody' }]))
}

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/** A broker behind TLS. */
async function secureBroker({ requestCert = false } = {}): Promise<string> {
  const options = {
    cert: pem('server.pem'),
    key: pem('server.key'),
    ca,
    requestCert,
    rejectUnauthorized: requestCert,
  }
  return `https://127.0.0.1:${await listening(createTlsServer(options, answer))}`
}

/** A proxy that connects everything to one port, and remembers what it was asked for. */
async function proxy(port: string, status = 200) {
  const asked: { target: string | undefined; authorization: string | undefined }[] = []
  const server = createServer().on('connect', (request, socket) => {
    asked.push({ target: request.url, authorization: request.headers['proxy-authorization'] })
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const upstream = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
    closing.push(() => upstream.destroy())
    return upstream
  })
  return { asked, port: await listening(server) }
}

const noRetry = { retry: { maxAttempts: 1 } } as const

async function nameSeen(options: ClientOptions): Promise<string | undefined> {
  const [eventType] = await createClient({ ...noRetry, ...options }).eventTypes.list()
  return eventType?.name
}

describe('TLS', () => {
  it('trusts the authorities that are given', async () => {
    expect(await nameSeen({ baseUrl: await secureBroker(), tls: { ca } })).toBe('nobody')
    expect(await nameSeen({ baseUrl: await secureBroker(), tls: { ca: [Buffer.from(ca)] } })).toBe('nobody')
  })

  it('does not trust a certificate of somebody else, and sends nothing', async () => {
    await expect(nameSeen({ baseUrl: await secureBroker() })).rejects.toMatchObject({
      code: 'unreachable',
      outcome: 'not-sent',
      retryable: false,
      message: expect.stringContaining('Check the certificate, the trusted authorities'),
    })
  })

  it('shows a certificate to a broker that wants one', async () => {
    const baseUrl = await secureBroker({ requestCert: true })
    expect(await nameSeen({ baseUrl, tls: { ca, ...own } })).toBe('billing')
    await expect(nameSeen({ baseUrl, tls: { ca } })).rejects.toMatchObject({
      code: 'connection-lost',
      outcome: 'unknown',
    })
  })

  it('expects the name that is given', async () => {
    const baseUrl = await secureBroker()
    expect(await nameSeen({ baseUrl, tls: { ca, servername: 'broker.test' } })).toBe('nobody')
    await expect(nameSeen({ baseUrl, tls: { ca, servername: 'other.test' } })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    })
  })

  it('is the same when something that observes requests has replaced fetch', async () => {
    const native = globalThis.fetch
    const observed: unknown[] = []
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      observed.push(url)
      return native(url, init)
    })
    const baseUrl = await secureBroker({ requestCert: true })
    expect(await nameSeen({ baseUrl, tls: { ca, ...own } })).toBe('billing')
    expect(observed).toEqual([`${baseUrl}/event-types`])
  })

  it('can be left to a dispatcher', async () => {
    const dispatcher = new Agent({ connect: { ca } })
    expect(await nameSeen({ baseUrl: await secureBroker(), dispatcher })).toBe('nobody')
    await dispatcher.close()
  })
})

describe('a proxy', () => {
  it('that is given is used, with the user of its URL', async () => {
    const baseUrl = await secureBroker({ requestCert: true })
    const { asked, port } = await proxy(new URL(baseUrl).port)
    const url = `http://user:proxy-secret@127.0.0.1:${port}`
    const tls = { ca, servername: 'broker.test', ...own }
    expect(await nameSeen({ baseUrl: 'https://broker.test', proxy: { url }, tls })).toBe('billing')
    expect(asked).toEqual([
      { target: 'broker.test:443', authorization: `Basic ${btoa('user:proxy-secret')}` },
    ])
  })

  it('of the environment is used when that is wanted, and not otherwise', async () => {
    const plain = `http://127.0.0.1:${await listening(createServer(answer))}`
    const { asked, port } = await proxy(new URL(plain).port)
    vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${port}`)
    vi.stubEnv('http_proxy', `http://127.0.0.1:${port}`)
    vi.stubEnv('NO_PROXY', '127.0.0.1')
    vi.stubEnv('no_proxy', '127.0.0.1')
    const proxied = { baseUrl: 'http://broker.test', proxy: 'environment' } as const
    expect(await nameSeen(proxied)).toBe('nobody')
    expect(await nameSeen({ ...proxied, baseUrl: plain })).toBe('nobody')
    expect(await nameSeen({ baseUrl: plain })).toBe('nobody')
    expect(asked.map(({ target }) => target)).toEqual(['broker.test:80'])
  })

  it('that refuses is an error that does not show its password', async () => {
    const { port } = await proxy('1', 407)
    const url = `http://user:proxy-secret@127.0.0.1:${port}`
    const client = createClient({ baseUrl: 'https://broker.test', proxy: { url }, ...noRetry })
    const error = await client.eventTypes.list().catch((reason) => reason)
    expect(error).toMatchObject({
      code: 'unreachable',
      outcome: 'not-sent',
      retryable: false,
      message: expect.stringContaining('the proxy answered HTTP 407'),
    })
    const everything = inspect([error, client], { depth: 20, showHidden: true }) + JSON.stringify(error)
    expect(everything).not.toContain('proxy-secret')
    expect(everything).not.toContain(btoa('user:proxy-secret'))
  })
})

describe('options of connections that cannot work', () => {
  const baseUrl = 'https://broker.test'
  const table: readonly { given: Partial<ClientOptions>; want: RegExp }[] = [
    { given: { tls: { cert: own.cert } }, want: /tls.cert and tls.key go together/ },
    {
      given: { proxy: { url: 'user:secret@proxy' } },
      want: /proxy.url must be an absolute URL such as http/,
    },
    { given: { dispatcher: new Agent(), tls: {} }, want: /dispatcher stands in place of tls and proxy/ },
    { given: { transport: 'fetch', proxy: 'environment' }, want: /need transport undici or auto/ },
    {
      given: { fetch: globalThis.fetch, tls: {} satisfies TlsOptions },
      want: /fetch goes with no dispatcher, tls/,
    },
    { given: { retry: { maxAttempts: 0 } }, want: /retry.maxAttempts must be at least 1, not 0/ },
  ]
  for (const { given, want } of table) {
    it(`such as ${Object.keys(given).join(', ')} are refused when the client is made`, () => {
      expect(() => createClient({ baseUrl, ...given })).toThrow(want)
    })
  }
})
