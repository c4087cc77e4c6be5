// A storage on a disk that crashes after any of its operations, several times in a row.

import { seededRandom } from '@rioni/broker'
import { createDiskStorage } from '@rioni/broker/disk'
import { describe, expect, it } from 'vitest'
import { type CrashKind, createSimulatedDisk } from './simulated-disk.ts'
import { check, emptyHistory, work } from './storage-workload.ts'

const LIVES = 4
/** `npm run test:crash` takes more of them. */
const SEEDS = Number(process.env['CRASH_SEEDS'] ?? 30)
const DIRECTORY = '/data'

/** Small enough that files are begun, compacted and dropped all the time. */
const OPTIONS = {
  directory: DIRECTORY,
  segmentBytes: 400,
  indexEveryBytes: 100,
  snapshotBytes: 600,
  minDirtyRatio: 0,
}

interface Scenario {
  readonly kind: CrashKind
  readonly fsync: 'never' | 'group' | 'always'
}

async function live({ kind, fsync }: Scenario, seed: number): Promise<number> {
  const random = seededRandom(seed)
  const disk = createSimulatedDisk(random)
  const history = emptyHistory()
  let crashes = 0
  for (let life = 0; life < LIVES; life += 1) {
    const { files, hasCrashed } = disk.boot(1 + random.below(random.below(2) === 0 ? 60 : 600))
    try {
      const storage = await createDiskStorage({
        ...OPTIONS,
        fsync,
        fileSystem: files,
        cacheBytes: random.below(2) * 2000,
      })
      await check(storage, history)
      await work(storage, history, random)
    } catch (error) {
      if (!hasCrashed()) throw error
      crashes += 1
    }
    // A machine may crash when a process that was killed has left things behind.
    disk.crash(random.below(3) === 0 ? 'process' : kind)
    disk.boot(Number.POSITIVE_INFINITY).files.remove(`${DIRECTORY}/lock`)
  }
  const { files } = disk.boot(Number.POSITIVE_INFINITY)
  const storage = await createDiskStorage({ ...OPTIONS, fsync, fileSystem: files })
  await check(storage, history)
  await storage.close()
  return crashes
}

const scenarios: readonly (Scenario & { readonly what: string })[] = [
  { what: 'the machine crashes', kind: 'machine', fsync: 'group' },
  { what: 'the machine crashes and every append is synced by itself', kind: 'machine', fsync: 'always' },
  { what: 'the process is killed and nothing is synced', kind: 'process', fsync: 'never' },
]

describe('a storage on disk', () => {
  it.each(scenarios)('keeps what it has acknowledged when $what', async (scenario) => {
    let crashes = 0
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      try {
        crashes += await live(scenario, seed)
      } catch (error) {
        throw new Error(`with the seed ${seed}`, { cause: error })
      }
    }
    expect(crashes).toBeGreaterThan(SEEDS)
  })

  it('is found out when it acknowledges what was not synced', async () => {
    const lies = async (seed: number) => {
      try {
        await live({ kind: 'machine', fsync: 'never' }, seed)
        return false
      } catch {
        return true
      }
    }
    const found = await Promise.all(Array.from({ length: 10 }, (_, seed) => lies(seed)))
    expect(found).toContain(true)
  })
})
