// Folders and files as they change.

import { existsSync, statSync, watch } from 'node:fs'
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
 * @param paths - asked again after every change, since a change may be about what is to be watched
 * @throws Error when one of the first is not there; later ones may come to be
 */
export async function* changesIn(
  paths: () => readonly string[],
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
  const watched: WatchedPaths = new Map()
  signal.addEventListener('abort', onAbort)
  try {
    for (const path of paths()) statSync(path)
    while (!signal.aborted) {
      follow(paths(), watched, onChange)
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
    for (const { end } of watched.values()) end()
  }
}

/** What is watched, by its absolute path. */
type WatchedPaths = Map<string, { readonly isFolder: boolean; readonly end: () => void }>

/** Begins to watch what is new among some paths, and ends with what is no longer among them. */
function follow(paths: readonly string[], watched: WatchedPaths, onChange: () => void): void {
  const wanted = new Set(paths.map((path) => resolve(path)))
  for (const path of wanted) {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    const before = watched.get(path)
    // A folder that is not there now is watched as such already, if it was one.
    if (before !== undefined && (before.isFolder || !isFolder)) continue
    before?.end()
    watched.set(path, { isFolder, end: isFolder ? watchFolder(path, onChange) : watchFile(path, onChange) })
  }
  for (const [path, { end }] of watched) {
    if (wanted.has(path)) continue
    end()
    watched.delete(path)
  }
}

/** A file is watched by way of its folder, because many editors replace it by another. It may not be there yet. */
function watchFile(path: string, onChange: () => void): () => void {
  const folder = dirname(path)
  if (!existsSync(folder)) return () => {}
  const watcher = watch(folder, (_, name) => {
    if (name === null || name === basename(path)) onChange()
  }).on('error', onChange)
  return () => watcher.close()
}
