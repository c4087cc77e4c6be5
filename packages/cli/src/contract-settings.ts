// Which event types `rioni diff` and `rioni check` are about, from their flags or the config of the project.

import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { ProjectSource, RioniConfig } from '@rioni/codegen'
import type { Command } from 'commander'
import { append } from './flag-values.ts'
import { listOf, relocate, sourceOf } from './generate-settings.ts'

/** The flags that say where code and definitions are. */
export interface ContractFlags {
  readonly from: readonly string[]
  readonly out?: string
  readonly lock?: string
  readonly config?: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** Where code and definitions are. */
export interface ContractSettings {
  readonly sources: readonly ProjectSource[]
  /** A lock file that is there. */
  readonly lockFile?: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** The side that the config says the code is on. */
  readonly role?: NonNullable<RioniConfig['role']>
  /** The command line that generates the code again. */
  readonly generateCommand: string
}

/** Adds the flags to a command. */
export function addContractFlags(command: Command): Command {
  return command
    .option('--from <path>', 'folder or document with definitions; may be repeated', append, [])
    .option('--out <folder>', 'folder with the generated code, where the lock file is')
    .option('--lock <file>', 'lock file (default: rioni.lock.json in the output folder)')
    .option(
      '--config <file>',
      'config file (default: rioni.config.ts, if no other flag says where things are)',
    )
    .option('--include <glob>', 'event types to look at, such as order.*; may be repeated', append, [])
    .option('--exclude <glob>', 'event types to leave out; may be repeated', append, [])
}

/** Reads the settings. Without any flag the config of the project says where things are. */
export async function readContractSettings(
  command: Command,
  flags: ContractFlags,
  workingFolder: string,
): Promise<ContractSettings> {
  const { findConfig, loadConfig, LOCK_FILE_NAME } = await import('@rioni/codegen')
  const { from, out, lock, include, exclude } = flags
  const isGiven = from.length > 0 || out !== undefined || lock !== undefined
  const configFile = flags.config ?? (isGiven ? undefined : findConfig(workingFolder))
  if (configFile === undefined && !isGiven) {
    return command.error(
      "error: one of '--out <folder>', '--lock <file>' and '--from <path>' is needed, and there is no rioni.config.ts here",
    )
  }
  if (configFile === undefined) {
    const lockFile = lock ?? (out === undefined ? undefined : join(out, LOCK_FILE_NAME))
    return {
      sources: from.map((path) => ({ path })),
      ...existing(lockFile),
      include,
      exclude,
      generateCommand: commandOf(from.length > 0 ? from : ['DEFINITIONS'], out ?? 'FOLDER'),
    }
  }
  const { file, config } = await loadConfig(resolve(workingFolder, configFile))
  const here = relocate(config, relative(workingFolder, resolve(file, '..')))
  return {
    sources: (from.length > 0 ? from : listOf(here.from)).map(sourceOf),
    ...existing(lock ?? here.lock ?? join(out ?? here.out, LOCK_FILE_NAME)),
    include: include.length > 0 ? include : (here.include ?? []),
    exclude: exclude.length > 0 ? exclude : (here.exclude ?? []),
    ...(here.role === undefined ? {} : { role: here.role }),
    generateCommand: `rioni generate${flags.config === undefined ? '' : ` --config ${quoted(flags.config)}`}`,
  }
}

function existing(lockFile: string | undefined): { readonly lockFile?: string } {
  return lockFile !== undefined && existsSync(lockFile) ? { lockFile } : {}
}

function commandOf(from: readonly string[], out: string): string {
  return ['rioni generate', ...from.map((path) => `--from ${quoted(path)}`), `--out ${quoted(out)}`].join(' ')
}

/** A word of a command line, for a shell of POSIX. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
