import { DiskStorageError } from './disk-storage-error.ts'

/**
 * When what is written counts as kept.
 *
 * - `never`: when the operating system has it. It survives the end of the process, not that of the machine.
 * - `group`: when the device has it. Whatever is written while the device is busy shares the next sync.
 * - `always`: when the device has it, with a sync of its own.
 */
export type FsyncPolicy = 'never' | 'group' | 'always'

/** How entries are written, and what follows when they are kept. */
export interface GroupCommitSteps<Entry> {
  /** Writes entries, in order. Returns what has to be synced before they are kept. */
  write(entries: readonly Entry[]): readonly (() => Promise<void>)[]
  /** Called for each entry, in order, when it is kept. What it throws rejects this entry alone. */
  kept(entry: Entry): void
  /** Whether everything before this entry must be kept before it is written. */
  isBarrier(entry: Entry): boolean
}

/** Writes entries one group after the other. */
export interface GroupCommit<Entry> {
  /**
   * Resolves when the entry is kept. After a failure nothing is taken any more: what the device holds is then
   * unknown, and a second sync may claim success for data that the first one has lost.
   */
  add(entry: Entry): Promise<void>
  /** Refuses everything from now on, because of a failure elsewhere. */
  fail(reason: unknown): void
  /** Resolves when everything that was added is settled; refuses everything after that. */
  close(): Promise<void>
}

interface Waiting<Entry> {
  readonly entry: Entry
  resolve(): void
  reject(reason: unknown): void
}

/** Creates a group commit for one kind of entries. */
export function createGroupCommit<Entry>(
  steps: GroupCommitSteps<Entry>,
  policy: FsyncPolicy,
): GroupCommit<Entry> {
  let waiting: Waiting<Entry>[] = []
  let refusal: DiskStorageError | undefined
  let running: Promise<void> | undefined

  function takeGroup(): readonly Waiting<Entry>[] {
    const next = waiting.findIndex(({ entry }, index) => index > 0 && steps.isBarrier(entry))
    const end = policy === 'always' ? 1 : next < 0 ? waiting.length : next
    const group = waiting.slice(0, end)
    waiting = waiting.slice(end)
    return group
  }

  function settle(group: readonly Waiting<Entry>[]): void {
    for (const { entry, resolve, reject } of group) {
      try {
        steps.kept(entry)
        resolve()
      } catch (error) {
        reject(error)
      }
    }
  }

  function fail(reason: unknown): void {
    refusal ??= new DiskStorageError(
      'failed',
      `The storage takes nothing more, because it could not write (${String(reason)}). ` +
        'Nothing that was acknowledged is lost. Make room or replace the device, then start the broker again.',
      { cause: reason },
    )
  }

  function rejectAll(group: readonly Waiting<Entry>[], reason: unknown): void {
    for (const { reject } of [...group, ...waiting.splice(0)]) reject(reason)
  }

  /** Without syncs this ends before it returns. */
  function writeUnsynced(): void {
    while (waiting.length > 0) {
      const group = takeGroup()
      try {
        steps.write(group.map(({ entry }) => entry))
      } catch (error) {
        fail(error)
        rejectAll(group, refusal)
        return
      }
      settle(group)
    }
  }

  async function writeSynced(): Promise<void> {
    while (waiting.length > 0) {
      const group = takeGroup()
      try {
        const syncs = steps.write(group.map(({ entry }) => entry))
        await settled(syncs)
      } catch (error) {
        fail(error)
      }
      if (refusal?.code === 'failed') rejectAll(group, refusal)
      else settle(group)
    }
    running = undefined
  }

  return {
    add(entry) {
      if (refusal !== undefined) return Promise.reject(refusal)
      return new Promise<void>((resolve, reject) => {
        waiting.push({ entry, resolve, reject })
        if (policy === 'never') writeUnsynced()
        else running ??= writeSynced()
      })
    },
    fail,
    async close() {
      await running
      refusal ??= new DiskStorageError('closed', 'The storage has been closed.')
    },
  }
}

/** Waits for all syncs, the others too when one fails: their files are in use until then. */
async function settled(syncs: readonly (() => Promise<void>)[]): Promise<void> {
  const results = await Promise.allSettled(syncs.map((sync) => sync()))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
