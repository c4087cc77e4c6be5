import { join } from 'node:path'
import { apply } from '../../core/apply.ts'
import type { Command, CommandType, Outcomes } from '../../core/commands.ts'
import type { BrokerState } from '../../core/state.ts'
import type { CommandLog } from '../command-log.ts'
import type { FileSystem } from './file-system.ts'
import { createGroupCommit, type FsyncPolicy } from './group-commit.ts'
import { replaceFile } from './replace-file.ts'
import {
  commandsFile,
  encodeCommand,
  encodeSnapshot,
  recoverState,
  removeBefore,
  snapshotFile,
} from './state-files.ts'

/** A command log whose files can be closed. */
export interface DiskCommandLog extends CommandLog {
  /** When the last command of an earlier life was proposed, in milliseconds since the epoch; 0 if there is none. */
  readonly recoveredAt: number
  /** Writes a snapshot and closes the files. */
  close(): Promise<void>
}

/** What a command log on disk needs to know. */
export interface DiskCommandLogOptions {
  readonly files: FileSystem
  readonly fsync: FsyncPolicy
  /** Bytes of commands after which a snapshot is taken. */
  readonly snapshotBytes: number
  /** A snapshot could not be written. */
  onFailure(reason: unknown): void
}

interface Entry {
  /** The command as it stands in the log; undefined for one that changes nothing. */
  readonly line: Uint8Array | undefined
  /** The state with this command. */
  readonly state: BrokerState
}

/** Opens the command log of a directory, which may be empty. */
export function openDiskCommandLog(directory: string, options: DiskCommandLogOptions): DiskCommandLog {
  const { files, fsync, snapshotBytes } = options
  files.createDirectory(directory)
  const recovered = recoverState(directory, files)
  const watchers = new Set<() => void>()
  /** With every command, written or not: what the next one applies to. */
  let newest = recovered.state
  /** With every command that is kept: what everybody sees. */
  let kept = recovered.state
  let { number, logBytes } = recovered
  let descriptor = files.open(join(directory, commandsFile(number)), 'append')
  let isNamed = false
  let snapshot: Promise<void> | undefined

  const commit = createGroupCommit<Entry>({ write, kept: keep, isBarrier: () => false }, fsync)

  function write(entries: readonly Entry[]): readonly (() => Promise<void>)[] {
    // Everything before this group is kept, so `kept` is the state that a new log begins with.
    if (logBytes >= snapshotBytes && snapshot === undefined) snapshot = takeSnapshot().catch(fail)
    const lines = entries.flatMap(({ line }) => line ?? [])
    if (lines.length === 0) return []
    files.write(descriptor, lines)
    logBytes += lines.reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (fsync === 'never') return []
    const syncs = [() => files.sync(descriptor), ...(isNamed ? [] : [() => files.syncDirectory(directory)])]
    isNamed = true
    return syncs
  }

  function keep({ state }: Entry): void {
    if (state === kept) return
    kept = state
    for (const onChange of [...watchers]) onChange()
  }

  /** Goes on in a new log, writes the state that it begins with, and removes what is superfluous then. */
  async function takeSnapshot(): Promise<void> {
    const state = kept
    number += 1
    const started = number
    const previous = descriptor
    descriptor = files.open(join(directory, commandsFile(started)), 'append')
    files.close(previous)
    logBytes = 0
    isNamed = false
    const content = [encodeSnapshot(state)]
    await replaceFile({ directory, name: snapshotFile(started), content }, files, fsync)
    removeBefore(directory, started, files)
    snapshot = undefined
  }

  function fail(reason: unknown): void {
    commit.fail(reason)
    options.onFailure(reason)
  }

  return {
    recoveredAt: recovered.lastAt,
    get state() {
      return kept
    },
    async propose<T extends CommandType>(command: Command<T>, at: number): Promise<Outcomes[T]> {
      const [state, outcome] = apply(newest, command, at)
      // A command that changes nothing waits for those before it, because its outcome may rest on them.
      const line = state === newest ? undefined : encodeCommand(command, at)
      newest = state
      await commit.add({ line, state })
      return outcome
    },
    watch(onChange) {
      watchers.add(onChange)
      return () => watchers.delete(onChange)
    },
    async close() {
      await commit.close()
      await snapshot
      // Without a snapshot the next start takes longer. Nothing is lost: the commands are in their log.
      if (logBytes > 0 && newest === kept) await takeSnapshot().catch(() => {})
      files.close(descriptor)
    },
  }
}
