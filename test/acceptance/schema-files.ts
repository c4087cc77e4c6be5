// Whatever looks like a JSON Schema in a folder, each as the schema of an event type.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type LoadResult, loadDefinitions } from '@rioni/codegen'

/** A schema, and where it was found. */
interface FoundSchema {
  /** Path in the folder; with the number of the schema behind it where a file lists several. */
  readonly place: string
  readonly file: string
  readonly schema: object
}

/** The schemas of a folder as definitions, and what kept others from becoming some. */
export interface SchemaFolder extends LoadResult {
  /** How many schemas were found. */
  readonly found: number
  /** The place of a schema in the folder, by the name of its event type. */
  placeOf(eventType: string): string | undefined
}

/** What the files are called that are written beside the schemas. */
const SUFFIX = '.event-type.json'

/**
 * Reads the schemas of a folder and below it. The definitions are loaded from a copy of it, so that references between
 * the files lead where they led before.
 */
export async function readSchemaFolder(folder: string): Promise<SchemaFolder> {
  const texts = readTexts(folder)
  const found = [...texts].flatMap(([file, text]) => schemasOf(file, text))
  const copy = mkdtempSync(join(tmpdir(), 'rioni-schemas-'))
  try {
    for (const [file, text] of texts) {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      writeFileSync(join(copy, file), text)
    }
    const places = new Map<string, string>()
    for (const [index, { place, file, schema }] of found.entries()) {
      const name = `s${index}.${wordOf(place)}`
      places.set(name, place)
      const eventType = { name, owning_application: 'acceptance', category: 'undefined', schema }
      writeFileSync(join(copy, `${file}.${index}${SUFFIX}`), JSON.stringify(eventType))
    }
    const { definitions, diagnostics } = await loadDefinitions(copy)
    return {
      found: found.length,
      definitions: definitions.filter(({ eventType }) => places.has(eventType.name)),
      diagnostics: diagnostics.filter(({ file }) => file?.endsWith(SUFFIX)),
      placeOf: (eventType) => places.get(eventType),
    }
  } finally {
    rmSync(copy, { recursive: true })
  }
}

function readTexts(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json') && !/(^|\/)(node_modules\/|package(-lock)?\.json$)/.test(path))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

function schemasOf(file: string, text: string): readonly FoundSchema[] {
  const value = parse(text)
  if (!Array.isArray(value)) return isSchema(value) ? [{ place: file, file, schema: value }] : []
  // Test suites list schemas with documents beside them.
  return value.flatMap((item, index) =>
    isObject(item) && isObject(item['schema'])
      ? [{ place: `${file}#${index}`, file, schema: item['schema'] }]
      : [],
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

/** Whether somebody meant a JSON value as a schema. API documents hold schemas and are none. */
function isSchema(value: unknown): value is object {
  if (!isObject(value) || 'openapi' in value || 'swagger' in value || 'asyncapi' in value) return false
  const { $schema, type } = value
  if (typeof $schema === 'string') return /json-?schema/i.test($schema)
  if (isObject(value['properties'])) return true
  return TYPES.includes(String(type)) || ['allOf', 'anyOf', 'oneOf'].some((key) => Array.isArray(value[key]))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A part of an event type name that still tells the file. */
function wordOf(place: string): string {
  const word = place
    .replace(/\.json/, '')
    .replace(/[^a-z0-9]+/gi, '-')
    .slice(-60)
    .replace(/^-|-$/g, '')
  return `s-${word}`
}
