// What a server on a port puts up with, shown with real sockets: what clients send that is wrong, late or too much.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type NodeServer, type ServeOptions, type SlowClient, serve } from './node.ts'

const open: NodeServer[] = []

afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

type Answer = (request: Request) => Promise<Response>

async function listen(answer: Answer, options: Partial<ServeOptions> = {}): Promise<NodeServer> {
  const server = await serve({ fetch: answer }, { port: 0, ...options })
  open.push(server)
  return server
}

/** Answers with what it was sent, so that a test sees how many requests there were. */
async function listenEchoing(options: Partial<ServeOptions> = {}) {
  const seen: string[] = []
  const server = await listen(async (request) => {
    seen.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`)
    return new Response(null)
  }, options)
  return { server, seen }
}

/** Sends bytes and returns, as text, all that comes before the server closes the connection. */
async function exchange({ port }: NodeServer, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const received: Buffer[] = []
  socket.on('data', (chunk) => received.push(chunk)).on('error', () => {})
  socket.write(bytes, 'latin1')
  await once(socket, 'close')
  return Buffer.concat(received).toString()
}

const HOST = 'Host: localhost\r\n'
/** What follows in each case, and must never be taken for a request of its own. */
const SMUGGLED = `GET /smuggled HTTP/1.1\r\n${HOST}\r\n`

describe('a request whose end can be understood in two ways', () => {
  it.each([
    {
      title: 'a length and chunks',
      headers: 'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n',
      body: '0\r\n\r\n',
    },
    {
      title: 'chunks and a length',
      headers: 'Transfer-Encoding: chunked\r\nContent-Length: 6\r\n',
      body: '0\r\n\r\n',
    },
    { title: 'two lengths', headers: 'Content-Length: 5\r\nContent-Length: 6\r\n', body: 'hello' },
    { title: 'the same length twice', headers: 'Content-Length: 5\r\nContent-Length: 5\r\n', body: 'hello' },
    { title: 'a list of lengths', headers: 'Content-Length: 5, 5\r\n', body: 'hello' },
    { title: 'a length with a sign', headers: 'Content-Length: +5\r\n', body: 'hello' },
    { title: 'a negative length', headers: 'Content-Length: -5\r\n', body: 'hello' },
    { title: 'a hexadecimal length', headers: 'Content-Length: 0x5\r\n', body: 'hello' },
    { title: 'an empty length', headers: 'Content-Length: \r\n', body: 'hello' },
    {
      title: 'a length beyond all numbers',
      headers: 'Content-Length: 99999999999999999999\r\n',
      body: 'hello',
    },
    {
      title: 'chunks that are not the last encoding',
      headers: 'Transfer-Encoding: chunked, identity\r\n',
      body: '0\r\n\r\n',
    },
    { title: 'an unknown encoding', headers: 'Transfer-Encoding: xchunked\r\n', body: '0\r\n\r\n' },
    { title: 'chunks twice', headers: 'Transfer-Encoding: chunked, chunked\r\n', body: '0\r\n\r\n' },
    { title: 'a space before the colon', headers: 'Content-Length : 5\r\n', body: 'hello' },
    { title: 'a tab before the colon', headers: 'Transfer-Encoding\t: chunked\r\n', body: '0\r\n\r\n' },
    { title: 'a folded header', headers: 'X-A: b\r\n Content-Length: 5\r\n', body: 'hello' },
    { title: 'a header folded with a tab', headers: 'X-A: b\r\n\tc\r\n', body: '' },
    {
      title: 'a header that ends in a bare line feed',
      headers: 'X-A: b\nContent-Length: 5\r\n',
      body: 'hello',
    },
    {
      title: 'a header with a bare carriage return',
      headers: 'X-A: b\rContent-Length: 5\r\n',
      body: 'hello',
    },
    { title: 'a header with a zero byte', headers: 'X-A: b\0c\r\n', body: '' },
    { title: 'a header without a name', headers: ': b\r\n', body: '' },
    { title: 'a header without a colon', headers: 'X-A\r\n', body: '' },
    { title: 'a header name with a space', headers: 'X A: b\r\n', body: '' },
    { title: 'a chunk size that is no number', headers: 'Transfer-Encoding: chunked\r\n', body: 'z\r\n\r\n' },
    { title: 'a chunk size with a sign', headers: 'Transfer-Encoding: chunked\r\n', body: '+0\r\n\r\n' },
    { title: 'a chunk size with a prefix', headers: 'Transfer-Encoding: chunked\r\n', body: '0x0\r\n\r\n' },
    {
      title: 'a chunk size beyond all numbers',
      headers: 'Transfer-Encoding: chunked\r\n',
      body: 'fffffffffffffffff\r\n\r\n',
    },
    {
      title: 'a chunk that ends in a bare line feed',
      headers: 'Transfer-Encoding: chunked\r\n',
      body: '1\na\r\n0\r\n\r\n',
    },
    {
      title: 'a chunk that is longer than it says',
      headers: 'Transfer-Encoding: chunked\r\n',
      body: '1\r\nab\r\n0\r\n\r\n',
    },
    {
      title: 'a chunk extension with a line feed',
      headers: 'Transfer-Encoding: chunked\r\n',
      body: '1;a\nb\r\na\r\n0\r\n\r\n',
    },
    {
      title: 'a folded trailer',
      headers: 'Transfer-Encoding: chunked\r\n',
      body: '0\r\nX-A: b\r\n c\r\n\r\n',
    },
  ])('is a 400, and the connection is closed: $title', async ({ headers, body }) => {
    const { server, seen } = await listenEchoing()
    const answer = await exchange(server, `POST / HTTP/1.1\r\n${HOST}${headers}\r\n${body}${SMUGGLED}`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    expect(seen).toEqual([])
  })

  it.each([
    { title: 'a line of two lines', line: 'GET / HTTP/1.1\nX: y\r\n' },
    { title: 'a target with a space', line: 'GET /a b HTTP/1.1\r\n' },
    { title: 'a target with a zero byte', line: 'GET /a\0b HTTP/1.1\r\n' },
    { title: 'a method that does not exist', line: 'GOT / HTTP/1.1\r\n' },
    { title: 'a method in lower case', line: 'get / HTTP/1.1\r\n' },
    { title: 'a version that does not exist', line: 'GET / HTTP/9.1\r\n' },
    { title: 'no version', line: 'GET /\r\n' },
    { title: 'another protocol', line: 'GET / SPDY/1.1\r\n' },
  ])('is a 400 with a request line like this: $title', async ({ line }) => {
    const { server, seen } = await listenEchoing()
    expect(await exchange(server, `${line}${HOST}\r\n`)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(seen).toEqual([])
  })

  it('is a 400 without a host', async () => {
    const { server, seen } = await listenEchoing()
    expect(await exchange(server, 'GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(seen).toEqual([])
  })
})

describe('a request that is too much', () => {
  it('is a 431 when its headers are too long', async () => {
    const { server, seen } = await listenEchoing({ limits: { maxHeaderBytes: 2000 } })
    const answer = await exchange(server, `GET / HTTP/1.1\r\n${HOST}X-A: ${'a'.repeat(2000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(seen).toEqual([])
  })

  it('is a 431 when it has too many headers', async () => {
    const { server, seen } = await listenEchoing({ limits: { maxHeaders: 5 } })
    const headers = (count: number) => Array.from({ length: count }, (_, n) => `X-${n}: a\r\n`).join('')
    const request = (count: number) => `GET / HTTP/1.1\r\n${HOST}${headers(count)}Connection: close\r\n\r\n`
    expect(await exchange(server, request(3))).toMatch(/^HTTP\/1\.1 200 /)
    expect(await exchange(server, request(4))).toMatch(/^HTTP\/1\.1 431 /)
    expect(await exchange(server, request(40))).toMatch(/^HTTP\/1\.1 431 /)
    expect(seen).toHaveLength(1)
  })

  it('is not even read when there are too many connections', async () => {
    const { server, seen } = await listenEchoing({ limits: { maxConnections: 1 } })
    const first = connect(server.port, '127.0.0.1')
    await once(first, 'connect')
    expect(await exchange(server, `GET / HTTP/1.1\r\n${HOST}\r\n`)).toBe('')
    expect(seen).toEqual([])
    first.destroy()
  })
})

describe('a request that is late', () => {
  it('is a 408 when its headers do not arrive in time', async () => {
    const { server, seen } = await listenEchoing({ limits: { headersTimeoutMs: 50, requestTimeoutMs: 50 } })
    expect(await exchange(server, 'GET / HTTP/1.1\r\nHost: loc')).toMatch(/^HTTP\/1\.1 408 /)
    expect(seen).toEqual([])
  })
})

describe('a client that does not read', () => {
  /** A client that sends one request and never reads. */
  async function neverReading({ port }: NodeServer): Promise<Socket> {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.pause()
    socket.write(`GET /events?token=s3cret HTTP/1.1\r\n${HOST}\r\n`)
    return socket
  }

  it('loses its connection when it takes nothing for too long, and memory stays bounded', async () => {
    const told: SlowClient[] = []
    let pulled = 0
    let ended: (reason: unknown) => void = () => {}
    const gone = new Promise<unknown>((resolve) => {
      ended = resolve
    })
    const server = await listen(
      async ({ signal }) => {
        signal.addEventListener('abort', () => ended(signal.reason))
        const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
          pulled += 1
          controller.enqueue(new Uint8Array(1_000_000))
        }
        return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }))
      },
      { limits: { drainTimeoutMs: 50 }, onSlowClient: (client) => told.push(client) },
    )
    const socket = await neverReading(server)
    expect(String(await gone)).toContain('The client has closed the connection.')
    expect(told).toEqual([{ address: '127.0.0.1', request: 'GET /events' }])
    // The kernel takes some megabytes; after that, one chunk waits here.
    expect(pulled).toBeLessThan(50)
    socket.destroy()
  })

  it('loses its connection also when the response has ended already', async () => {
    const told: SlowClient[] = []
    const server = await listen(async () => new Response(new Uint8Array(50_000_000)), {
      limits: { drainTimeoutMs: 50 },
      onSlowClient: (client) => told.push(client),
    })
    const socket = await neverReading(server)
    while (told.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(told).toHaveLength(1)
    socket.destroy()
  })

  it('keeps its connection as long as there is nothing to read', async () => {
    const told: SlowClient[] = []
    const { promise, resolve } = createSignal()
    const server = await listen(
      async () => {
        const start = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
          await promise
          controller.enqueue(new Uint8Array([97]))
          controller.close()
        }
        return new Response(new ReadableStream({ start: (controller) => void start(controller) }))
      },
      { limits: { drainTimeoutMs: 1 }, onSlowClient: (client) => told.push(client) },
    )
    const response = await fetch(server.url)
    resolve()
    expect(await response.text()).toBe('a')
    expect(told).toEqual([])
  })
})

describe('a server that finishes', () => {
  it('waits until a client has all of a response that has ended', async () => {
    const size = 20_000_000
    const server = await listen(async () => new Response(new Uint8Array(size)))
    const response = await fetch(server.url)
    const finished: string[] = []
    const finishing = server.finish().then(() => finished.push('finished'))
    expect(finished).toEqual([])
    expect((await response.arrayBuffer()).byteLength).toBe(size)
    await finishing
  })
})

function createSignal() {
  let resolve: () => void = () => {}
  const promise = new Promise<void>((resolved) => {
    resolve = resolved
  })
  return { promise, resolve }
}
