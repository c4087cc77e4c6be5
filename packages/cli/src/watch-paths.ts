// Folders and files as they change.

import { statSync, watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Clock } from '@rioni/client'
import { watchFolder } from './watch-folder.ts'

/** How changes are watched for. */
export interface WatchOptions {
  readonly clock: Clock
  /** How long nothing must have changed before a change is told: an editor writes a file in several steps. */
  readonly quietMs: number
  /** Ends the watching. */
  readonly signal: AbortSignal
}

/**
 * Yields as soon as it watches, and then once after each burst of changes in some folders, with all below them, or files.
 * Changes while the consumer is busy are told when it comes back.
 *
 * @throws Error when one of them is not there
 */
export async function* changesIn(
  paths: readonly string[],
  { clock, quietMs, signal }: WatchOptions,
): AsyncGenerator<void> {
  let cancel = (): void => {}
  let wake = (): void => {}
  let hasChanged = true
  const onChange = (): void => {
    cancel()
    cancel = clock.after(quietMs, () => {
      hasChanged = true
      wake()
    })
  }
  const onAbort = (): void => wake()
  const endings: (() => void)[] = []
  signal.addEventListener('abort', onAbort)
  try {
    for (const path of paths) endings.push(watchPath(resolve(path), onChange))
    while (!signal.aborted) {
      if (hasChanged) {
        hasChanged = false
        yield
      } else {
        await new Promise<void>((proceed) => {
          wake = proceed
        })
      }
    }
  } finally {
    cancel()
    signal.removeEventListener('abort', onAbort)
    for (const end of endings) end()
  }
}

/** A file is watched by way of its folder, because many editors replace it by another. */
function watchPath(path: string, onChange: () => void): () => void {
  if (statSync(path).isDirectory()) return watchFolder(path, onChange)
  const watcher = watch(dirname(path), (_, name) => {
    if (name === null || name === basename(path)) onChange()
  }).on('error', onChange)
  return () => watcher.close()
}
