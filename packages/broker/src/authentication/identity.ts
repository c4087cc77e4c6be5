// Who a token belongs to, made of the claims that come with it.

import type { AuthorizationAttribute } from '@rioni/protocol'

/** The owner of a token. */
export interface Identity {
  /** The name of the caller, which is the application that a blacklist names. */
  readonly subject: string
  /** Such as `/employees`; empty when the token has none. */
  readonly realm: string
  /** What the token may be used for; `all` stands for every scope. */
  readonly scopes: 'all' | ReadonlySet<string>
  /** What authorization sections are matched with. */
  readonly attributes: readonly AuthorizationAttribute[]
}

/** What a check of a token comes to. */
export type TokenCheck =
  | {
      readonly kind: 'valid'
      readonly identity: Identity
      /** Milliseconds since the epoch; undefined when the token does not say. */
      readonly expiresAt?: number
    }
  | { readonly kind: 'invalid' }
  /** Whoever knows could not be asked. */
  | { readonly kind: 'unavailable' }

/** Checks a token. Never rejects, and keeps the token to itself. */
export type TokenChecker = (token: string) => Promise<TokenCheck>

/** The members of a token or of an answer about it. */
export type Claims = Readonly<Record<string, unknown>>

/** Which claim holds the values of which further attribute: a text or an array of texts. */
export type AttributeClaims = Readonly<Record<string, string>>

/** Teams and groups, under the names that most providers give them. */
export const DEFAULT_ATTRIBUTE_CLAIMS: AttributeClaims = { team: 'teams', group: 'groups' }

/**
 * Makes an identity of the claims of RFC 7662 and RFC 9068. A token that a client got for itself is a
 * `service` with the name of the client; its `sub` is the client id or absent (RFC 9068, 2.2). Any other is a
 * `user` with the name of `sub`, whatever client it was issued to: the users of an application do not have
 * the rights of the application.
 *
 * @returns undefined when the claims name nobody
 */
export function identityOf(claims: Claims, further: AttributeClaims): Identity | undefined {
  const client = text(claims['client_id']) ?? text(claims['azp'])
  const person = text(claims['sub'])
  const subject = person ?? client
  if (subject === undefined) return undefined
  const isService = person === undefined || person === client
  return {
    subject,
    realm: text(claims['realm']) ?? '',
    scopes: new Set(words(claims['scope'] ?? claims['scp'])),
    attributes: [
      { data_type: isService ? 'service' : 'user', value: subject },
      ...furtherAttributes(claims, further),
    ],
  }
}

/**
 * Makes an identity of what a token info service answers (the service that Nakadi was written for): `uid` is
 * the name, and the realm tells services from people.
 *
 * @returns undefined when the answer names nobody
 */
export function tokenInfoIdentity(claims: Claims, further: AttributeClaims): Identity | undefined {
  const subject = text(claims['uid'])
  if (subject === undefined) return undefined
  const realm = text(claims['realm']) ?? ''
  return {
    subject,
    realm,
    scopes: new Set(words(claims['scope'])),
    attributes: [
      { data_type: realm === '/services' ? 'service' : 'user', value: subject },
      ...furtherAttributes(claims, further),
    ],
  }
}

/** Attributes that say who somebody is are for the broker to give, so no other claim can. */
const RESERVED: readonly string[] = ['user', 'service', '*']

function furtherAttributes(claims: Claims, further: AttributeClaims): readonly AuthorizationAttribute[] {
  return Object.entries(further)
    .filter(([data_type]) => !RESERVED.includes(data_type))
    .flatMap(([data_type, claim]) => texts(claims[claim]).map((value) => ({ data_type, value })))
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function texts(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.flatMap((item) => text(item) ?? [])
}

/** Scopes come as one text with spaces (RFC 6749, 3.3) or as an array. */
function words(value: unknown): readonly string[] {
  return texts(value).flatMap((part) => part.split(' ').filter((word) => word !== ''))
}
