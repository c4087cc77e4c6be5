/** Callers for specifications of who may do what, each with a token that is the caller's name. */

import type { AuthenticationOptions, StaticToken } from '@rioni/broker'
import type { AuthorizationAttribute } from '@rioni/protocol'

/** The attribute of a caller. */
export function user(name: string): AuthorizationAttribute {
  return { data_type: 'user', value: name }
}

/** The token of the Nakadi admin of `callers`. */
export const OPERATOR = 'operator'

/** A broker that knows these callers and a Nakadi admin, and wants a token from everybody. */
export function callers(
  names: readonly string[],
  others: Readonly<Record<string, StaticToken>> = {},
): { readonly authentication: AuthenticationOptions; readonly defaultAdmin: AuthorizationAttribute } {
  const known = [...names, OPERATOR].map((name): [string, StaticToken] => [name, { subject: name }])
  return {
    authentication: { tokens: { kind: 'static', tokens: new Map([...known, ...Object.entries(others)]) } },
    defaultAdmin: user(OPERATOR),
  }
}
