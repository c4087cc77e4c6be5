// A folder with all below it, each folder watched by itself. What Node does for `recursive` on Linux watches every file,
// loses one that an editor replaces by another, and ends for good when the folder goes away for a moment.

import { type FSWatcher, readdirSync, watch } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'

/**
 * Watches a folder until it is told to stop, even while the folder is not there. Hidden folders, `node_modules` and links
 * are passed over, as they are when definitions are read.
 *
 * @returns what ends the watching
 * @throws Error when nothing can be watched at the start
 */
export function watchFolder(root: string, onChange: () => void): () => void {
  const watchers = new Map<string, FSWatcher>()
  const forget = (path: string): void => {
    for (const [folder, watcher] of watchers) {
      if (folder !== path && !folder.startsWith(`${path}${sep}`)) continue
      watcher.close()
      watchers.delete(folder)
    }
  }
  const changed = (event: string, path: string): void => {
    // Another folder may have taken the name; the watcher would stay with the one that had it before.
    if (event === 'rename') forget(path)
    tolerant(() => enter(root))
    onChange()
  }
  const enter = (folder: string): void => {
    if (!watchers.has(folder)) {
      const watcher = watch(folder, (event, name) => {
        if (name !== null) changed(event, join(folder, name))
        else onChange()
      })
      watchers.set(folder, watcher.on('error', onChange))
    }
    for (const below of foldersIn(folder)) tolerant(() => enter(below))
  }
  enter(root)
  const around = watch(dirname(root), (event, name) => {
    if (name === basename(root)) changed(event, root)
  })
  around.on('error', onChange)
  return () => {
    around.close()
    for (const watcher of watchers.values()) watcher.close()
  }
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => join(folder, name))
}

/** A folder may go away between a look and the next; the one around it tells when it is back. */
function tolerant(step: () => void): void {
  try {
    step()
  } catch {
    // What cannot be watched now is tried again at the next change.
  }
}
