// Who makes a request: from its header to a principal, or the answer of Nakadi's authentication filter.

import { type OperationId, reasonPhrase } from '@rioni/protocol'
import type { Identity, TokenChecker } from '../authentication/identity.ts'
import { requiredScope, type ScopeRules, satisfies } from '../authentication/scopes.ts'
import { anyone, type Principal } from '../core/authorization.ts'
import { textual } from './response.ts'

/**
 * Says who makes a request, or answers it: 401 without a valid token, 403 with one that is not good for the
 * operation, 503 when nobody can tell.
 *
 * @param operation undefined when there is no such operation
 */
export type Authenticate = (
  headers: Headers,
  operation: OperationId | undefined,
) => Promise<Principal | Response>

/** Everybody is welcome. */
export const authenticateNobody: Authenticate = async () => anyone

/** Asks every request for a token, but for what needs none. */
export function createAuthenticate(check: TokenChecker, rules: ScopeRules): Authenticate {
  return async (headers, operation) => {
    const scope = requiredScope(rules.mode, operation)
    if (scope === undefined) return stranger
    const token = bearerToken(headers)
    if (token === undefined) {
      return refusal(401, 'Full authentication is required to access this resource', 'Bearer')
    }
    const checked = await check(token)
    switch (checked.kind) {
      case 'invalid':
        return refusal(401, 'Access token not valid', 'Bearer error="invalid_token"')
      case 'unavailable':
        return refusal(503, 'Token info service is not available')
      case 'valid':
        if (satisfies(checked.identity, scope, rules)) return toPrincipal(checked.identity)
        return refusal(
          403,
          'Insufficient scope for this resource',
          `Bearer error="insufficient_scope", scope="${scope}"`,
        )
    }
  }
}

/** The caller of an operation that needs no token: nobody in particular, who has no attribute. */
const stranger: Principal = { subject: anyone.subject, realm: '', attributes: [] }

/** The longest token that is looked at. Node takes 16 KiB of headers, other transports have no limit. */
const MAX_TOKEN_LENGTH = 16_384

/** The token of the header (RFC 6750, 2.1). One in the query or the body is none: it would end up in logs. */
function bearerToken(headers: Headers): string | undefined {
  const header = headers.get('Authorization') ?? ''
  if (header.length > MAX_TOKEN_LENGTH) return undefined
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1]
}

function toPrincipal({ subject, realm, attributes }: Identity): Principal {
  return { subject, realm, attributes }
}

/** The problems of the authentication filter have a `type`, unlike others. */
function refusal(status: 401 | 403 | 503, detail: string, challenge?: string): Response {
  const body = { type: `https://httpstatus.es/${status}`, title: reasonPhrase(status), status, detail }
  return textual(status, JSON.stringify(body), {
    'Content-Type': 'application/problem+json',
    // RFC 6750, 3: what the client should do about it.
    ...(challenge === undefined ? {} : { 'WWW-Authenticate': challenge }),
  })
}
