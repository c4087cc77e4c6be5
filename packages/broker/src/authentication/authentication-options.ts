import { type AttributeClaims, DEFAULT_ATTRIBUTE_CLAIMS } from './identity.ts'
import type { JwtAlgorithm } from './jwt.ts'
import type { AuthenticationMode } from './scopes.ts'
import type { StaticTokens } from './static-tokens.ts'

/** How the broker learns who makes a request. */
export interface AuthenticationOptions {
  /** How tokens are checked. */
  readonly tokens: TokenSource
  /** How much is asked of a token. @default 'BASIC' */
  readonly mode?: AuthenticationMode
  /** The realms of the mode `REALM`. @default ['/arealm', '/anotherone'] */
  readonly realms?: readonly string[]
  /**
   * Which claims hold the values of further attributes, by the `data_type` that authorization sections use.
   * The attributes `user` and `service` cannot be had from here. @default { team: 'teams', group: 'groups' }
   */
  readonly attributeClaims?: AttributeClaims
  /** How services are reached. @default the fetch of the platform */
  readonly fetch?: (request: Request) => Promise<Response>
  /** How long a service may take to answer, in milliseconds. Then the request is answered 503. @default 2000 */
  readonly timeoutMs?: number
  /** How long the answer of a service about a token is believed, in milliseconds. @default 60000 */
  readonly cacheMs?: number
  /** How many answers are remembered. @default 10000 */
  readonly cacheEntries?: number
}

/** How tokens are checked. */
export type TokenSource =
  /** Against a list; `parseStaticTokens` reads one from a file. */
  | { readonly kind: 'static'; readonly tokens: StaticTokens }
  /** By OAuth 2.0 Token Introspection (RFC 7662). The client is the broker. */
  | {
      readonly kind: 'introspection'
      readonly url: string
      readonly clientId: string
      readonly clientSecret: string
    }
  /**
   * By a token info service, as Nakadi does. A local one is asked first, unless the feature
   * `remote_tokeninfo` is on.
   */
  | { readonly kind: 'tokeninfo'; readonly url: string; readonly localUrl?: string }
  /** By the signature of a JSON Web Token (RFC 9068). */
  | {
      readonly kind: 'jwt'
      /** Where the issuer publishes its keys. */
      readonly jwksUrl: string
      readonly issuer: string
      readonly audience: string
      /** @default ['RS256', 'PS256', 'ES256', 'EdDSA'] */
      readonly algorithms?: readonly JwtAlgorithm[]
    }

/** Fills in the defaults. */
export function normalizeAuthenticationOptions(
  options: AuthenticationOptions,
): Required<AuthenticationOptions> {
  return {
    tokens: options.tokens,
    mode: options.mode ?? 'BASIC',
    realms: options.realms ?? ['/arealm', '/anotherone'],
    attributeClaims: options.attributeClaims ?? DEFAULT_ATTRIBUTE_CLAIMS,
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
    timeoutMs: options.timeoutMs ?? 2000,
    cacheMs: options.cacheMs ?? 60_000,
    cacheEntries: options.cacheEntries ?? 10_000,
  }
}
