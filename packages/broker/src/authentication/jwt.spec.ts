import { base64url, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import { normalizeAuthenticationOptions } from './authentication-options.ts'
import { createTokenChecker } from './token-checker.ts'

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>

const START = Date.UTC(2026, 0, 1)
const NOW = START / 1000
const GOOD: JWTPayload = {
  iss: 'https://idp.example.org',
  aud: ['nakadi', 'other'],
  sub: 'alice',
  scope: 'uid',
  exp: NOW + 300,
}

let ours: KeyPair
let theirs: KeyPair
let jwk: JWK

beforeAll(async () => {
  ours = await generateKeyPair('ES256')
  theirs = await generateKeyPair('ES256')
  jwk = { ...(await exportJWK(ours.publicKey)), kid: 'one', alg: 'ES256' }
})

function sign(claims: JWTPayload, header: object = {}, keys: KeyPair = ours): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one', ...header }).sign(keys.privateKey)
}

/** The good claims but for one. */
function without(claim: string): JWTPayload {
  return Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== claim))
}

function scene(keys: () => readonly JWK[] | undefined = () => [jwk]) {
  const clock = createManualClock(START)
  let fetched = 0
  const options = normalizeAuthenticationOptions({
    tokens: {
      kind: 'jwt',
      jwksUrl: 'https://idp.example.org/keys',
      issuer: 'https://idp.example.org',
      audience: 'nakadi',
    },
    fetch: async () => {
      fetched += 1
      const published = keys()
      return published === undefined ? new Response('', { status: 500 }) : Response.json({ keys: published })
    },
  })
  const check = createTokenChecker(options, { clock, isRemotePreferred: () => false })
  return { clock, check, fetched: () => fetched }
}

function unsigned(header: object, claims: JWTPayload): string {
  return `${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(claims))}.`
}

describe('a JSON Web Token', () => {
  it('names its owner', async () => {
    expect(await scene().check(await sign(GOOD))).toEqual({
      kind: 'valid',
      identity: {
        subject: 'alice',
        realm: '',
        scopes: new Set(['uid']),
        attributes: [{ data_type: 'user', value: 'alice' }],
      },
    })
  })

  it.each<[string, JWTPayload]>([
    ['expired less than a minute ago', { ...GOOD, exp: NOW - 59 }],
    ['is valid from in less than a minute', { ...GOOD, nbf: NOW + 59 }],
  ])('is accepted when it %s: clocks differ', async (_, claims) => {
    expect(await scene().check(await sign(claims))).toMatchObject({ kind: 'valid' })
  })

  it.each<[string, () => Promise<string>]>([
    ['has expired', () => sign({ ...GOOD, exp: NOW - 61 })],
    ['never expires', () => sign(without('exp'))],
    ['is not valid yet', () => sign({ ...GOOD, nbf: NOW + 61 })],
    ['is of another issuer', () => sign({ ...GOOD, iss: 'https://evil.example.org' })],
    ['is of no issuer', () => sign(without('iss'))],
    ['is for somebody else', () => sign({ ...GOOD, aud: 'other' })],
    ['is for nobody', () => sign(without('aud'))],
    ['names nobody', () => sign(without('sub'))],
    ['is signed with another key', () => sign(GOOD, {}, theirs)],
    ['has an unknown kid', () => sign(GOOD, { kid: 'two' })],
    ['has a kid that is a path', () => sign(GOOD, { kid: '../../../dev/null' })],
    ['brings its own key', async () => sign(GOOD, { jwk: await exportJWK(theirs.publicKey) }, theirs)],
    ['says where its key is', () => sign(GOOD, { jku: 'https://evil.example.org/keys' }, theirs)],
    ['is not signed (alg none)', async () => unsigned({ alg: 'none', kid: 'one' }, GOOD)],
    ['claims a signature and has none', async () => unsigned({ alg: 'ES256', kid: 'one' }, GOOD)],
    [
      'is signed with the public key as a shared secret',
      async () =>
        new SignJWT(GOOD)
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .sign(new TextEncoder().encode(JSON.stringify(jwk))),
    ],
    [
      'has been changed',
      async () =>
        (await sign(GOOD)).replace(
          /\.[^.]+\./,
          `.${base64url.encode(JSON.stringify({ ...GOOD, sub: 'admin' }))}.`,
        ),
    ],
    ['demands what nobody knows', async () => unsigned({ alg: 'ES256', kid: 'one', crit: ['x'] }, GOOD)],
    ['is no token', async () => 'not.a.token'],
  ])('is refused when it %s', async (_, forge) => {
    expect(await scene().check(await forge())).toEqual({ kind: 'invalid' })
  })
})

describe('the keys of an issuer', () => {
  it('are fetched once for many tokens', async () => {
    const { check, fetched } = scene()
    const token = await sign(GOOD)
    await Promise.all([check(token), check(token), check(token)])
    await check(token)
    expect(fetched()).toBe(1)
  })

  it('are fetched again for an unknown kid, but not for every one', async () => {
    const next = { ...jwk, kid: 'two' }
    let published: readonly JWK[] = [jwk]
    const { check, clock, fetched } = scene(() => published)
    await check(await sign(GOOD))
    published = [jwk, next]
    const token = await sign(GOOD, { kid: 'two' })
    expect(await check(token)).toEqual({ kind: 'invalid' })
    expect(fetched()).toBe(1)
    await clock.advance(30_000)
    expect(await check(token)).toMatchObject({ kind: 'valid' })
    expect(fetched()).toBe(2)
  })

  it('are no longer believed when they have been withdrawn for ten minutes', async () => {
    let published: readonly JWK[] = [jwk]
    const { check, clock } = scene(() => published)
    const token = await sign({ ...GOOD, exp: NOW + 3600 })
    await check(token)
    published = []
    await clock.advance(600_000)
    expect(await check(token)).toEqual({ kind: 'invalid' })
  })

  it('are asked for again later when they cannot be had', async () => {
    let published: readonly JWK[] | undefined
    const { check, clock } = scene(() => published)
    const token = await sign(GOOD)
    expect(await check(token)).toEqual({ kind: 'unavailable' })
    published = [jwk]
    await clock.advance(30_000)
    expect(await check(token)).toMatchObject({ kind: 'valid' })
  })
})
