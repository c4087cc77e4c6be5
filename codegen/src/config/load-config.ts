// The config file of a project. TypeScript runs as it is where Node can strip types; elsewhere the compiler that the
// generator brings along strips them first.

import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { errorText } from '../error-text.ts'
import type { RioniConfig } from './config.ts'
import { readConfig } from './read-config.ts'

/** A config and where it was found. */
export interface LoadedConfig {
  /** Absolute path of the file. Paths in the config are relative to its folder. */
  readonly file: string
  readonly config: RioniConfig
}

/** What config files are called, the first one found counts. */
const CONFIG_FILES: readonly string[] = ['ts', 'mts', 'mjs', 'js', 'json'].map(
  (extension) => `rioni.config.${extension}`,
)

/** Looks for a config file in a folder. */
export function findConfig(folder: string): string | undefined {
  return CONFIG_FILES.map((name) => join(folder, name)).find((path) => existsSync(path))
}

/**
 * Loads a config file, which is code of the project and runs as such.
 *
 * @throws Error when there is no such file, when it cannot be run, or when its content is wrong
 */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const file = resolve(path)
  if (!existsSync(file)) throw new Error(`there is no config file ${path}`)
  const read = readConfig(await contentOf(file))
  if (read.ok) return { file, config: read.config }
  const text = readFileSync(file, 'utf8')
  const problems = read.problems.map((problem) => `${placeOf(problem, text)}${problem}`)
  throw new Error(`${path} is wrong: ${problems.join('; ')}`)
}

/** The line of the key that a problem begins with, if it stands in the text as a key and nowhere else. */
function placeOf(problem: string, text: string): string {
  const [, key] = /^(?:[\w.-]+\.)?([\w-]+) is (?!missing)/.exec(problem) ?? []
  if (key === undefined) return ''
  const places = [...text.matchAll(new RegExp(`(?<=[\\s{,])(['"]?)${key}\\1\\s*:`, 'g'))]
  const [place] = places
  return place === undefined || places.length > 1 ? '' : `line ${lineNumber(text, place.index)}: `
}

function lineNumber(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

async function contentOf(file: string): Promise<unknown> {
  if (file.endsWith('.json')) return parseJson(file)
  const module = await runConfig(file)
  if (typeof module === 'object' && module !== null && 'default' in module) return module.default
  throw new Error(`${file} has no default export; write "export default defineConfig({ ... })"`)
}

async function runConfig(file: string): Promise<unknown> {
  try {
    return await (isTypeScript(file) && !stripsTypes() ? importStripped(file) : importFile(file))
  } catch (error) {
    throw new Error(`${file} cannot be run: ${errorText(error)}`, { cause: error })
  }
}

/** Whether this Node runs TypeScript as it is, which 22.18 and later do. */
function stripsTypes(): boolean {
  return 'typescript' in process.features && process.features.typescript !== false
}

function parseJson(file: string): unknown {
  try {
    // Some editors begin every file with a byte order mark.
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new Error(`${file} is not JSON: ${errorText(error)}`)
  }
}

function isTypeScript(file: string): boolean {
  return /\.m?ts$/.test(file)
}

/** A config that was changed is loaded anew by the same process. */
function importFile(file: string): Promise<unknown> {
  const url = pathToFileURL(file)
  loads += 1
  if (loads > 1) url.searchParams.set('load', String(loads))
  return import(url.href)
}

let loads = 0

/** Runs a copy without types. It is beside the original for a moment, so that its imports mean the same. */
async function importStripped(file: string): Promise<unknown> {
  const { ts } = await import('ts-morph')
  const text = readFileSync(file, 'utf8')
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName: basename(file),
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  })
  const [mistake] = diagnostics
  if (mistake !== undefined) {
    const message = ts.flattenDiagnosticMessageText(mistake.messageText, ' ')
    throw new SyntaxError(`line ${lineNumber(text, mistake.start ?? 0)}: ${message}`)
  }
  const copy = join(dirname(file), `.${basename(file)}.${process.pid}.mjs`)
  await writeFile(copy, outputText)
  try {
    return await importFile(copy)
  } finally {
    await rm(copy, { force: true })
  }
}
