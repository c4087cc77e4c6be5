// The files that hold the state: snapshots, and the commands since then. `snapshot-7` is the state before the first
// command of `commands-7`. A snapshot gets its name when it is complete, so there is always one to begin with, or
// all commands there ever were.

import { join } from 'node:path'
import { apply } from '../../core/apply.ts'
import type { Command, CommandType } from '../../core/commands.ts'
import { type BrokerState, emptyState } from '../../core/state.ts'
import { decodeLines, encodeLine } from './checked-lines.ts'
import { corrupt, DiskStorageError } from './disk-storage-error.ts'
import type { FileSystem } from './file-system.ts'
import { decodeValue, encodeValue } from './state-codec.ts'

/** One line of a command log. */
interface LoggedCommand {
  readonly command: Command
  /** When it was proposed, in milliseconds since the epoch. */
  readonly at: number
}

/** What the files of a directory amount to. */
export interface RecoveredState {
  readonly state: BrokerState
  /** The number of the last command log, which is to be gone on with. */
  readonly number: number
  readonly logBytes: number
  /** When the last command was proposed; 0 when there is none. */
  readonly lastAt: number
}

/** The file of the commands after a snapshot. */
export function commandsFile(number: number): string {
  return `commands-${number}.log`
}

/** The file of the state before the commands of the same number. */
export function snapshotFile(number: number): string {
  return `snapshot-${number}.json`
}

/** The form of a command in a file. */
export function encodeCommand<T extends CommandType>(command: Command<T>, at: number): Uint8Array {
  return encodeLine(encodeValue({ command, at }))
}

/** The form of a state in a file. */
export function encodeSnapshot(state: BrokerState): Uint8Array {
  return encodeLine(encodeValue(state))
}

/** Reads the last snapshot and applies what follows. Cuts off a command that was not written completely. */
export function recoverState(directory: string, files: FileSystem): RecoveredState {
  const names = files.list(directory)
  const first = Math.max(0, ...numbersOf(names, /^snapshot-(\d+)\.json$/)) || 1
  const last = Math.max(first, ...numbersOf(names, /^commands-(\d+)\.log$/))
  let state = names.includes(snapshotFile(first))
    ? readSnapshot(join(directory, snapshotFile(first)), files)
    : emptyState
  let logBytes = 0
  let lastAt = 0
  for (let number = first; number <= last; number += 1) {
    const log = readCommands(join(directory, commandsFile(number)), files, { isLast: number === last })
    for (const { command, at } of log.commands) {
      state = apply(state, command, at)[0]
      lastAt = at
    }
    logBytes = log.bytes
  }
  removeBefore(directory, first, files)
  return { state, number: last, logBytes, lastAt }
}

/** Removes the files that a snapshot has made superfluous. */
export function removeBefore(directory: string, number: number, files: FileSystem): void {
  for (const name of files.list(directory)) {
    const [found] = numbersOf([name], /^(?:snapshot|commands)-(\d+)\.(?:json|log)$/)
    if (found !== undefined && found < number) files.remove(join(directory, name))
  }
}

function numbersOf(names: readonly string[], pattern: RegExp): readonly number[] {
  return names.flatMap((name) => {
    const [, digits] = pattern.exec(name) ?? []
    return digits === undefined ? [] : [Number(digits)]
  })
}

function readSnapshot(path: string, files: FileSystem): BrokerState {
  const { texts } = decodeLines(path, files.readFile(path) ?? new Uint8Array())
  const [text] = texts
  if (text === undefined) throw corrupt(path, 0, 'the snapshot is unreadable')
  // What an earlier version did not know yet has its initial value.
  return { ...emptyState, ...(decodeValue(text) as BrokerState) }
}

interface CommandFile {
  readonly commands: readonly LoggedCommand[]
  readonly bytes: number
}

function readCommands(
  path: string,
  files: FileSystem,
  { isLast }: { readonly isLast: boolean },
): CommandFile {
  const file = files.readFile(path)
  if (file === undefined && isLast) return { commands: [], bytes: 0 }
  if (file === undefined)
    throw new DiskStorageError(
      'corrupt',
      `${path} is missing, while later commands are there. Restore it from a copy.`,
    )
  const { texts, end } = decodeLines(path, file)
  if (end < file.byteLength && !isLast) throw corrupt(path, end, 'its last lines are unreadable')
  if (end < file.byteLength) files.truncate(path, end)
  return { commands: texts.map((text) => decodeValue(text) as LoggedCommand), bytes: end }
}
