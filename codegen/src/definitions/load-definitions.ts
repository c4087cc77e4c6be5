// Definition files from a folder. Only the reading is here; what the files mean is in `parse-definitions.ts`.

import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Diagnostic } from '../diagnostic.ts'
import { type LoadResult, parseDefinitions } from './parse-definitions.ts'

/** Longest definition file in bytes. */
const MAX_FILE_BYTES = 16 * 1024 * 1024

/**
 * Reads the event types of every `.json`, `.yaml` and `.yml` file below a folder, one or an array of them per file, in
 * the shape of the Nakadi API. `schema.schema` may be an object instead of a string, and `schema` may be the JSON
 * Schema itself. Hidden files, `node_modules` and links are passed over.
 *
 * Never rejects because of a file: what is wrong with it is a diagnostic.
 */
export async function loadDefinitions(dir: string): Promise<LoadResult> {
  const results: LoadResult[] = []
  try {
    for (const file of await definitionFiles(dir)) results.push(await loadFile(dir, file))
  } catch (error) {
    results.push({ definitions: [], diagnostics: [unreadableFolder(dir, error)] })
  }
  return {
    definitions: results.flatMap(({ definitions }) => definitions),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  }
}

/** Paths relative to the folder, with `/` on every system, sorted by code unit. */
async function definitionFiles(dir: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(dir, below), { withFileTypes: true })
  const found = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .map((entry) => filesOf(dir, below, entry)),
  )
  return found.flat().sort()
}

async function filesOf(dir: string, below: string, entry: Dirent): Promise<string[]> {
  const path = `${below}${entry.name}`
  if (entry.isDirectory()) return definitionFiles(dir, `${path}/`)
  return entry.isFile() && /\.(json|ya?ml)$/.test(entry.name) ? [path] : []
}

async function loadFile(dir: string, file: string): Promise<LoadResult> {
  try {
    const path = join(dir, file)
    const { size } = await stat(path)
    if (size > MAX_FILE_BYTES) {
      const message = `the file has ${size} bytes, more than ${MAX_FILE_BYTES}`
      return {
        definitions: [],
        diagnostics: [{ severity: 'error', file, message, remedy: 'Split it into several files.' }],
      }
    }
    return parseDefinitions(file, await readFile(path, 'utf8'))
  } catch (error) {
    return unreadable(file, error)
  }
}

/** It names the folder in its message and not as a file, because files are relative to that folder. */
function unreadableFolder(dir: string, error: unknown): Diagnostic {
  switch (codeOf(error)) {
    case 'ENOENT':
      return {
        severity: 'error',
        message: `there is no folder ${dir}`,
        remedy: 'Check the spelling of the path.',
      }
    case 'ENOTDIR':
      return {
        severity: 'error',
        message: `${dir} is not a folder`,
        remedy: 'Name the folder that the definition files are in.',
      }
    default:
      return { severity: 'error', message: `the folder ${dir} cannot be read: ${textOf(error)}` }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function unreadable(file: string, error: unknown): LoadResult {
  return {
    definitions: [],
    diagnostics: [{ severity: 'error', file, message: `cannot be read: ${textOf(error)}` }],
  }
}
