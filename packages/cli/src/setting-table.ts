// A command with many settings declares them in a table. Flags, environment variables, help and the printed
// configuration all come from it, so that none of them forgets one.

import { type Command, Option } from 'commander'
import type { Environment } from './environment.ts'
import { readSetting } from './read-setting.ts'

/**
 * One row: a flag and what the text after it means. The variable that does the same has the name of the flag:
 * `RIONI_MAX_HEADERS` for `--max-headers`.
 */
export interface SettingRow<T> {
  readonly flag: `--${string}`
  /** What follows the flag, such as `<number>`; empty for a switch, whose variable is `true` or `false`. */
  readonly value: string
  readonly parse: (text: string) => T
  readonly fallback: T
  /** What it is for, in half a line. */
  readonly meaning: string
  /** How help names the fallback; not at all when this is left out. */
  readonly shown?: string
  /** The heading in help under which the row stands. */
  readonly group: string
}

/** A table of settings, by the names that the command uses. */
export type SettingTable = Readonly<Record<string, SettingRow<unknown>>>

/** The values of a table. */
export type SettingsOf<Table extends SettingTable> = {
  readonly [Name in keyof Table]: Table[Name] extends SettingRow<infer T> ? T : never
}

/** Gives a command the flags of a table. */
export function addFlags(command: Command, table: SettingTable): void {
  for (const row of Object.values(table)) command.addOption(toOption(row))
}

/** Reads the values of a table: flags win over variables, and variables over fallbacks. */
export function readSettings<Table extends SettingTable>(
  command: Command,
  environment: Environment,
  table: Table,
): SettingsOf<Table> {
  const values = Object.entries(table).map(([name, row]) => {
    const given: unknown = command.getOptionValue(toOption(row).attributeName())
    const text = given === undefined ? undefined : String(given)
    return [name, readSetting(command, environment, { ...row, variable: variableOf(row.flag), given: text })]
  })
  // One value of the right type for each row, which `Object.fromEntries` cannot say.
  return Object.fromEntries(values) as SettingsOf<Table>
}

function toOption({ flag, value, meaning, shown, group }: SettingRow<unknown>): Option {
  const fallback = shown === undefined ? '' : ` (default: ${shown})`
  return new Option(`${flag} ${value}`.trim(), `${meaning}${fallback}`).helpGroup(group)
}

function variableOf(flag: string): `RIONI_${string}` {
  return `RIONI_${flag.slice(2).toUpperCase().replaceAll('-', '_')}`
}
