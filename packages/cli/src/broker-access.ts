// Who may do what with a broker: the settings, and the options that they make.

import { readFile } from 'node:fs/promises'
import type { AccessOptions, AuthenticationOptions, TokenSource } from '@rioni/broker'
import type { AuthorizationAttribute } from '@rioni/protocol'
import { InvalidArgumentError } from 'commander'
import { oneOf, parseList, parseUrl } from './flag-values.ts'
import type { SettingRow, SettingsOf } from './setting-table.ts'

const access = { group: 'Who may do what (everybody everything, unless one source of tokens is named):' }

type Row<T> = Omit<SettingRow<T>, 'group' | 'parse' | 'fallback'>

/** A row for a text that may be missing. */
function text(row: Row<string | undefined>): SettingRow<string | undefined> {
  return { ...access, ...row, parse: String, fallback: undefined }
}

/** A row for the address of a service, which may be missing. */
function address(row: Omit<Row<string | undefined>, 'value'>): SettingRow<string | undefined> {
  return { ...access, ...row, value: '<address>', parse: parseUrl, fallback: undefined }
}

/** The settings of `rioni broker` about tokens and admins. */
export const accessSettings = {
  tokens: text({ flag: '--tokens', value: '<file>', meaning: 'JSON file of tokens and who has them' }),
  tokeninfoUrl: address({ flag: '--tokeninfo-url', meaning: 'token info service, as Nakadi asks it' }),
  tokeninfoLocalUrl: address({
    flag: '--tokeninfo-local-url',
    meaning: 'the same nearby; asked first, unless remote_tokeninfo is on',
  }),
  introspectionUrl: address({ flag: '--introspection-url', meaning: 'token introspection (RFC 7662)' }),
  introspectionClient: text({
    flag: '--introspection-client',
    value: '<id>',
    meaning: 'id of the broker for the introspection',
  }),
  introspectionSecretFile: text({
    flag: '--introspection-secret-file',
    value: '<file>',
    meaning: 'file with its secret',
  }),
  jwksUrl: address({ flag: '--jwks-url', meaning: 'keys that sign JSON Web Tokens (RFC 9068)' }),
  jwtIssuer: text({ flag: '--jwt-issuer', value: '<issuer>', meaning: 'who must have issued them' }),
  jwtAudience: text({ flag: '--jwt-audience', value: '<name>', meaning: 'whom they must be meant for' }),
  authMode: {
    ...access,
    flag: '--auth-mode',
    value: '<mode>',
    parse: oneOf(['BASIC', 'REALM', 'FULL']),
    fallback: 'BASIC',
    shown: 'BASIC',
    meaning: 'what is asked of a token: BASIC, REALM or FULL',
  },
  authRealms: {
    ...access,
    flag: '--auth-realms',
    value: '<names>',
    parse: parseList,
    fallback: [],
    meaning: 'the realms of the mode REALM',
  },
  admin: {
    ...access,
    flag: '--admin',
    value: '<type:value>',
    parse: parseAttribute,
    fallback: { data_type: 'service', value: 'stups_nakadi' },
    shown: 'service:stups_nakadi',
    meaning: 'an admin whom nobody can remove',
  },
  allDataReaders: {
    ...access,
    flag: '--all-data-readers',
    value: '<type:value,...>',
    parse: (names: string) => parseList(names).map(parseAttribute),
    fallback: [],
    meaning: 'who may read everything',
  },
  hashSaltFile: text({
    flag: '--hash-salt-file',
    value: '<file>',
    meaning: 'file with what is mixed into the hashes of names',
  }),
} as const satisfies Readonly<Record<string, SettingRow<unknown>>>

/** What the settings say of access. */
export type AccessSettings = SettingsOf<typeof accessSettings>

/**
 * The options that the settings make; files are read now.
 *
 * @throws InvalidArgumentError when settings contradict each other, or one of them misses another
 */
export async function accessOptions(settings: AccessSettings): Promise<AccessOptions> {
  const tokens = await tokenSource(settings)
  const { admin, allDataReaders, hashSaltFile } = settings
  return {
    authentication: tokens === undefined ? 'off' : authentication(tokens, settings),
    defaultAdmin: admin,
    allDataReaders,
    ...(hashSaltFile === undefined ? {} : { hashSalt: await readSecret(hashSaltFile) }),
  }
}

function authentication(
  tokens: TokenSource,
  { authMode, authRealms }: AccessSettings,
): AuthenticationOptions {
  return { tokens, mode: authMode, ...(authRealms.length === 0 ? {} : { realms: authRealms }) }
}

async function tokenSource(settings: AccessSettings): Promise<TokenSource | undefined> {
  const sources = [
    ['--tokens', settings.tokens],
    ['--tokeninfo-url', settings.tokeninfoUrl],
    ['--introspection-url', settings.introspectionUrl],
    ['--jwks-url', settings.jwksUrl],
  ].flatMap(([flag = '', value]) => (value === undefined ? [] : [flag]))
  if (sources.length > 1) {
    throw new InvalidArgumentError(`${sources.join(' and ')} exclude each other. Name one source of tokens.`)
  }
  return (
    (await staticTokens(settings)) ?? tokeninfo(settings) ?? (await introspection(settings)) ?? jwt(settings)
  )
}

async function staticTokens({ tokens: file }: AccessSettings): Promise<TokenSource | undefined> {
  if (file === undefined) return undefined
  const { parseStaticTokens } = await import('@rioni/broker')
  const content = await readFile(file, 'utf8')
  try {
    return { kind: 'static', tokens: parseStaticTokens(content) }
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

function tokeninfo({
  tokeninfoUrl: url,
  tokeninfoLocalUrl: localUrl,
}: AccessSettings): TokenSource | undefined {
  if (url === undefined) return undefined
  return { kind: 'tokeninfo', url, ...(localUrl === undefined ? {} : { localUrl }) }
}

async function introspection(settings: AccessSettings): Promise<TokenSource | undefined> {
  const { introspectionUrl: url, introspectionClient: clientId, introspectionSecretFile: file } = settings
  if (url === undefined) return undefined
  if (clientId === undefined || file === undefined) {
    throw new InvalidArgumentError(
      '--introspection-url needs --introspection-client and --introspection-secret-file.',
    )
  }
  return { kind: 'introspection', url, clientId, clientSecret: await readSecret(file) }
}

async function readSecret(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim()
}

function jwt({ jwksUrl, jwtIssuer: issuer, jwtAudience: audience }: AccessSettings): TokenSource | undefined {
  if (jwksUrl === undefined) return undefined
  if (issuer === undefined || audience === undefined) {
    throw new InvalidArgumentError('--jwks-url needs --jwt-issuer and --jwt-audience.')
  }
  return { kind: 'jwt', jwksUrl, issuer, audience }
}

function parseAttribute(word: string): AuthorizationAttribute {
  const [, data_type, value] = /^([^:]+):(.+)$/.exec(word) ?? []
  if (data_type !== undefined && value !== undefined) return { data_type, value }
  throw new InvalidArgumentError('Expected a type and a value with a colon between them, such as user:alice.')
}
