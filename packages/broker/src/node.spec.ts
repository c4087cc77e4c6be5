import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from './clock.ts'
import { type NodeServer, serve } from './node.ts'

const clock = createManualClock()
const open: NodeServer[] = []

afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function listen(fetch: (request: Request) => Promise<Response>): Promise<NodeServer> {
  const server = await serve({ fetch }, { port: 0 })
  open.push(server)
  return server
}

/** Answers with a body that stays open, and notes how the core learns that the client has gone. */
async function listenStreaming() {
  const seen: string[] = []
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let isGone: (() => void) | undefined
  const gone = new Promise<void>((resolve) => {
    isGone = resolve
  })
  const server = await listen(async ({ signal }) => {
    const leave = (how: string) => {
      seen.push(how)
      isGone?.()
    }
    const body = new ReadableStream<Uint8Array>({
      start(started) {
        controller = started
        signal.addEventListener('abort', () => {
          leave('abort')
          started.error(signal.reason)
        })
      },
      cancel: () => leave('cancel'),
    })
    return new Response(body)
  })
  const write = (text: string) => controller?.enqueue(new TextEncoder().encode(text))
  return { server, seen, gone, write, fail: (reason: Error) => controller?.error(reason) }
}

/** Sends one request line and returns, as text, all that comes before the server closes the connection. */
async function exchange(port: number, line: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const received: Buffer[] = []
  socket.on('data', (chunk) => received.push(chunk)).on('error', () => {})
  socket.write(`${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  await new Promise((resolve) => socket.on('close', resolve))
  return Buffer.concat(received).toString()
}

async function firstText(
  response: Response,
): Promise<{ text: string; reader: ReadableStreamDefaultReader<Uint8Array> }> {
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
  const { value } = await reader.read()
  return { text: new TextDecoder().decode(value), reader }
}

describe('a request over a socket', () => {
  it('reaches the core as it was sent', async () => {
    const { url } = await listen(async (received) => {
      const { pathname, search } = new URL(received.url)
      const { method, headers } = received
      return Response.json([method, pathname + search, headers.get('x-flow-id'), await received.text()])
    })
    const response = await fetch(`${url}/a%20b?c=d`, {
      method: 'PATCH',
      body: 'text',
      headers: { 'X-Flow-Id': 'f' },
    })
    expect(await response.json()).toEqual(['PATCH', '/a%20b?c=d', 'f', 'text'])
  })

  it('keeps a path that looks like a host', async () => {
    const { port } = await listen(async (received) => new Response(new URL(received.url).pathname))
    const path = await new Promise<string>((resolve) => {
      request({ port, path: '//x' }, (incoming) =>
        incoming.on('data', (chunk) => resolve(String(chunk))),
      ).end()
    })
    expect(path).toBe('//x')
  })

  it.each([
    { target: 'http://broker.example:8080/a%20b?c=d', want: '/a%20b?c=d' },
    { target: 'HTTPS://broker.example/a', want: '/a' },
    { target: 'http://broker.example', want: '/' },
    { target: 'http://broker.example?c=d', want: '/?c=d' },
    { target: '/a?b=http://c/d', want: '/a?b=http://c/d' },
  ])('reaches the core as $want when its target is $target', async ({ target, want }) => {
    const { port } = await listen(async (received) => {
      const { pathname, search } = new URL(received.url)
      const text = pathname + search
      return new Response(text, { headers: { 'Content-Length': String(text.length) } })
    })
    const answer = await exchange(port, `GET ${target} HTTP/1.1`)
    expect(answer.split('\r\n\r\n')[1]).toBe(want)
  })

  it.each(['TRACE / HTTP/1.1', 'CONNECT broker.example:80 HTTP/1.1'])(
    'is cut off without an answer when there is no Request for it: %s',
    async (line) => {
      const seen: string[] = []
      const { port } = await listen(async ({ method }) => {
        seen.push(method)
        return new Response()
      })
      expect(await exchange(port, line)).toBe('')
      expect(seen).toEqual([])
    },
  )

  it('gets the status, the headers and the body of the answer', async () => {
    const headers = { 'Content-Length': '2', 'X-Answer': '42' }
    const { url } = await listen(async () => new Response('OK', { status: 207, headers }))
    const response = await fetch(url)
    expect([response.status, response.headers.get('x-answer'), await response.text()]).toEqual([
      207,
      '42',
      'OK',
    ])
    expect(response.headers.get('transfer-encoding')).toBe(null)
  })

  it.each(['Content-Type', 'Location', 'X-Flow-Id', 'X-Nakadi-StreamId', 'WWW-Authenticate'])(
    'gets the header %s by that name, for clients that mind the case',
    async (name) => {
      const { port } = await listen(async () => new Response('', { headers: { [name]: 'x' } }))
      expect(await exchange(port, 'GET / HTTP/1.1')).toContain(`\r\n${name}: x\r\n`)
    },
  )

  it('gets a length of 0 when there is no body', async () => {
    const { url } = await listen(async () => new Response(null, { status: 201 }))
    expect((await fetch(url)).headers.get('content-length')).toBe('0')
  })
})

describe('a stream over a socket', () => {
  it('has its headers before there is any data, and each chunk when it comes', async () => {
    const { server, write } = await listenStreaming()
    const response = await fetch(server.url)
    write('one')
    const { text, reader } = await firstText(response)
    expect(text).toBe('one')
    write('two')
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('two')
  })

  it('tells the core once when the client aborts', async () => {
    const { server, seen, gone, write } = await listenStreaming()
    const controller = new AbortController()
    const response = await fetch(server.url, { signal: controller.signal })
    write('one')
    await firstText(response)
    controller.abort()
    await gone
    await clock.advance(0)
    expect(seen).toEqual(['abort'])
  })

  it('tells the core once when the client stops reading', async () => {
    const { server, seen, gone, write } = await listenStreaming()
    const response = await fetch(server.url)
    write('one')
    const { reader } = await firstText(response)
    await reader.cancel()
    await gone
    await clock.advance(0)
    expect(seen).toEqual(['abort'])
  })

  it('is broken off when the core fails, so that it does not look complete', async () => {
    const { server, write, fail } = await listenStreaming()
    const response = await fetch(server.url)
    write('one')
    const { reader } = await firstText(response)
    fail(new Error('disk full'))
    await expect(reader.read()).rejects.toThrow()
  })

  it('is broken off when the core fails while the client does not read', async () => {
    const { server, write, fail } = await listenStreaming()
    const socket = connect(server.port, '127.0.0.1')
    socket.pause()
    const received: Buffer[] = []
    const closed = new Promise((resolve) => socket.on('close', resolve).on('error', () => {}))
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await clock.advance(0)
    for (let chunk = 0; chunk < 200; chunk += 1) write('x'.repeat(100_000))
    await clock.advance(0)
    fail(new Error('disk full'))
    await clock.advance(0)
    socket.on('data', (chunk) => received.push(chunk))
    socket.resume()
    await closed
    expect(Buffer.concat(received).subarray(-5).toString()).not.toBe('0\r\n\r\n')
  })

  it('waits with what comes next until the client has read', async () => {
    let pulls = 0
    const { port } = await listen(async () => {
      const chunk = new Uint8Array(1_000_000)
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
        pulls += 1
        // Finite, so that a server that does not wait fails the test instead of never ending it.
        if (pulls < 100) controller.enqueue(chunk)
        else controller.close()
      }
      return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }))
    })
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    for (let turn = 0; turn < 50; turn += 1) await clock.advance(0)
    // How much the kernel takes before the server has to wait differs from one machine to the next.
    expect(pulls).toBeLessThan(50)
    socket.destroy()
  })
})

describe('a server that closes', () => {
  it('breaks off the streams that have not ended', async () => {
    const { server, seen, write } = await listenStreaming()
    const response = await fetch(server.url)
    write('one')
    const { reader } = await firstText(response)
    const read = reader.read()
    await server.close()
    await expect(read).rejects.toThrow()
    expect(seen).toEqual(['abort'])
    await expect(fetch(server.url)).rejects.toThrow()
  })

  it('is refused a port that is taken', async () => {
    const { port } = await listen(async () => new Response())
    await expect(serve({ fetch: async () => new Response() }, { port })).rejects.toThrow('EADDRINUSE')
  })
})
