// Tokens that carry their own proof: JSON Web Tokens, signed with a key of a published set.

import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { fetchJson, type RemoteEnvironment } from './fetch-json.ts'
import { type AttributeClaims, identityOf, type TokenChecker } from './identity.ts'

/** Signatures that only the holder of a private key can make; `none` and shared secrets are not among them. */
export type JwtAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'

/** Whose tokens are accepted. */
export interface JwtRules {
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: string
  /** The only `iss`. */
  readonly issuer: string
  /** What `aud` must contain. */
  readonly audience: string
  readonly algorithms: readonly JwtAlgorithm[]
  readonly attributeClaims: AttributeClaims
}

/** How far the clocks of issuer and broker may be apart. */
const CLOCK_SKEW_SECONDS = 60

/**
 * Checks tokens by their signature and claims. A token must expire, must be for this broker by this issuer,
 * and must be signed by a published key in an accepted way. Nothing that a token says about where its key is
 * (`jku`, `x5u`, `jwk`) is looked at, and its `kid` is only ever compared.
 */
export function createJwtChecker(rules: JwtRules, environment: RemoteEnvironment): TokenChecker {
  const keys = createKeySource(rules.jwksUrl, environment)
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: [...rules.algorithms],
        issuer: rules.issuer,
        audience: rules.audience,
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: new Date(environment.clock.now()),
        requiredClaims: ['exp'],
      })
      const identity = identityOf(payload, rules.attributeClaims)
      return identity === undefined ? { kind: 'invalid' } : { kind: 'valid', identity }
    } catch (error) {
      return { kind: error instanceof NoKeysError ? 'unavailable' : 'invalid' }
    }
  }
}

/** The issuer's keys could not be had. */
class NoKeysError extends Error {
  override readonly name = 'NoKeysError'
}

/** Keys are fetched anew after this time, so that a withdrawn one is not believed for ever. */
const MAX_KEY_AGE_MS = 600_000
/** Unknown key ids make the broker look for new keys at most this often. */
const COOLDOWN_MS = 30_000

interface Keys {
  readonly find: JWTVerifyGetKey
  readonly at: number
}

/** Finds keys by the header of a token, fetching the set when it is old or lacks the key. */
function createKeySource(url: string, environment: RemoteEnvironment): JWTVerifyGetKey {
  const { clock } = environment
  let keys: Keys | undefined
  let triedAt = Number.NEGATIVE_INFINITY
  let fetching: Promise<void> | undefined

  async function refresh(): Promise<void> {
    triedAt = clock.now()
    const answer = await fetchJson(url, { headers: { Accept: 'application/json' } }, environment)
    const find = answer?.status === 200 ? toKeySet(answer.body) : undefined
    if (find !== undefined) keys = { find, at: clock.now() }
  }

  /** One fetch at a time, and none soon after another. */
  async function refreshOnce(): Promise<void> {
    if (fetching === undefined && clock.now() - triedAt < COOLDOWN_MS) return
    fetching ??= refresh().finally(() => {
      fetching = undefined
    })
    await fetching
  }

  return async (header, token) => {
    if (keys === undefined || clock.now() - keys.at >= MAX_KEY_AGE_MS) await refreshOnce()
    if (keys === undefined) throw new NoKeysError('There are no keys.')
    try {
      return await keys.find(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      await refreshOnce()
      return await keys.find(header, token)
    }
  }
}

function toKeySet(body: Readonly<Record<string, unknown>>): JWTVerifyGetKey | undefined {
  if (!isKeySet(body)) return undefined
  try {
    return createLocalJWKSet(body)
  } catch {
    return undefined
  }
}

function isKeySet(body: unknown): body is JSONWebKeySet {
  return (
    typeof body === 'object' &&
    body !== null &&
    'keys' in body &&
    Array.isArray(body.keys) &&
    body.keys.every((key) => typeof key === 'object' && key !== null)
  )
}
