// The files of one source: a folder with all that is below it, or a single document with the files that it refers to.
// Only the reading is here. It is synchronous, because thousands of small files are read several times faster that way.

import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import type { Diagnostic } from '../diagnostic.ts'
import { errorText } from '../error-text.ts'
import { isGenerated } from '../modules/banner.ts'
import { fileAt } from './file-at.ts'

/** The files of a source. */
export interface SourceFiles {
  /** Texts by path, which is relative to the source with `/` on every system; sorted by path. */
  readonly texts: ReadonlyMap<string, string>
  /** The one file that event types are read from; absent when that is every file. */
  readonly entry?: string
  /** Links, which are never followed. */
  readonly links: ReadonlySet<string>
  readonly diagnostics: readonly Diagnostic[]
}

/** Longest file in bytes. */
const MAX_FILE_BYTES = 16 * 1024 * 1024

/**
 * Reads every `.json`, `.yaml` and `.yml` file of a source. Hidden files, `node_modules` and links are passed over.
 *
 * Never throws because of a file: what is wrong with it is a diagnostic.
 */
export function readSource(path: string): SourceFiles {
  const files: OpenFiles = { texts: new Map(), links: new Set(), diagnostics: [] }
  try {
    if (!statSync(path).isFile()) {
      readFolder(files, path, '')
      return { ...files, texts: new Map([...files.texts].sort(byPath)) }
    }
    const entry = basename(path)
    readWithReferences(files, dirname(path), entry)
    return { ...files, entry }
  } catch (error) {
    return { ...files, diagnostics: [unreadable(path, error)] }
  }
}

interface OpenFiles {
  readonly texts: Map<string, string>
  readonly links: Set<string>
  readonly diagnostics: Diagnostic[]
}

function readFolder(files: OpenFiles, root: string, below: string): void {
  for (const entry of readdirSync(join(root, below), { withFileTypes: true })) {
    const path = `${below}${entry.name}`
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    if (entry.isDirectory()) readFolder(files, root, `${path}/`)
    else if (entry.isSymbolicLink()) files.links.add(path)
    else if (entry.isFile() && isDocument(entry.name)) {
      readText(files, root, path)
      // What was generated into the source is not generated from.
      if (isGenerated(files.texts.get(path) ?? '')) files.texts.delete(path)
    }
  }
}

/**
 * A document and the files that its text mentions as references. What only looks like a reference costs one look at a file
 * that is not there; what a reference means is decided later.
 */
function readWithReferences(files: OpenFiles, root: string, entry: string): void {
  const open = [entry]
  for (const path of open) {
    readText(files, root, path)
    const text = files.texts.get(path) ?? ''
    const mapped = text.includes('mapping') ? text.matchAll(MAPPED_FILE) : []
    for (const [, reference = ''] of [...text.matchAll(REFERENCE), ...mapped]) {
      const target = fileAt(reference, path)
      const isInside = !target.startsWith('../') && !posix.isAbsolute(target)
      if (isInside && isDocument(target) && !open.includes(target) && exists(files, root, target))
        open.push(target)
    }
  }
}

const REFERENCE = /\$ref["']?\s*:\s*["']?([^"'#\s]+)/g

/** A file as a value, which the mapping of a discriminator (OpenAPI) may lead to. */
const MAPPED_FILE = /:\s*["']?([^"'#\s,{}]+\.(?:json|ya?ml))(?=["'#\s,}]|$)/g

/** Whether there is a file with no link on the way to it. */
function exists({ links }: OpenFiles, root: string, path: string): boolean {
  const segments = path.split('/')
  for (let length = 1; length <= segments.length; length++) {
    const part = segments.slice(0, length).join('/')
    const status = lstatSync(join(root, part), { throwIfNoEntry: false })
    if (status?.isSymbolicLink()) links.add(path)
    if (status === undefined || status.isSymbolicLink()) return false
  }
  return true
}

function readText({ texts, diagnostics }: OpenFiles, root: string, file: string): void {
  try {
    const path = join(root, file)
    const { size } = statSync(path)
    if (size <= MAX_FILE_BYTES) {
      texts.set(file, readFileSync(path, 'utf8'))
      return
    }
    const message = `the file has ${size} bytes, more than ${MAX_FILE_BYTES}`
    diagnostics.push({ severity: 'error', file, message, remedy: 'Split it into several files.' })
  } catch (error) {
    diagnostics.push({ severity: 'error', file, message: `cannot be read: ${errorText(error)}` })
  }
}

/** It names the source in its message and not as a file, because files are relative to it. */
function unreadable(path: string, error: unknown): Diagnostic {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return isMissing
    ? {
        severity: 'error',
        message: `there is no folder or file ${path}`,
        remedy: /^https?:/i.test(path)
          ? 'Nothing is fetched: download the document, and name the file.'
          : 'Check the spelling of the path.',
      }
    : { severity: 'error', message: `${path} cannot be read: ${errorText(error)}` }
}

function isDocument(name: string): boolean {
  return /\.(json|ya?ml)$/.test(name)
}

function byPath([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return left < right ? -1 : 1
}
