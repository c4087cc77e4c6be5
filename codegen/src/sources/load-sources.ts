// Sources to event type definitions: files are read, parsed, recognised and freed of references to each other.

import type { EventTypeDefinition } from '../definitions/event-type-definition.ts'
import { ANSWERED_FIELDS } from '../definitions/event-type-fields.ts'
import type { LoadResult } from '../definitions/load-result.ts'
import { misspeltFields } from '../definitions/misspelt-fields.ts'
import { parseText } from '../definitions/parse-text.ts'
import { readDefinition } from '../definitions/read-definition.ts'
import { isSubscription } from '../definitions/read-subscription.ts'
import { type LineFinder, lineFinder } from '../definitions/source-line.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { formatPointer, parsePointer } from '../schema/json-pointer.ts'
import { isNode } from '../schema/json-schema.ts'
import { type BundledSchema, bundleSchema } from './bundle-schema.ts'
import type { DescribedEvent, EventTypeMapping } from './described-event.ts'
import { eventsOfAsyncApi } from './read-asyncapi.ts'
import { eventsOfOpenApi, mappedEvent } from './read-openapi.ts'
import type { SourceFiles } from './read-source.ts'
import { createSchemaLibrary, type SchemaLibrary } from './schema-library.ts'
import { kindOf, type SourceDocument, schemaPathOf } from './source-document.ts'
import { withStatedDraft } from './stated-draft.ts'

/** Event types of an API document that it does not name itself, by their names. */
export type EventTypeMappings = Readonly<Record<string, EventTypeMapping>>

/** Reads the event types of a source. A pure function of its files. */
export function loadSource(files: SourceFiles, mappings: EventTypeMappings = {}): LoadResult {
  const documents = new Map<string, SourceDocument>()
  const results: LoadResult[] = [{ definitions: [], diagnostics: files.diagnostics }]
  for (const [file, text] of files.texts) {
    const parsed = parseText(file, text)
    if (parsed.ok) documents.set(file, { file, text, value: parsed.value, kind: kindOf(parsed.value) })
    else results.push(failure({ severity: 'error', file, ...parsed.problem }))
  }
  const source: Source = { documents, library: createSchemaLibrary(documents, files.links) }
  for (const document of documents.values()) {
    if (files.entry === undefined || files.entry === document.file) {
      results.push(...loadDocument(source, document))
    }
  }
  results.push(...loadMapped(source, mappings))
  return {
    definitions: results.flatMap(({ definitions }) => definitions),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  }
}

interface Source {
  readonly documents: ReadonlyMap<string, SourceDocument>
  readonly library: SchemaLibrary
}

function loadDocument(source: Source, document: SourceDocument): LoadResult[] {
  switch (document.kind) {
    case 'schemas':
      return []
    case 'definitions':
      return loadItems(source, document)
    case 'asyncapi': {
      const { events, unreadable } = eventsOfAsyncApi(document)
      const remedy = 'Use a JSON Schema, or an OpenAPI schema.'
      return [
        ...events.map((event) => loadDescribed(source, event)),
        ...unreadable.map(({ path, message }) => failure(problemAt(document, path, { message, remedy }))),
      ]
    }
    case 'unsupported': {
      const message = 'API documents of this version cannot be read'
      const remedy = 'Write it in OpenAPI 3.0 or 3.1, or in AsyncAPI 3.'
      return [failure(problemAt(document, [], { message, remedy }))]
    }
    default:
      return eventsOfOpenApi(document).map((event) => loadDescribed(source, event))
  }
}

function loadMapped(source: Source, mappings: EventTypeMappings): LoadResult[] {
  const apis = [...source.documents.values()].filter(({ kind }) => kind.startsWith('openapi'))
  return Object.entries(mappings).map(([name, mapping]) => {
    const event = apis
      .map((document) => mappedEvent(document, name, mapping))
      .find((candidate) => candidate !== undefined)
    if (event !== undefined) return loadDescribed(source, event)
    return failure({
      severity: 'error',
      eventType: name,
      message: `there is no schema at ${JSON.stringify(mapping.pointer)} in an OpenAPI document of the source`,
      remedy: 'Write a JSON pointer such as "/components/schemas/OrderPlaced".',
    })
  })
}

/** What the text of a file has somewhere if any of its references leaves the schema that it is in. */
const REFERENCE_ELSEWHERE = /\$ref["']?\s*:\s*(?!["']?#)|\$ref["']?\s*:\s*["']?#[^/"'\s]|\\u0024ref|\$anchor/

/** The event types of a definition file, one or an array of them. Subscriptions may lie among them. */
function loadItems({ library }: Source, document: SourceDocument): LoadResult[] {
  const { file, value } = document
  const mayReferElsewhere = REFERENCE_ELSEWHERE.test(document.text)
  const items = Array.isArray(value)
    ? value.map((item, index) => ({ item, path: [String(index)] }))
    : [{ item: value, path: [] }]
  const definitions = items.filter(({ item }) => !isSubscription(item))
  return definitions.map(({ item, path }) => {
    const schemaPath = isNode(item) ? schemaPathOf(item) : undefined
    if (!isNode(item) || schemaPath === undefined || !mayReferElsewhere) {
      return definitionOf(document, path, { item })
    }
    const place = { file, path: [...path, ...schemaPath] }
    const schema = valueIn(item, schemaPath)
    const bundled = bundleSchema(library, { ...place, value: schema })
    const replaced = bundled.schema === schema ? item : withSchema(item, schemaPath, bundled.schema)
    return definitionOf(document, path, { item: replaced, bundled, library })
  })
}

function valueIn(item: Readonly<Record<string, unknown>>, [first = '', second]: readonly string[]): unknown {
  const value = item[first]
  return second === undefined || !isNode(value) ? value : value[second]
}

function withSchema(
  item: Readonly<Record<string, unknown>>,
  [, second]: readonly string[],
  schema: unknown,
): Readonly<Record<string, unknown>> {
  const before = item['schema']
  return { ...item, schema: second === undefined || !isNode(before) ? schema : { ...before, schema } }
}

/** An event type of an API document. */
function loadDescribed({ documents, library }: Source, event: DescribedEvent): LoadResult {
  const { eventType, place, schema, dialect } = event
  const document = documents.get(place.file)
  if (document === undefined) return { definitions: [], diagnostics: [] }
  const bundled = bundleSchema(library, { ...place, value: schema }, dialect)
  const item = { ...eventType, schema: { type: 'json_schema', schema: withStatedDraft(bundled.schema) } }
  return definitionOf(document, place.path, { item, bundled, library })
}

/** What a definition is made from. */
interface Ingredients {
  readonly item: unknown
  readonly bundled?: BundledSchema
  readonly library?: SchemaLibrary
}

/**
 * @param path - the place of the item or, in an API document, of the schema
 */
function definitionOf(
  document: SourceDocument,
  path: readonly string[],
  { item, bundled, library }: Ingredients,
): LoadResult {
  const unresolved = (bundled?.problems ?? []).map((problem) =>
    problemAt(library?.document(problem.file) ?? document, problem.path, problem),
  )
  if (unresolved.length > 0) return { definitions: [], diagnostics: unresolved }
  const read = readDefinition(item)
  if (!read.ok) {
    const diagnostics = read.problems.map((problem) =>
      problemAt(document, [...path, ...(parsePointer(problem.pointer) ?? [])], problem),
    )
    return { definitions: [], diagnostics }
  }
  const { ok: _, schemaPointer, ...definition } = read
  const isDescribed = document.kind !== 'definitions'
  const origin: EventTypeDefinition['origin'] = {
    file: document.file,
    schemaPointer: `${formatPointer(path)}${isDescribed ? '' : schemaPointer}`,
    ...(bundled === undefined || bundled.parts.length === 0
      ? {}
      : {
          parts: bundled.parts.map(({ pointer, file, path: from }) => ({
            pointer,
            file,
            filePointer: formatPointer(from),
          })),
        }),
  }
  const slips = isNode(item) && !isDescribed ? misspeltFields(item, ANSWERED_FIELDS) : []
  const diagnostics = slips.map((slip): Diagnostic => {
    const at = [...path, ...(parsePointer(slip.pointer) ?? [])]
    return { ...problemAt(document, at, slip), severity: 'warning' }
  })
  return { definitions: [{ ...definition, origin }], diagnostics }
}

/** What finds the lines of a document. Of one with thousands of problems, each would otherwise parse it anew. */
const finders = new WeakMap<SourceDocument, LineFinder>()

function problemAt(
  document: SourceDocument,
  path: readonly string[],
  { message, remedy }: { readonly message: string; readonly remedy: string },
): Diagnostic {
  const { file, text } = document
  const finder = finders.get(document) ?? lineFinder(text)
  finders.set(document, finder)
  const excerpt = finder(path)
  const pointer = formatPointer(path)
  return { severity: 'error', message, remedy, file, pointer, ...(excerpt === undefined ? {} : { excerpt }) }
}

function failure(diagnostic: Diagnostic): LoadResult {
  return { definitions: [], diagnostics: [diagnostic] }
}
