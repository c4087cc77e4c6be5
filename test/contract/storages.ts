/** Where the broker of a specification keeps what it has. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryStorage, type Storage } from '@rioni/broker'
import { createDiskStorage } from '@rioni/broker/disk'
import { type Transport, transports } from './transports.ts'

/** A storage for one broker. */
interface StorageKind {
  readonly name: 'memory' | 'disk'
  open(): Promise<Storage>
}

const memory: StorageKind = { name: 'memory', open: async () => createMemoryStorage() }

/**
 * Files in a directory of its own. They are not synced: what a specification sees is the same, and it would wait.
 */
const disk: StorageKind = {
  name: 'disk',
  async open() {
    const directory = mkdtempSync(join(tmpdir(), 'rioni-contract-'))
    const storage = await createDiskStorage({ directory, fsync: 'never', minDirtyRatio: 0 })
    const close = async () => {
      await storage.close()
      rmSync(directory, { recursive: true })
    }
    return { ...storage, close }
  },
}

/** A way to reach a broker, and where the broker keeps what it has. */
export interface Platform {
  readonly transport: Transport
  readonly storage: StorageKind
}

/** The transports that differ from a function call only in what a broker in memory shows as well. */
const MEMORY_ONLY: readonly Transport['name'][] = ['msw', 'undici']

/** Every transport in memory, and those that can be told apart by their storage on disk. */
export const platforms: readonly Platform[] = [
  ...transports.map((transport) => ({ transport, storage: memory })),
  ...transports
    .filter(({ name }) => !MEMORY_ONLY.includes(name))
    .map((transport) => ({ transport, storage: disk })),
]
