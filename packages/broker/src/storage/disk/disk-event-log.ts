import type { EventLog, NewRecord } from '../event-log.ts'
import { type Chunk, createWriteGroup, keepChunk, prepareChunk } from './append-records.ts'
import { compactRecords } from './compact-records.ts'
import { type Dropping, expireRecords, trimRecords } from './drop-records.ts'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { activeSegment, type DiskEnvironment, type DiskPartition } from './partition-files.ts'
import { readRecords } from './read-records.ts'
import { noTopic, openTopicDirectories } from './topic-directories.ts'

/** An event log whose files can be closed, and asked what they take. */
export interface DiskEventLog extends EventLog {
  readonly topics: readonly string[]
  /** Bytes of all segments. */
  sizeBytes(): number
  /** Refuses everything from now on, because of a failure elsewhere. */
  fail(reason: unknown): void
  close(): Promise<void>
}

/** Opens the event log of a directory, which may be empty. */
export async function openDiskEventLog(
  directory: string,
  environment: DiskEnvironment,
): Promise<DiskEventLog> {
  const topics = openTopicDirectories(directory, environment)
  for (const partition of topics.all()) await syncRecovered(partition, environment)
  const commit = createAppender(environment)
  const dropping: Dropping = { environment, roll: (partition) => commit.add({ kind: 'roll', partition }) }
  return {
    get topics() {
      return topics.names
    },
    createTopic: topics.create,
    addPartitions: topics.addPartitions,
    deleteTopic: topics.delete,
    async append(topic, records, at) {
      const groups = groupByPartition(records, (partition) => topics.find({ topic, partition }))
      const chunks = groups.map(([partition, own]) => prepareChunk(partition, own, at))
      await commit.add({ kind: 'append', topic, chunks })
    },
    read: async (from, range) => await readRecords(topics.find(from), range, environment),
    async bounds(of) {
      const { first, kept } = topics.find(of)
      return { first, next: kept }
    },
    trim: async (of, before) =>
      await inTurn(topics.find(of), (partition) => trimRecords(partition, before, dropping)),
    expire: async (of, before) =>
      await inTurn(topics.find(of), (partition) => expireRecords(partition, before, dropping)),
    compact: async (of, before) =>
      await inTurn(topics.find(of), (partition) => compactRecords(partition, before, dropping)),
    watch(of, onAppend) {
      const { watchers } = topics.find(of)
      watchers.add(onAppend)
      return () => watchers.delete(onAppend)
    },
    sizeBytes() {
      let bytes = 0
      for (const { segments } of topics.all()) for (const { size } of segments) bytes += size
      return bytes
    },
    fail: commit.fail,
    async close() {
      await commit.close()
      await Promise.all([...topics.all()].map(({ upkeep }) => upkeep))
      environment.openFiles.close()
    },
  }
}

/**
 * A process that was killed may have left what the device does not have yet. From now on readers see it, so it is
 * synced before that; so is the end of a file that was cut off.
 */
async function syncRecovered(partition: DiskPartition, environment: DiskEnvironment): Promise<void> {
  const { files, openFiles, fsync } = environment
  const active = activeSegment(partition)
  if (fsync === 'never' || active === undefined) return
  const { descriptor, release } = openFiles.use(active.path, 'append')
  await files.sync(descriptor).finally(release)
  await files.syncDirectory(partition.directory)
}

/** Something to be done as part of a group of writes, or before one. */
type Entry =
  | { readonly kind: 'append'; readonly topic: string; readonly chunks: readonly Chunk[] }
  | { readonly kind: 'roll'; readonly partition: DiskPartition }

function createAppender(environment: DiskEnvironment): GroupCommit<Entry> {
  return createGroupCommit<Entry>(
    {
      isBarrier: ({ kind }) => kind === 'roll',
      write(entries) {
        const group = createWriteGroup(environment)
        for (const entry of entries) {
          if (entry.kind === 'roll') group.roll(entry.partition)
          else for (const chunk of entry.chunks) group.place(chunk)
        }
        return group.write()
      },
      kept(entry) {
        if (entry.kind === 'roll') return
        const { topic, chunks } = entry
        if (chunks.some(({ partition }) => partition.isDeleted)) throw noTopic(topic)
        for (const chunk of chunks) keepChunk(chunk, environment)
        for (const { partition } of chunks) for (const onAppend of [...partition.watchers]) onAppend()
      },
    },
    environment.fsync,
  )
}

/** The records of each partition in their order. Looks every partition up before anything else happens. */
function groupByPartition(
  records: readonly NewRecord[],
  find: (partition: string) => DiskPartition,
): readonly (readonly [DiskPartition, readonly NewRecord[]])[] {
  const groups = new Map<string, [DiskPartition, NewRecord[]]>()
  for (const record of records) {
    const group = groups.get(record.partition)
    if (group === undefined) groups.set(record.partition, [find(record.partition), [record]])
    else group[1].push(record)
  }
  return [...groups.values()]
}

/** Runs upkeep of a partition after what was begun before. */
async function inTurn(
  partition: DiskPartition,
  work: (partition: DiskPartition) => Promise<void>,
): Promise<void> {
  const turn = partition.upkeep.then(async () => {
    if (!partition.isDeleted) await work(partition)
  })
  partition.upkeep = turn.catch(() => {})
  await turn
}
