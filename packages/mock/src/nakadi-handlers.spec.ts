import { getResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, describe, expect, it } from 'vitest'
import { nakadiHandlers } from './nakadi-handlers.ts'

const server = setupServer()
afterEach(() => {
  server.close()
  server.resetHandlers()
})

/** Intercepts a base URL and answers with what a broker gets to see. */
function echoAt(baseUrl: string): void {
  const echo = async (request: Request) =>
    Response.json([request.method, request.url, request.headers.get('x-flow-id'), await request.text()])
  server.use(...nakadiHandlers({ fetch: echo }, baseUrl))
  server.listen({ onUnhandledRequest: 'error' })
}

describe('the handlers of a broker', () => {
  it('show the broker each request as it was sent', async () => {
    echoAt('https://nakadi.example.org')
    const request = { method: 'PATCH', headers: { 'x-flow-id': 'f1' }, body: '{}' }
    const response = await fetch('https://nakadi.example.org/a/b?c=d', request)
    expect(await response.json()).toEqual(['PATCH', 'https://nakadi.example.org/a/b?c=d', 'f1', '{}'])
  })

  for (const baseUrl of ['https://example.org:8443/nakadi', 'https://example.org:8443/nakadi/']) {
    it(`do not show it the path of the base URL ${baseUrl}`, async () => {
      echoAt(baseUrl)
      const request = { method: 'POST', headers: { 'x-flow-id': 'f1' }, body: '[]' }
      const response = await fetch('https://example.org:8443/nakadi/a?b=c', request)
      expect(await response.json()).toEqual(['POST', 'https://example.org:8443/a?b=c', 'f1', '[]'])
    })
  }

  it('leave other hosts and other paths alone', async () => {
    const handlers = nakadiHandlers({ fetch: async () => new Response() }, 'https://example.org/nakadi')
    for (const url of ['https://example.org/other', 'https://example.net/nakadi/health']) {
      expect(await getResponse(handlers, new Request(url))).toBe(undefined)
    }
  })

  it('tell the broker when a request is aborted', async () => {
    const abort = new AbortController()
    const aborted = new Promise((resolve) => {
      const fetch = ({ signal }: Request) => {
        signal.addEventListener('abort', () => resolve(signal.reason))
        abort.abort(new Error('enough'))
        return new Promise<Response>(() => {})
      }
      server.use(...nakadiHandlers({ fetch }, 'https://example.org/nakadi'))
    })
    server.listen({ onUnhandledRequest: 'error' })
    await expect(fetch('https://example.org/nakadi/a', { signal: abort.signal })).rejects.toThrow('enough')
    expect(await aborted).toEqual(new Error('enough'))
  })

  it('need an absolute URL', () => {
    expect(() => nakadiHandlers({ fetch: async () => new Response() }, '/nakadi')).toThrow(TypeError)
  })
})
