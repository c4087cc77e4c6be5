// The storage on disk by itself: appending beside the same bytes in one bare file, and opening a full directory.

import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { NewRecord, Storage } from '@rioni/broker'
import { createDiskStorage } from '@rioni/broker/disk'
import { completeEventType } from '@rioni/event-types'
import { bestRates, type Measurement, measurement } from './bench.ts'
import { benchEventType } from './workload.ts'

const RECORDS = 50_000
const BATCH = 100
const PUBLISHERS = 8
const PARTITIONS = Array.from({ length: 8 }, (_, index) => String(index))
const VALUE = new Uint8Array(1024).fill(120)

/** Records of a directory that is opened. Opening does not depend on them; ten million take minutes to write. */
const STORED_RECORDS = 1_000_000

/** Appending records of 1 KB in batches of 100 with group fsync, and opening a million records after a kill. */
export async function storage(): Promise<Measurement[]> {
  const directory = mkdtempSync(join(tmpdir(), 'rioni-bench-'))
  try {
    const rates = await appendRates(directory)
    return [
      measurement('append 1 KB, batches of 100, group fsync', 'events/s', rates.storage, rates.bare),
      await openAfterKill(join(directory, 'full')),
    ]
  } finally {
    rmSync(directory, { recursive: true })
  }
}

async function appendRates(directory: string): Promise<Record<'storage' | 'bare', number>> {
  const disk = await aStorage(join(directory, 'data'), 'group')
  const file = await open(join(directory, 'bare'), 'a')
  const rates = await bestRates(3, RECORDS, {
    storage: async () => {
      let left = RECORDS / BATCH
      await Promise.all(
        Array.from({ length: PUBLISHERS }, async () => {
          while (left-- > 0) await disk.events.append('topic', aBatch(BATCH), 1)
        }),
      )
    },
    async bare() {
      // As many batches for each sync as there are publishers who wait.
      const bytes = new Uint8Array(VALUE.byteLength * BATCH * PUBLISHERS)
      for (let written = 0; written < RECORDS; written += BATCH * PUBLISHERS) {
        await file.write(bytes)
        await file.datasync()
      }
    },
  })
  await file.close()
  await disk.close()
  return rates
}

/** How long opening takes, beside a directory without records. */
async function openAfterKill(directory: string): Promise<Measurement> {
  const empty = await aStorage(`${directory}-empty`, 'never')
  await empty.close()
  const full = await aStorage(directory, 'never')
  for (let written = 0; written < STORED_RECORDS; written += 1000) {
    await full.events.append('topic', aBatch(1000, VALUE.subarray(0, 200)), written)
  }
  await full.close()
  return measurement(
    'open 1 million records',
    'ms',
    await timeToOpen(directory),
    await timeToOpen(`${directory}-empty`),
  )
}

async function timeToOpen(directory: string): Promise<number> {
  const startedAt = performance.now()
  const opened = await createDiskStorage({ directory })
  const took = performance.now() - startedAt
  await opened.close()
  return Math.max(1, took)
}

async function aStorage(directory: string, fsync: 'group' | 'never'): Promise<Storage> {
  const disk = await createDiskStorage({ directory, fsync })
  await disk.events.createTopic('topic', PARTITIONS)
  const eventType = completeEventType(benchEventType, 0)
  await disk.commands.propose(
    { type: 'createEventType', eventType, partitions: PARTITIONS, topic: 'topic' },
    0,
  )
  return disk
}

function aBatch(size: number, value = VALUE): readonly NewRecord[] {
  return Array.from({ length: size }, (_, index) => ({ partition: PARTITIONS[index % 8] ?? '0', value }))
}
