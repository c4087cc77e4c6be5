import { join } from 'node:path'
import type { BrokerState } from '../../core/state.ts'
import type { FileSystem } from './file-system.ts'
import type { FsyncPolicy } from './group-commit.ts'
import { replaceFile } from './replace-file.ts'
import {
  commandsFile,
  encodeSnapshot,
  type RecoveredState,
  removeBefore,
  snapshotFile,
} from './state-files.ts'

/** Writes commands, and from time to time a snapshot, after which the commands before it are superfluous. */
export interface CommandWriter {
  /**
   * Writes lines to the log. Returns what has to be synced before they are kept.
   *
   * @param before the state without them
   */
  write(lines: readonly Uint8Array[], before: BrokerState): readonly (() => Promise<void>)[]
  /** Writes a snapshot of the last state, so that the next start is fast, and closes the log. */
  close(last: BrokerState): Promise<void>
}

/** Where and how to write. */
export interface CommandWriterOptions {
  readonly directory: string
  readonly files: FileSystem
  readonly fsync: FsyncPolicy
  /** Bytes of commands after which a snapshot is taken. */
  readonly snapshotBytes: number
  /** A snapshot could not be written. */
  onFailure(reason: unknown): void
}

/** Goes on with the log of an earlier life. */
export async function openCommandWriter(
  recovered: RecoveredState,
  options: CommandWriterOptions,
): Promise<CommandWriter> {
  const { directory, files, fsync, snapshotBytes, onFailure } = options
  let { number, logBytes } = recovered
  let descriptor = files.open(join(directory, commandsFile(number)), 'append')
  if (fsync !== 'never') {
    // A process that was killed may have left commands that the device does not have yet.
    await files.sync(descriptor)
    await files.syncDirectory(directory)
  }
  let isNamed = true
  let snapshot: Promise<void> | undefined

  /** Goes on in a new log, writes the state that it begins with, and removes what is superfluous then. */
  async function takeSnapshot(state: BrokerState): Promise<void> {
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

  return {
    write(lines, before) {
      if (logBytes >= snapshotBytes && snapshot === undefined)
        snapshot = takeSnapshot(before).catch(onFailure)
      files.write(descriptor, lines)
      logBytes += lines.reduce((sum, { byteLength }) => sum + byteLength, 0)
      if (fsync === 'never') return []
      const current = descriptor
      const syncs = [() => files.sync(current), ...(isNamed ? [] : [() => files.syncDirectory(directory)])]
      isNamed = true
      return syncs
    },
    async close(last) {
      await snapshot
      // Without a snapshot the next start takes longer. Nothing is lost: the commands are in their log.
      if (logBytes > 0) await takeSnapshot(last).catch(() => {})
      files.close(descriptor)
    },
  }
}
