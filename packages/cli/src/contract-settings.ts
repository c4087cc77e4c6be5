// Which event types `rioni diff` and `rioni check` are about, from their flags or the config of the project.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import {
  addSourceFlags,
  readSourceSettings,
  type SourceFlags,
  type SourceSettings,
} from './source-settings.ts'

/** The flags that say where code and definitions are. */
export interface ContractFlags extends SourceFlags {
  readonly out?: string
  readonly lock?: string
}

/** Where code and definitions are. */
export interface ContractSettings extends SourceSettings {
  /** A lock file that is there. */
  readonly lockFile?: string
  /** The command line that generates the code again. */
  readonly generateCommand: string
}

/** Adds the flags to a command. */
export function addContractFlags(command: Command): Command {
  return addSourceFlags(command)
    .option('--out <folder>', 'folder with the generated code, where the lock file is')
    .option('--lock <file>', 'lock file (default: rioni.lock.json in the output folder)')
}

/** Reads the settings. Without any flag the config of the project says where things are. */
export async function readContractSettings(
  command: Command,
  flags: ContractFlags,
  workingFolder: string,
): Promise<ContractSettings> {
  const { LOCK_FILE_NAME } = await import('@rioni/codegen')
  const { from, out, lock } = flags
  const isGiven = from.length > 0 || out !== undefined || lock !== undefined
  const settings = await readSourceSettings(flags, workingFolder, isGiven)
  const { config } = settings
  if (config === undefined && !isGiven) {
    return command.error(
      "error: one of '--out <folder>', '--lock <file>' and '--from <path>' is needed, and there is no rioni.config.ts here",
    )
  }
  const folder = out ?? config?.out
  const lockFile = lock ?? config?.lock ?? (folder === undefined ? undefined : join(folder, LOCK_FILE_NAME))
  const generateCommand =
    config === undefined
      ? commandOf(from.length > 0 ? from : ['DEFINITIONS'], out ?? 'FOLDER')
      : `rioni generate${flags.config === undefined ? '' : ` --config ${quoted(flags.config)}`}`
  return { ...settings, ...existing(lockFile), generateCommand }
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
