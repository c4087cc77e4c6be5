// Tokens that a service is asked about: an introspection endpoint (RFC 7662) or a token info service.

import { fetchJson, type RemoteEnvironment } from './fetch-json.ts'
import {
  type AttributeClaims,
  type Identity,
  identityOf,
  type TokenCheck,
  type TokenChecker,
  tokenInfoIdentity,
} from './identity.ts'

/** Where to introspect, and as whom. */
export interface IntrospectionEndpoint {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly attributeClaims: AttributeClaims
}

/** Checks tokens by introspection: "The protected resource calls the introspection endpoint" (RFC 7662, 2.1). */
export function createIntrospectionChecker(
  endpoint: IntrospectionEndpoint,
  environment: RemoteEnvironment,
): TokenChecker {
  const { clientId, clientSecret } = endpoint
  // RFC 6749, 2.3.1: both are form-encoded before they are joined.
  const credentials = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`
  const headers = {
    Accept: 'application/json',
    Authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  }
  return async (token) => {
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' }).toString()
    const answer = await fetchJson(endpoint.url, { method: 'POST', headers, body }, environment)
    if (answer?.status !== 200) return { kind: 'unavailable' }
    if (answer.body['active'] !== true) return { kind: 'invalid' }
    const { exp } = answer.body
    const expiresAt = typeof exp === 'number' ? exp * 1000 : undefined
    return check(identityOf(answer.body, endpoint.attributeClaims), expiresAt)
  }
}

/** Where a token info service is. */
export interface TokenInfoEndpoint {
  readonly url: string
  readonly attributeClaims: AttributeClaims
}

/** What a token info service says of a token that is not valid. */
const REFUSALS: readonly number[] = [400, 401, 403]

/** Checks tokens by showing them to a token info service, in a GET with the caller's own header. */
export function createTokenInfoChecker(
  endpoint: TokenInfoEndpoint,
  environment: RemoteEnvironment,
): TokenChecker {
  return async (token) => {
    const headers = { Accept: 'application/json', Authorization: `Bearer ${token}` }
    const asked = environment.clock.now()
    const answer = await fetchJson(endpoint.url, { headers }, environment)
    if (answer !== undefined && REFUSALS.includes(answer.status)) return { kind: 'invalid' }
    if (answer?.status !== 200) return { kind: 'unavailable' }
    const { expires_in } = answer.body
    const expiresAt = typeof expires_in === 'number' ? asked + expires_in * 1000 : undefined
    return check(tokenInfoIdentity(answer.body, endpoint.attributeClaims), expiresAt)
  }
}

function check(identity: Identity | undefined, expiresAt: number | undefined): TokenCheck {
  if (identity === undefined) return { kind: 'invalid' }
  return expiresAt === undefined ? { kind: 'valid', identity } : { kind: 'valid', identity, expiresAt }
}
