// Definitions of a registry onto the disk. Only files that were written by a pull before are replaced or removed.

import { createHash } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { EventType } from '@rioni/protocol'
import { checkFree } from '../check-free.ts'
import { withPlainLineEnds } from '../line-ends.ts'
import { putFiles, removeLeftovers } from '../put-file.ts'
import type { DefinitionFormat } from './definition-file.ts'

const PULLED = { made: 'written by a pull', toMake: 'pull' }

/** How definitions are written. */
export interface WriteDefinitionsOptions {
  /** @default 'yaml' */
  readonly format?: DefinitionFormat
  /**
   * Whether an event type that is not among those written is gone, so that its file is a leftover. It may instead be one
   * that nobody asked for.
   *
   * @default () => true
   */
  readonly isGone?: (eventType: string) => boolean
  /** Whether files of event types that are gone are removed. @default false */
  readonly prune?: boolean
  /** Whether only to tell what would be done. @default false */
  readonly isCheck?: boolean
}

/** What became of the files; their names within the folder, sorted. */
export interface WrittenDefinitions {
  readonly written: readonly string[]
  readonly unchanged: readonly string[]
  /** Files whose event type is gone or now has another file. */
  readonly removed: readonly string[]
  /** Files whose event type is gone and that stay because nobody asked to prune. */
  readonly vanished: readonly string[]
}

/**
 * Writes one definition file per event type into a folder, which is made if it does not exist. Files with this content
 * already are left alone. Everything is written beside its place first, and only then put there, so that whoever reads the
 * folder meets old files or new ones and nothing in between.
 *
 * @throws Error before anything is changed, when a file is in the way that no pull has written
 */
export async function writeDefinitions(
  eventTypes: readonly EventType[],
  folder: string,
  { format = 'yaml', isGone = () => true, prune = false, isCheck = false }: WriteDefinitionsOptions = {},
): Promise<WrittenDefinitions> {
  const { definitionFileName, formatDefinition } = await import('./definition-file.ts')
  const wanted = new Map(
    eventTypes.map((eventType) => [
      definitionFileName(eventType.name, format, hexOf),
      formatDefinition(eventType, format),
    ]),
  )
  const present = await readPulled(folder)
  for (const file of wanted.keys()) await checkFree(join(folder, file), present.has(file), PULLED)
  const written = [...wanted.keys()].filter((file) => present.get(file) !== wanted.get(file)).sort()
  const names = new Set(eventTypes.map(({ name }) => name))
  const others = [...present]
    .filter(([file]) => !wanted.has(file))
    .sort(([left], [right]) => (left < right ? -1 : 1))
  const filesOf = (isMeant: (eventType: string) => boolean) =>
    others.filter(([, text]) => isMeant(nameIn(text))).map(([file]) => file)
  // In another format, or under a name from an older version of this rule.
  const replaced = filesOf((name) => names.has(name))
  const gone = filesOf((name) => !names.has(name) && isGone(name))
  const removed = prune ? [...replaced, ...gone].sort() : replaced
  if (!isCheck) {
    await mkdir(folder, { recursive: true })
    removeLeftovers(folder, (name) => /\.(yaml|json)$/.test(name))
    putFiles(written.map((file) => [join(folder, file), wanted.get(file) ?? '']))
    for (const file of removed) await rm(join(folder, file))
  }
  const unchanged = [...wanted.keys()].filter((file) => !written.includes(file)).sort()
  return { written, unchanged, removed, vanished: prune ? [] : gone }
}

function hexOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The name of the event type, from a file in the form that pulls write. */
function nameIn(text: string): string {
  return /^(?:name: | {2}"name": )"?([\w.-]+)"?,?$/m.exec(text)?.[1] ?? ''
}

/** The files of a folder that a pull has written. Links are none, wherever they lead. */
async function readPulled(folder: string): Promise<Map<string, string>> {
  const { isPulled } = await import('./definition-file.ts')
  const pulled = new Map<string, string>()
  const status = await lstat(folder).catch(() => undefined)
  if (status === undefined) return pulled
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.') || !/\.(yaml|json)$/.test(entry.name)) continue
    const text = withPlainLineEnds(await readFile(join(folder, entry.name), 'utf8'))
    if (isPulled(text)) pulled.set(entry.name, text)
  }
  return pulled
}
