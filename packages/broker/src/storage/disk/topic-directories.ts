// Topics as directories, and in each of them one for each partition.

import { join } from 'node:path'
import type { TopicPartition } from '../event-log.ts'
import { type DiskEnvironment, type DiskPartition, openPartition } from './partition-files.ts'
import { decodeName, encodeName, isOwnName } from './topic-names.ts'

/** The topics of a directory. */
export interface TopicDirectories {
  readonly names: readonly string[]
  create(topic: string, partitions: readonly string[]): Promise<void>
  addPartitions(topic: string, partitions: readonly string[]): Promise<void>
  delete(topic: string): Promise<void>
  /** Throws when there is no such partition. */
  find(of: TopicPartition): DiskPartition
  /** The partitions of all topics. */
  all(): Iterable<DiskPartition>
}

type Partitions = Map<string, DiskPartition>

/** Opens what there is. */
export function openTopicDirectories(directory: string, environment: DiskEnvironment): TopicDirectories {
  const { files, fsync } = environment
  files.createDirectory(directory)
  const topics = new Map(
    namesIn(directory, environment).map((name) => [
      name,
      openPartitions(join(directory, encodeName(name)), environment),
    ]),
  )
  const pathOf = (topic: string) => join(directory, encodeName(topic))

  async function sync(...paths: readonly string[]): Promise<void> {
    if (fsync !== 'never') await Promise.all(paths.map((path) => files.syncDirectory(path)))
  }

  return {
    get names() {
      return [...topics.keys()]
    },
    async create(topic, partitions) {
      if (topics.has(topic)) throw new Error(`There is a topic ${topic} already.`)
      topics.set(topic, createPartitions(pathOf(topic), partitions, environment))
      await sync(pathOf(topic), directory)
    },
    async addPartitions(topic, added) {
      const existing = topics.get(topic)
      if (existing === undefined) throw noTopic(topic)
      const missing = added.filter((partition) => !existing.has(partition))
      for (const [name, partition] of createPartitions(pathOf(topic), missing, environment)) {
        existing.set(name, partition)
      }
      await sync(pathOf(topic))
    },
    async delete(topic) {
      const found = topics.get(topic)
      if (found === undefined) return
      topics.delete(topic)
      for (const partition of found.values()) retire(partition, environment)
      await Promise.all([...found.values()].map(({ upkeep }) => upkeep))
      // Somebody may have created a topic of the same name in the meantime.
      if (!topics.has(topic)) await files.removeDirectory(pathOf(topic))
      await sync(directory)
    },
    find({ topic, partition }) {
      const found = topics.get(topic)?.get(partition)
      if (found === undefined) throw new Error(`There is no partition ${partition} of a topic ${topic}.`)
      return found
    },
    *all() {
      for (const partitions of topics.values()) yield* partitions.values()
    },
  }
}

/** The error for a topic that does not exist. */
export function noTopic(topic: string): Error {
  return new Error(`There is no topic ${topic}.`)
}

function namesIn(path: string, { files }: DiskEnvironment): readonly string[] {
  return files.list(path).filter(isOwnName).map(decodeName)
}

function openPartitions(path: string, environment: DiskEnvironment): Partitions {
  return new Map(
    namesIn(path, environment).map((name) => [
      name,
      openPartition(join(path, encodeName(name)), environment),
    ]),
  )
}

function createPartitions(
  path: string,
  partitions: readonly string[],
  environment: DiskEnvironment,
): Partitions {
  environment.files.createDirectory(path)
  return new Map(
    partitions.map((name) => {
      const directory = join(path, encodeName(name))
      environment.files.createDirectory(directory)
      return [name, openPartition(directory, environment)]
    }),
  )
}

/** What was appended to a partition and is not yet kept is refused. */
function retire(partition: DiskPartition, { openFiles, loadedIndexes }: DiskEnvironment): void {
  partition.isDeleted = true
  partition.tail.dropBefore(Number.POSITIVE_INFINITY)
  for (const segment of partition.segments) {
    loadedIndexes.delete(segment)
    openFiles.forget(segment.path)
    openFiles.forget(segment.indexPath)
  }
}
