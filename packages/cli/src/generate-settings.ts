// What `rioni generate` is asked to do, from its flags and the config file of the project.

import { relative, resolve } from 'node:path'
import type { ProjectSettings, ProjectSource, RioniConfig, SourceInput } from '@rioni/codegen'
import type { Command } from 'commander'

/** The flags of `rioni generate`. Where one is not given, the config says, and else the default. */
export interface GenerateFlags {
  readonly from: readonly string[]
  readonly out?: string
  readonly config?: string
  readonly lock?: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly name: readonly (readonly [eventType: string, name: string])[]
  readonly importExtension?: '.js' | '.ts'
  readonly validators: boolean
  readonly examples: boolean
  readonly proof: boolean
  readonly docs?: boolean
  readonly asyncapi?: boolean
  readonly cache: boolean
  readonly check?: boolean
  readonly watch?: boolean
  readonly json?: boolean
  readonly verbose?: boolean
}

/** What to generate, and the config file that says so, if one does. */
export interface GenerateSettings {
  readonly project: ProjectSettings
  readonly configFile?: string
}

/**
 * Reads the settings. A config file is looked for where the flags do not say everything that is needed; without one, the
 * flags have to. A relative path in a config is relative to the file.
 */
export async function readGenerateSettings(
  command: Command,
  flags: GenerateFlags,
  workingFolder: string,
): Promise<GenerateSettings> {
  const { findConfig, loadConfig } = await import('@rioni/codegen')
  const isComplete = flags.from.length > 0 && flags.out !== undefined
  const configFile = flags.config ?? (isComplete ? undefined : findConfig(workingFolder))
  if (configFile === undefined) {
    const { out } = flags
    if (flags.from.length === 0 || out === undefined) {
      return command.error(
        "error: required options '--from <path>' and '--out <folder>' not specified, and there is no rioni.config.ts here",
      )
    }
    return { project: merge(flags, { from: flags.from, out }) }
  }
  const { file, config } = await loadConfig(resolve(workingFolder, configFile))
  const base = relative(workingFolder, resolve(file, '..'))
  return { project: merge(flags, relocate(config, base)), configFile: file }
}

/**
 * The config with paths that are relative to the working folder; `base` is the folder of the config. A config is for all
 * who work on a project, so what separates folders on Windows separates them everywhere.
 */
export function relocate(config: RioniConfig, base: string): RioniConfig {
  const move = (written: string): string => {
    const path = written.replaceAll('\\', '/')
    return base === '' ? path : relative('', resolve(base, path)) || '.'
  }
  return {
    ...config,
    from: listOf(config.from).map((source) =>
      typeof source === 'string' ? move(source) : { ...source, path: move(source.path) },
    ),
    out: move(config.out),
    ...(config.lock === undefined ? {} : { lock: move(config.lock) }),
  }
}

function merge(flags: GenerateFlags, config: RioniConfig): ProjectSettings {
  const lock = flags.lock ?? config.lock
  return {
    sources: (flags.from.length > 0 ? flags.from : listOf(config.from)).map(sourceOf),
    out: flags.out ?? config.out,
    ...(lock === undefined ? {} : { lock }),
    include: flags.include.length > 0 ? flags.include : (config.include ?? []),
    exclude: flags.exclude.length > 0 ? flags.exclude : (config.exclude ?? []),
    names: { ...config.names, ...Object.fromEntries(flags.name) },
    validators: flags.validators && config.validators !== false,
    examples: flags.examples && config.examples !== false,
    proof: flags.proof && config.proof !== false,
    docs: flags.docs ?? config.docs ?? false,
    asyncapi: flags.asyncapi ?? config.asyncapi ?? false,
    formats: config.formats ?? {},
    importExtension: flags.importExtension ?? config.importExtension ?? '.js',
  }
}

/** A source of a config, in the form of a project. */
export function sourceOf(input: SourceInput): ProjectSource {
  if (typeof input === 'string') return { path: input }
  const mappings = Object.entries(input.eventTypes ?? {}).map(
    ([name, mapping]) => [name, typeof mapping === 'string' ? { pointer: mapping } : mapping] as const,
  )
  return { path: input.path, eventTypes: Object.fromEntries(mappings) }
}

/** The sources of a config. */
export function listOf(from: RioniConfig['from']): readonly SourceInput[] {
  return typeof from === 'object' && !('path' in from) ? from : [from]
}
