import { apply } from '../../core/apply.ts'
import type { Command, CommandType, Outcomes } from '../../core/commands.ts'
import type { BrokerState } from '../../core/state.ts'
import type { CommandLog } from '../command-log.ts'
import { type CommandWriterOptions, openCommandWriter } from './command-writer.ts'
import { createGroupCommit } from './group-commit.ts'
import { encodeCommand, recoverState } from './state-files.ts'

/** A command log whose files can be closed. */
export interface DiskCommandLog extends CommandLog {
  /** When the last command of an earlier life was proposed, in milliseconds since the epoch; 0 if there is none. */
  readonly recoveredAt: number
  /** Writes a snapshot and closes the files. */
  close(): Promise<void>
}

interface Entry {
  /** The command as it stands in the log; undefined for one that changes nothing. */
  readonly line: Uint8Array | undefined
  /** The state with this command. */
  readonly state: BrokerState
}

/** Opens the command log of a directory, which may be empty. */
export async function openDiskCommandLog(options: CommandWriterOptions): Promise<DiskCommandLog> {
  const { directory, files, fsync } = options
  files.createDirectory(directory)
  const recovered = recoverState(directory, files)
  const watchers = new Set<() => void>()
  /** With every command, written or not: what the next one applies to. */
  let newest = recovered.state
  /** With every command that is kept: what everybody sees. */
  let kept = recovered.state

  const writer = await openCommandWriter(recovered, {
    ...options,
    onFailure(reason) {
      commit.fail(reason)
      options.onFailure(reason)
    },
  })
  const commit = createGroupCommit<Entry>(
    {
      isBarrier: () => false,
      write(entries) {
        const lines = entries.flatMap(({ line }) => line ?? [])
        // Everything before this group is kept.
        return lines.length === 0 ? [] : writer.write(lines, kept)
      },
      kept({ state }) {
        if (state === kept) return
        kept = state
        for (const onChange of [...watchers]) onChange()
      },
    },
    fsync,
  )

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
      await writer.close(kept)
    },
  }
}
