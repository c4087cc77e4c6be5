// How `publish` and `consume` reach a broker: the flags they share, and the client made from them.

import { readFile } from 'node:fs/promises'
import type { Client } from '@rioni/client'
import type { Command } from 'commander'
import type { Environment } from './environment.ts'
import { parseUrl } from './flag-values.ts'
import { readSetting } from './read-setting.ts'

/** What the shared flags were given. */
export interface ConnectionFlags {
  readonly url?: string
  readonly tokenFile?: string
}

/** Adds the shared flags to a command. There is none for the token itself: everybody could read it in the process list. */
export function addConnectionFlags(command: Command): Command {
  return command
    .option('--url <address>', 'address of the broker; or RIONI_URL (default: http://127.0.0.1:8080)')
    .option(
      '--token-file <file>',
      'file with the bearer token, read again whenever it is needed; or RIONI_TOKEN',
    )
}

/** Creates the client that the flags and the environment ask for. Sends nothing yet. */
export async function connect(
  command: Command,
  environment: Environment,
  flags: ConnectionFlags,
): Promise<Client> {
  const baseUrl = readSetting(command, environment, {
    flag: '--url',
    given: flags.url,
    variable: 'RIONI_URL',
    parse: parseUrl,
    fallback: 'http://127.0.0.1:8080',
  })
  const token = tokenSource(environment, flags)
  const { createClient } = await import('@rioni/client')
  return createClient({ baseUrl, ...(token === undefined ? {} : { token }) })
}

/** A file wins over the variable. It is read each time, because whoever rotates tokens rewrites it. */
function tokenSource(
  environment: Environment,
  { tokenFile }: ConnectionFlags,
): (() => Promise<string>) | undefined {
  const token = environment.env['RIONI_TOKEN']
  if (tokenFile !== undefined) return async () => (await readFile(tokenFile, 'utf8')).trim()
  return token === undefined || token === '' ? undefined : async () => token
}
