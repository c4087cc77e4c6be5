// Tokens that are known beforehand: for tests and for small installations without a token service.

import { createHash } from 'node:crypto'
import type { AuthorizationAttribute } from '@rioni/protocol'
import type { Identity, TokenChecker } from './identity.ts'

/** What is known of a token. */
export interface StaticToken {
  /** Who has the token. */
  readonly subject: string
  /** What authorization sections are matched with. @default the attribute `user` with the subject */
  readonly attributes?: readonly AuthorizationAttribute[]
  /** What the token may be used for. @default every scope */
  readonly scopes?: readonly string[]
  /** Such as `/employees`. @default '' */
  readonly realm?: string
}

/** Tokens and their owners. */
export type StaticTokens = ReadonlyMap<string, StaticToken>

/** Checks tokens against a list of them. */
export function createStaticChecker(tokens: StaticTokens): TokenChecker {
  // By digest, so that how long a look-up takes tells nothing about the tokens.
  const identities = new Map([...tokens].map(([token, known]) => [digest(token), toIdentity(known)]))
  return async (token) => {
    const identity = identities.get(digest(token))
    return identity === undefined ? { kind: 'invalid' } : { kind: 'valid', identity }
  }
}

/** A text of fixed length that stands for a token and does not give it away. */
export function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}

/**
 * Reads a file of tokens, which is JSON:
 * `{"tokens": [{"token": "…", "subject": "billing", "scopes": ["uid"], "realm": "/services",
 * "attributes": [{"data_type": "service", "value": "billing"}]}]}`. Only `token` and `subject` are required.
 *
 * @throws Error that says which entry is wrong and how, never what the token is
 */
export function parseStaticTokens(file: string): StaticTokens {
  const entries = member(parseJson(file), 'tokens')
  if (!Array.isArray(entries)) throw new Error('The file of tokens must be an object with an array "tokens".')
  const tokens = new Map<string, StaticToken>()
  for (const [index, entry] of entries.entries()) {
    const [token, known] = readEntry(entry, `tokens[${index}]`)
    if (tokens.has(token)) throw new Error(`tokens[${index}].token occurs twice.`)
    tokens.set(token, known)
  }
  return tokens
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(file)
  } catch {
    // The parser's own message quotes the text, and with it perhaps a token.
    throw new Error('The file of tokens is not JSON.')
  }
}

function readEntry(entry: unknown, place: string): readonly [token: string, known: StaticToken] {
  const token = member(entry, 'token')
  // RFC 6750, 2.1: what can stand in the header.
  if (typeof token !== 'string' || !/^[\w.~+/-]+=*$/.test(token)) {
    throw new Error(`${place}.token must be a text of letters, digits and -._~+/`)
  }
  const subject = member(entry, 'subject')
  if (typeof subject !== 'string' || subject === '') throw new Error(`${place}.subject must be a text.`)
  const realm = member(entry, 'realm')
  if (realm !== undefined && typeof realm !== 'string') throw new Error(`${place}.realm must be a text.`)
  const scopes = member(entry, 'scopes')
  if (scopes !== undefined && !isTexts(scopes)) throw new Error(`${place}.scopes must be an array of texts.`)
  const attributes = member(entry, 'attributes')
  return [
    token,
    {
      subject,
      ...(realm === undefined ? {} : { realm }),
      ...(scopes === undefined ? {} : { scopes }),
      ...(attributes === undefined ? {} : { attributes: readAttributes(attributes, `${place}.attributes`) }),
    },
  ]
}

function readAttributes(value: unknown, place: string): readonly AuthorizationAttribute[] {
  if (!Array.isArray(value)) throw new Error(`${place} must be an array.`)
  return value.map((attribute: unknown, index) => {
    const data_type = member(attribute, 'data_type')
    const text = member(attribute, 'value')
    if (typeof data_type !== 'string' || typeof text !== 'string') {
      throw new Error(`${place}[${index}] must have the texts "data_type" and "value".`)
    }
    return { data_type, value: text }
  })
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return new Map<string, unknown>(Object.entries(value)).get(name)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function toIdentity({ subject, attributes, scopes, realm }: StaticToken): Identity {
  return {
    subject,
    realm: realm ?? '',
    scopes: scopes === undefined ? 'all' : new Set(scopes),
    attributes: attributes ?? [{ data_type: 'user', value: subject }],
  }
}
