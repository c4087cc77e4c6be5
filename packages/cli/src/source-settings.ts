// Where definitions are, from the flags of a command or the config of the project.

import { relative, resolve } from 'node:path'
import type { ProjectSource, RioniConfig } from '@rioni/codegen'
import type { Command } from 'commander'
import { append } from './flag-values.ts'
import { listOf, relocate, sourceOf } from './generate-settings.ts'

/** The flags that say where definitions are. */
export interface SourceFlags {
  readonly from: readonly string[]
  readonly config?: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** Where definitions are, and which of them are meant. */
export interface SourceSettings {
  readonly sources: readonly ProjectSource[]
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** The config of the project, where one was read. */
  readonly config?: RioniConfig
}

/** The places where nothing was found, in words: with what was chosen among it, which may be the reason. */
export function placesOf({
  sources,
  include,
  exclude,
}: Pick<SourceSettings, 'sources' | 'include' | 'exclude'>): string {
  const places = sources.map(({ path }) => path).join(', ')
  return include.length + exclude.length === 0 ? places : `${places} that include and exclude select`
}

/** Adds the flags to a command. */
export function addSourceFlags(command: Command): Command {
  return command
    .option('--from <path>', 'folder or document with definitions; may be repeated', append, [])
    .option('--config <file>', 'config file (default: rioni.config.ts, if needed)')
    .option('--include <glob>', 'event types to look at, such as order.*; may be repeated', append, [])
    .option('--exclude <glob>', 'event types to leave out; may be repeated', append, [])
}

/**
 * Reads the settings. The config of the project is looked for where the flags do not say everything; where there is
 * neither, there are no sources.
 */
export async function readSourceSettings(
  flags: SourceFlags,
  workingFolder: string,
  isComplete = flags.from.length > 0,
): Promise<SourceSettings> {
  const { findConfig, loadConfig } = await import('@rioni/codegen')
  const { from, include, exclude } = flags
  const configFile = flags.config ?? (isComplete ? undefined : findConfig(workingFolder))
  if (configFile === undefined) return { sources: from.map((path) => ({ path })), include, exclude }
  const { file, config } = await loadConfig(resolve(workingFolder, configFile))
  const here = relocate(config, relative(workingFolder, resolve(file, '..')))
  return {
    sources: (from.length > 0 ? from : listOf(here.from)).map(sourceOf),
    include: include.length > 0 ? include : (here.include ?? []),
    exclude: exclude.length > 0 ? exclude : (here.exclude ?? []),
    config: here,
  }
}
