import type { Clock } from '../clock.ts'
import type { AuthenticationOptions, TokenSource } from './authentication-options.ts'
import { createCachedChecker } from './cached-checker.ts'
import type { RemoteEnvironment } from './fetch-json.ts'
import type { TokenChecker } from './identity.ts'
import { createJwtChecker, type JwtAlgorithm } from './jwt.ts'
import { createIntrospectionChecker, createTokenInfoChecker } from './remote-tokens.ts'
import { createStaticChecker } from './static-tokens.ts'

/** What checking tokens depends on beside the options. */
export interface TokenEnvironment {
  readonly clock: Clock
  /** Whether the feature `remote_tokeninfo` is on. */
  readonly isRemotePreferred: () => boolean
}

const DEFAULT_ALGORITHMS: readonly JwtAlgorithm[] = ['RS256', 'PS256', 'ES256', 'EdDSA']

/** Creates the checker that the options ask for. */
export function createTokenChecker(
  options: Required<AuthenticationOptions>,
  environment: TokenEnvironment,
): TokenChecker {
  const { attributeClaims, cacheEntries, cacheMs, tokens } = options
  const { clock } = environment
  const remote: RemoteEnvironment = { clock, fetch: options.fetch, timeoutMs: options.timeoutMs }
  const cached = (check: TokenChecker) =>
    createCachedChecker(check, { maxAgeMs: cacheMs, maxEntries: cacheEntries }, clock)
  switch (tokens.kind) {
    case 'static':
      return createStaticChecker(tokens.tokens)
    case 'introspection':
      return cached(createIntrospectionChecker({ ...tokens, attributeClaims }, remote))
    case 'tokeninfo':
      return cached(createFallingBack(tokens, { ...remote, ...environment, attributeClaims }))
    case 'jwt': {
      const algorithms = tokens.algorithms ?? DEFAULT_ALGORITHMS
      return createJwtChecker({ ...tokens, algorithms, attributeClaims }, remote)
    }
  }
}

/** Asks the local token info service first, and the other one when the local one is out of order. */
function createFallingBack(
  { url, localUrl }: TokenSource & { readonly kind: 'tokeninfo' },
  environment: RemoteEnvironment &
    TokenEnvironment &
    Pick<Required<AuthenticationOptions>, 'attributeClaims'>,
): TokenChecker {
  const { attributeClaims, isRemotePreferred } = environment
  const askRemote = createTokenInfoChecker({ url, attributeClaims }, environment)
  if (localUrl === undefined) return askRemote
  const askLocal = createTokenInfoChecker({ url: localUrl, attributeClaims }, environment)
  return async (token) => {
    if (isRemotePreferred()) return await askRemote(token)
    const local = await askLocal(token)
    return local.kind === 'unavailable' ? await askRemote(token) : local
  }
}
