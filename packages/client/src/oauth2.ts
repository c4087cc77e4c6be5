/**
 * Tokens by OAuth 2.0 client credentials (RFC 6749, section 4.4). An import path of its own, because it needs the package
 * `oauth4webapi`, which only those install who use it.
 *
 * @module
 */

import * as oauth from 'oauth4webapi'
import { checkedNumber } from './checked-number.ts'
import { invalidArgument, NakadiError } from './error.ts'
import type { TokenFunction } from './request/tokens.ts'
import type { Fetch } from './transport/fetch.ts'

/** Where tokens come from, and for whom. */
export interface ClientCredentials {
  /** The token endpoint, such as `https://auth.example.org/oauth2/token`. */
  readonly tokenUrl: string
  readonly clientId: string
  /** Not needed with an `authentication` of your own. */
  readonly clientSecret?: string
  /**
   * How the client proves who it is: `basic` sends the secret in the `Authorization` header, `post` in the body, and
   * a `ClientAuth` of oauth4webapi does as it likes (`PrivateKeyJwt`, `TlsClientAuth`).
   *
   * @default 'basic'
   */
  readonly authentication?: 'basic' | 'post' | oauth.ClientAuth
  readonly scopes?: readonly string[]
  /** Further parameters of the request, such as `audience` or `resource`. */
  readonly parameters?: Readonly<Record<string, string>>
  /** Milliseconds that a token is used for which the server names no end, 0 or more. @default 300000 */
  readonly assumedLifeMs?: number
  /** Allows a `tokenUrl` without TLS, over which the secret travels in the open. @default false */
  readonly allowHttp?: boolean
  /**
   * The `fetch` for requests of tokens; over a proxy for example undici's own, with a dispatcher.
   *
   * @default `globalThis.fetch`
   */
  readonly fetch?: Fetch
}

/**
 * A token source for `createClient`. Tokens are kept until shortly before their end, and replaced at once when the broker
 * answers 401. Neither token nor secret can be seen in what this returns or throws.
 *
 * @example
 * ```ts
 * const token = clientCredentials({ tokenUrl, clientId: 'billing', clientSecret })
 * const client = createClient({ baseUrl, token })
 * ```
 *
 * @throws NakadiError `invalid-argument` if the options cannot work; requests fail with code `token` when the server
 * gives none.
 */
export function clientCredentials(options: ClientCredentials): TokenFunction {
  const { assumedLifeMs = 300_000, parameters, scopes, tokenUrl, clientId } = options
  checkTokenUrl(options)
  const lifeMs = checkedNumber('assumedLifeMs', assumedLifeMs, { least: 0 })
  const server: oauth.AuthorizationServer = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl }
  const client: oauth.Client = { client_id: clientId }
  const authentication = chosenAuthentication(options)
  const form = new URLSearchParams({ ...parameters, ...(scopes && { scope: scopes.join(' ') }) })
  const settings = {
    [oauth.allowInsecureRequests]: options.allowHttp ?? false,
    ...(options.fetch && { [oauth.customFetch]: options.fetch }),
  }

  return async ({ signal }) => {
    try {
      const request = { ...settings, signal }
      const response = await oauth.clientCredentialsGrantRequest(
        server,
        client,
        authentication,
        form,
        request,
      )
      const answer = await oauth.processClientCredentialsResponse(server, client, response)
      const expiresInMs = answer.expires_in === undefined ? lifeMs : answer.expires_in * 1000
      return { token: answer.access_token, expiresInMs }
    } catch (error) {
      throw withoutSecrets(error, tokenUrl)
    }
  }
}

function checkTokenUrl({ tokenUrl, allowHttp = false }: ClientCredentials): void {
  if (!URL.canParse(tokenUrl)) throw invalidArgument('tokenUrl must be an absolute URL')
  if (new URL(tokenUrl).protocol === 'https:' || allowHttp) return
  throw invalidArgument(
    'tokenUrl must begin with https, because the secret travels there; allowHttp takes the risk',
  )
}

function chosenAuthentication({
  authentication = 'basic',
  clientSecret,
}: ClientCredentials): oauth.ClientAuth {
  if (typeof authentication === 'function') return authentication
  if (clientSecret === undefined || clientSecret === '') {
    throw invalidArgument('clientSecret is empty; give one, or an authentication that needs none')
  }
  return authentication === 'post'
    ? oauth.ClientSecretPost(clientSecret)
    : oauth.ClientSecretBasic(clientSecret)
}

/**
 * The library's errors carry responses and requests with them, so only what OAuth itself says about the failure is kept
 * (RFC 6749, section 5.2).
 */
function withoutSecrets(error: unknown, tokenUrl: string): NakadiError {
  const { what, retryable } = describe(error)
  return new NakadiError({
    code: 'token',
    outcome: 'not-sent',
    retryable,
    message: `${new URL(tokenUrl).origin} gave no token: ${what}. Nothing was sent to the broker.`,
  })
}

interface Description {
  readonly what: string
  readonly retryable: boolean
}

function describe(error: unknown): Description {
  if (error instanceof oauth.ResponseBodyError) {
    const { error: code, error_description: text, status } = error
    return {
      what: `HTTP ${status} ${code}${text === undefined ? '' : `, ${text}`}`,
      retryable: status >= 500,
    }
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return { what: `HTTP ${error.status}, the client id or its secret is not accepted`, retryable: false }
  }
  if (error instanceof oauth.OperationProcessingError) {
    const status = error.cause instanceof Response ? error.cause.status : undefined
    return status === undefined || status < 400
      ? { what: 'its answer is none of OAuth; check tokenUrl', retryable: false }
      : { what: `HTTP ${status}`, retryable: status >= 500 || status === 429 }
  }
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection'
  return { what: code, retryable: true }
}
