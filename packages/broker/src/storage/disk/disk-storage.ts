import { dirname, join, resolve } from 'node:path'
import type { Storage } from '../storage.ts'
import { lockDirectory } from './directory-lock.ts'
import { type DiskCommandLog, openDiskCommandLog } from './disk-command-log.ts'
import { type DiskEventLog, openDiskEventLog } from './disk-event-log.ts'
import { type FileSystem, nodeFileSystem } from './file-system.ts'
import { checkFormat } from './format.ts'
import type { FsyncPolicy } from './group-commit.ts'
import { createOpenFiles } from './open-files.ts'
import type { DiskEnvironment } from './partition-files.ts'
import { createTailCache } from './tail-cache.ts'

const MEBIBYTE = 1024 * 1024

/** How to keep events and state on disk. */
export interface DiskStorageOptions {
  /** Created if it is missing. It belongs to this storage alone. */
  readonly directory: string
  /** When an event or a commit counts as kept. @default 'group' */
  readonly fsync?: FsyncPolicy
  /**
   * Bytes of a file after which the next one is begun, at most 1 GiB. Retention drops whole files, so a small
   * partition keeps its events for up to one file longer. @default 67108864 (64 MiB)
   */
  readonly segmentBytes?: number
  /** Milliseconds after which the next file is begun. @default 10800000 (three hours, as the real broker has it) */
  readonly segmentMs?: number
  /** Bytes between two entries of a file's index. @default 65536 */
  readonly indexEveryBytes?: number
  /** Bytes of the newest records that are kept in memory. @default 67108864 (64 MiB) */
  readonly cacheBytes?: number
  /** Files that stay open while nobody uses them. @default 256 */
  readonly maxOpenFiles?: number
  /** Bytes of commands after which the state is written as a whole. @default 8388608 (8 MiB) */
  readonly snapshotBytes?: number
  /**
   * How much of a log must be new since its last compaction before it is compacted again, from 0 to 1.
   * @default 0.5, as Kafka has it
   */
  readonly minDirtyRatio?: number
  /**
   * Told of each file whose end was not written completely when an earlier process crashed, and how many bytes of
   * it were cut off: nobody had been told that they were kept. @default nobody is told
   */
  readonly onCutOff?: (path: string, bytes: number) => void
  /** For tests that let the disk fail. @default the file system of the machine */
  readonly fileSystem?: FileSystem
}

/**
 * Opens a storage on disk. What was acknowledged before is there again: event types, events, subscriptions and
 * committed cursors. Streams do not outlive their process, so the sessions of an earlier one are closed.
 *
 * Reads names, the state and the ends of the logs, not the events, so it takes no longer when there are many.
 *
 * @throws DiskStorageError when the directory is in use, holds something else or has a newer format, and when what
 *   is read at the start is damaged
 */
export async function createDiskStorage(options: DiskStorageOptions): Promise<Storage> {
  const directory = resolve(options.directory)
  const { fsync = 'group' } = options
  const files = reportingFiles(options)
  files.createDirectory(directory)
  const unlock = lockDirectory(directory, files)
  try {
    await checkFormat(directory, files, fsync)
    const events = await openDiskEventLog(join(directory, 'topics'), environmentOf(options, files))
    const commands = await openDiskCommandLog({
      directory: join(directory, 'state'),
      files,
      fsync,
      snapshotBytes: options.snapshotBytes ?? 8 * MEBIBYTE,
      onFailure: events.fail,
    })
    if (fsync !== 'never') await syncNames(directory, files)
    await closeSessions(commands)
    await deleteOrphans(events, commands)
    return joinLogs(events, commands, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/** Makes sure that the directory itself outlives a crash, and what was created in it. */
async function syncNames(directory: string, files: FileSystem): Promise<void> {
  await files.syncDirectory(directory)
  // Whoever runs the broker may not be allowed to open the directory above. Then it was there before.
  await files.syncDirectory(dirname(directory)).catch(() => {})
}

/** The file system, which tells what is cut off: recovery alone makes files shorter. */
function reportingFiles({ fileSystem: files = nodeFileSystem, onCutOff }: DiskStorageOptions): FileSystem {
  if (onCutOff === undefined) return files
  return {
    ...files,
    truncate(path, size) {
      onCutOff(path, files.sizeOf(path) - size)
      files.truncate(path, size)
    },
  }
}

function environmentOf(options: DiskStorageOptions, files: FileSystem): DiskEnvironment {
  return {
    files,
    openFiles: createOpenFiles(files, options.maxOpenFiles ?? 256),
    cache: createTailCache(options.cacheBytes ?? 64 * MEBIBYTE),
    loadedIndexes: new Set(),
    fsync: options.fsync ?? 'group',
    segmentBytes: Math.min(options.segmentBytes ?? 64 * MEBIBYTE, 1024 * MEBIBYTE),
    segmentMs: options.segmentMs ?? 3 * 3_600_000,
    indexEveryBytes: options.indexEveryBytes ?? 64 * 1024,
    minDirtyRatio: options.minDirtyRatio ?? 0.5,
  }
}

/**
 * Ends the sessions of streams whose process is gone, and resets that it did not finish. Their partitions are
 * free; what was committed stays.
 */
async function closeSessions(commands: DiskCommandLog): Promise<void> {
  const { recoveredAt } = commands
  const closing = [...commands.state.subscriptions].filter(([, { isClosingStreams }]) => isClosingStreams)
  const sessions = [...commands.state.subscriptions].flatMap(([subscriptionId, subscription]) =>
    subscription.sessions.map(({ id }) => ({ subscriptionId, sessionId: id })),
  )
  await Promise.all(
    sessions.map((session) => commands.propose({ type: 'closeSession', ...session }, recoveredAt)),
  )
  await Promise.all(
    closing.map(([subscriptionId]) =>
      commands.propose({ type: 'resumeStreams', subscriptionId, cursors: [] }, recoveredAt),
    ),
  )
}

/** Deletes the topics of event types that were just being created or deleted when the process ended. */
async function deleteOrphans(events: DiskEventLog, commands: DiskCommandLog): Promise<void> {
  const used = new Set(
    [...commands.state.eventTypes.values()].flatMap(({ timelines }) => timelines.map(({ topic }) => topic)),
  )
  await Promise.all(
    events.topics.filter((topic) => !used.has(topic)).map((topic) => events.deleteTopic(topic)),
  )
}

function joinLogs(events: DiskEventLog, commands: DiskCommandLog, unlock: () => void): Storage {
  let closing: Promise<void> | undefined
  async function close(): Promise<void> {
    try {
      await events.close()
      await commands.close()
    } finally {
      unlock()
    }
  }
  return {
    events,
    commands,
    sizeBytes: () => events.sizeBytes(),
    close() {
      closing ??= close()
      return closing
    },
  }
}
