import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import { normalizeAuthenticationOptions, type TokenSource } from './authentication-options.ts'
import { createTokenChecker } from './token-checker.ts'

type Answer = (request: Request) => Promise<Response>

const INTROSPECTION: TokenSource = {
  kind: 'introspection',
  url: 'https://idp.example.org/introspect',
  clientId: 'broker:1',
  clientSecret: 'p&ss',
}
const TOKEN_INFO: TokenSource = {
  kind: 'tokeninfo',
  url: 'https://info.example.org/tokeninfo',
  localUrl: 'http://localhost:9021/tokeninfo',
}

function scene(tokens: TokenSource, answer: Answer, isRemotePreferred = false) {
  const clock = createManualClock()
  const requests: Request[] = []
  const options = normalizeAuthenticationOptions({
    tokens,
    fetch: (request) => {
      requests.push(request.clone())
      return answer(request)
    },
  })
  const check = createTokenChecker(options, { clock, isRemotePreferred: () => isRemotePreferred })
  return { clock, requests, check }
}

const json =
  (body: unknown, status = 200): Answer =>
  async () =>
    Response.json(body, { status })
const broken: Answer = async () => {
  throw new Error('connection refused')
}
const silent: Answer = () => new Promise(() => {})

describe('introspection', () => {
  it('shows the token and who asks, as RFC 7662 has it', async () => {
    const { check, requests } = scene(INTROSPECTION, json({ active: false }))
    await check('a+b/c==')
    const [request] = requests
    expect([request?.method, request?.url]).toEqual(['POST', 'https://idp.example.org/introspect'])
    expect(request?.headers.get('authorization')).toBe(`Basic ${btoa('broker%3A1:p%26ss')}`)
    expect(await request?.text()).toBe('token=a%2Bb%2Fc%3D%3D&token_type_hint=access_token')
  })

  it('learns the identity of an active token, and believes it until it expires', async () => {
    const exp = createManualClock().now() / 1000 + 5
    const { check, clock, requests } = scene(INTROSPECTION, json({ active: true, sub: 'alice', exp }))
    expect(await check('t')).toMatchObject({ kind: 'valid', identity: { subject: 'alice' } })
    await clock.advance(4_999)
    await check('t')
    expect(requests).toHaveLength(1)
    await clock.advance(1)
    await check('t')
    expect(requests).toHaveLength(2)
  })

  it.each<[string, Answer, string]>([
    ['an inactive token', json({ active: false }), 'invalid'],
    ['an active token of nobody', json({ active: true }), 'invalid'],
    ['an answer that is not true but truthy', json({ active: 'true', sub: 'alice' }), 'invalid'],
    ['a refusal of the broker itself', json({}, 401), 'unavailable'],
    ['a failure', json({}, 500), 'unavailable'],
    ['no JSON', async () => new Response('<html>'), 'unavailable'],
    ['an array', json([]), 'unavailable'],
    ['no connection', broken, 'unavailable'],
  ])('takes %s for what it is', async (_, answer, kind) => {
    expect(await scene(INTROSPECTION, answer).check('t')).toEqual({ kind })
  })

  it('waits two seconds for an answer', async () => {
    const { check, clock } = scene(INTROSPECTION, silent)
    const checked = check('t')
    await clock.advance(2000)
    expect(await checked).toEqual({ kind: 'unavailable' })
  })

  it('follows no redirect with a token', async () => {
    const { check, requests } = scene(INTROSPECTION, json({ active: false }))
    await check('t')
    expect(requests[0]?.redirect).toBe('error')
  })
})

describe('a token info service', () => {
  const known = json({ uid: 'nora', realm: '/services', scope: ['uid'], expires_in: 10 })

  it('is shown the token in the header', async () => {
    const { check, requests } = scene(TOKEN_INFO, known)
    expect(await check('t')).toMatchObject({ kind: 'valid', identity: { realm: '/services' } })
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer t')
    expect(requests[0]?.method).toBe('GET')
  })

  it('is believed until the token expires', async () => {
    const { check, clock, requests } = scene(TOKEN_INFO, known)
    await check('t')
    await clock.advance(9_999)
    await check('t')
    expect(requests).toHaveLength(1)
    await clock.advance(1)
    await check('t')
    expect(requests).toHaveLength(2)
  })

  it.each([400, 401, 403])('refuses a token with %i', async (status) => {
    expect(await scene(TOKEN_INFO, json({}, status)).check('t')).toEqual({ kind: 'invalid' })
  })

  it('is the local one, and the other when the local one is out of order', async () => {
    const { check, requests } = scene(TOKEN_INFO, (request) =>
      request.url.startsWith('http://localhost') ? broken(request) : known(request),
    )
    expect(await check('t')).toMatchObject({ kind: 'valid' })
    expect(requests.map(({ url }) => url)).toEqual([
      'http://localhost:9021/tokeninfo',
      'https://info.example.org/tokeninfo',
    ])
  })

  it('is not the local one while the remote one is preferred', async () => {
    const { check, requests } = scene(TOKEN_INFO, known, true)
    await check('t')
    expect(requests.map(({ url }) => url)).toEqual(['https://info.example.org/tokeninfo'])
  })
})
