// Whatever looks like a JSON Schema in a folder, each as the schema of an event type: files, the parts of OpenAPI documents,
// and the messages of AsyncAPI documents.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type EventTypeDefinition, type LoadResult, loadDefinitions } from '@rioni/codegen'
import { parse as parseYaml } from 'yaml'

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
  /** The place of the schema of an event type in the folder. */
  placeOf(definition: EventTypeDefinition): string | undefined
}

/** What the files are called that are written beside the schemas. */
const SUFFIX = '.event-type.json'

/**
 * Reads the schemas of a folder and below it. The definitions are loaded from a copy of it, so that references between
 * the files lead where they led before.
 */
export async function readSchemaFolder(folder: string): Promise<SchemaFolder> {
  const values = readValues(folder)
  const found = [...values].flatMap(([file, value]) => schemasOf(file, value))
  const copy = mkdtempSync(join(tmpdir(), 'rioni-schemas-'))
  try {
    const places = new Map<string, string>()
    for (const [file, value] of values) {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      writeFileSync(join(copy, file), JSON.stringify(withNamedSchemas(file, value, places)))
    }
    for (const [index, { place, file, schema }] of found.entries()) {
      const name = `s${index}.${wordOf(place)}`
      places.set(name, place)
      writeFileSync(join(copy, `${file}.${index}${SUFFIX}`), JSON.stringify({ ...called(name), schema }))
    }
    const { definitions, diagnostics } = await loadDefinitions(copy)
    const placeOf = ({ eventType, origin }: EventTypeDefinition): string | undefined =>
      places.get(eventType.name) ??
      (isAsyncApi(values.get(origin?.file ?? '')) ? messagePlace(origin) : undefined)
    const tried = definitions.filter((definition) => placeOf(definition) !== undefined)
    const messages = tried.filter(({ eventType }) => !places.has(eventType.name))
    return {
      found: places.size + messages.length,
      definitions: tried,
      diagnostics: diagnostics.filter(
        ({ file = '' }) => file.endsWith(SUFFIX) || isAboutSchemas(values.get(file)),
      ),
      placeOf,
    }
  } finally {
    rmSync(copy, { recursive: true })
  }
}

/** An event type with a schema that has nothing to do with events. */
function called(name: string): Record<string, unknown> {
  return { name, owning_application: 'acceptance', category: 'undefined' }
}

function messagePlace(origin: EventTypeDefinition['origin']): string {
  return `${origin?.file}${origin?.schemaPointer ?? ''}`
}

/** Whether schemas are in a file. What else is said of it, as of documents that are no event types, is of no interest. */
function isAboutSchemas(value: unknown): boolean {
  return isAsyncApi(value) || (isObject(value) && ('openapi' in value || isSchema(value)))
}

function isAsyncApi(value: unknown): boolean {
  return isObject(value) && 'asyncapi' in value
}

/** An OpenAPI document that names each of its schemas as an event type. All other values stay as they are. */
function withNamedSchemas(file: string, value: unknown, places: Map<string, string>): unknown {
  if (!isObject(value) || !String(value['openapi']).startsWith('3.')) return value
  const components = isObject(value['components']) ? value['components'] : {}
  const schemas = isObject(components['schemas']) ? components['schemas'] : {}
  const named = Object.entries(schemas).map(([key, schema]): [string, unknown] => {
    if (!isObject(schema)) return [key, schema]
    const place = `${file}#/components/schemas/${key}`
    const name = `a${places.size}.${wordOf(key)}`
    places.set(name, place)
    return [key, { ...schema, 'x-nakadi-event-type': called(name) }]
  })
  return { ...value, components: { ...components, schemas: Object.fromEntries(named) } }
}

function readValues(folder: string): ReadonlyMap<string, unknown> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(json|ya?ml)$/.test(path))
    .filter((path) => !/(^|\/)(node_modules\/|\.|package(-lock)?\.json$)/.test(path))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
  const values = files.map((file) => [file, parse(file, readFileSync(join(folder, file), 'utf8'))] as const)
  return new Map(values.filter(([, value]) => value !== undefined))
}

function schemasOf(file: string, value: unknown): readonly FoundSchema[] {
  if (!Array.isArray(value)) return isSchema(value) ? [{ place: file, file, schema: value }] : []
  // Test suites list schemas with documents beside them.
  return value.flatMap((item, index) =>
    isObject(item) && isObject(item['schema'])
      ? [{ place: `${file}#${index}`, file, schema: item['schema'] }]
      : [],
  )
}

function parse(file: string, text: string): unknown {
  try {
    return file.endsWith('.json') ? JSON.parse(text) : parseYaml(text, { logLevel: 'silent' })
  } catch {
    return undefined
  }
}

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']

/** Whether somebody meant a JSON value as a schema. API documents hold schemas and are none. */
function isSchema(value: unknown): value is object {
  if (!isObject(value) || 'openapi' in value || 'swagger' in value || 'asyncapi' in value) return false
  const { $schema, type } = value
  if (typeof $schema === 'string' && /json-?schema/i.test($schema)) return true
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
