// Event type definitions to source files. A pure function: it reads no file, no clock and no environment, and the same
// definitions give the same bytes, whatever the order of their keys and of themselves.

import type { NewEventType } from '@rioni/protocol'
import type { EventTypeDefinition } from './definitions/event-type-definition.ts'
import type { Diagnostic } from './diagnostic.ts'
import { type EventNames, exportedNames, nameEventTypes, RESERVED_NAMES } from './event-names.ts'
import { printEventModule } from './modules/event-module.ts'
import { printIndexModule } from './modules/index-module.ts'
import { type PayloadSchema, readPayloadSchema } from './payload-schema.ts'
import { parsePointer, valueAt } from './schema/json-pointer.ts'
import type { SchemaProblem } from './schema/schema-problem.ts'

/** How code is generated. */
export interface GenerateOptions {
  /**
   * What relative imports end in: `.js` for compiled code, `.ts` for code that runs with its types stripped.
   *
   * @default '.js'
   */
  readonly importExtension?: '.js' | '.ts'
}

/** One file to write. */
export interface GeneratedFile {
  /** A plain file name of `[a-z0-9-]` and `.ts`, never a path. */
  readonly path: string
  readonly content: string
}

/** What became of the definitions. An event type with an error has no file; the others have theirs. */
export interface GenerateResult {
  /** Sorted by path. Empty when no event type could be generated. */
  readonly files: readonly GeneratedFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Generates one module per event type and an index of them.
 *
 * Never rejects because of a definition: what is wrong with it is a diagnostic.
 */
export async function generate(
  definitions: readonly EventTypeDefinition[],
  options: GenerateOptions = {},
): Promise<GenerateResult> {
  const { unique, repeated } = separateRepeated(definitions)
  const names = nameEventTypes(unique.map(({ eventType }) => eventType.name))
  const results: EventResult[] = []
  for (const definition of unique) {
    const eventNames = names.get(definition.eventType.name)
    if (eventNames !== undefined) results.push(await generateEvent(definition, eventNames))
  }
  const generated = results.filter((result) => result.file !== undefined)
  const files = generated.flatMap(({ file }) => file ?? [])
  const index = printIndexModule(
    generated.map((result) => result.names),
    options.importExtension ?? '.js',
  )
  return {
    files: files.length === 0 ? [] : [...files, { path: 'index.ts', content: index }].sort(byPath),
    diagnostics: [...repeated, ...results.flatMap(({ diagnostics }) => diagnostics)],
  }
}

interface EventResult {
  readonly names: EventNames
  readonly file?: GeneratedFile
  readonly diagnostics: readonly Diagnostic[]
}

async function generateEvent(definition: EventTypeDefinition, names: EventNames): Promise<EventResult> {
  try {
    const payload = readPayloadSchema(definition.eventType)
    if (!payload.ok) {
      return { names, diagnostics: payload.problems.map((problem) => toDiagnostic(definition, problem)) }
    }
    const content = await printModule(definition.eventType, names, payload)
    return { names, file: { path: `${names.file}.ts`, content }, diagnostics: [] }
  } catch (error) {
    const problem = {
      pointer: '',
      message: `no types could be made of the schema: ${error instanceof Error ? error.message : String(error)}`,
      remedy: 'This is a defect of the generator: please report the schema.',
    }
    return { names, diagnostics: [toDiagnostic(definition, problem)] }
  }
}

async function printModule(
  { category }: NewEventType,
  names: EventNames,
  { root, references, compatibilityMode, hash }: PayloadSchema,
): Promise<string> {
  const { writeTypes } = await import('./types/write-types.ts')
  const declarations = await writeTypes(root, references, {
    words: names.words,
    rootName: names.payload,
    reserved: [...RESERVED_NAMES, ...exportedNames(names)],
  })
  return printEventModule({ names, category, compatibilityMode, schemaHash: hash, declarations })
}

/** Two definitions of one event type cannot both be right; none of them is generated. */
function separateRepeated(definitions: readonly EventTypeDefinition[]): {
  readonly unique: readonly EventTypeDefinition[]
  readonly repeated: readonly Diagnostic[]
} {
  const byName = new Map<string, EventTypeDefinition[]>()
  for (const definition of definitions) {
    const { name } = definition.eventType
    byName.set(name, [...(byName.get(name) ?? []), definition])
  }
  const groups = [...byName].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, group]) => group)
  return {
    unique: groups.flatMap((group) => (group.length === 1 ? group : [])),
    repeated: groups.filter((group) => group.length > 1).map(repetition),
  }
}

function repetition(group: readonly EventTypeDefinition[]): Diagnostic {
  const files = group.flatMap(({ origin }) => origin?.file ?? []).sort()
  const [first] = group
  const name = first?.eventType.name ?? ''
  return {
    severity: 'error',
    eventType: name,
    ...(files[0] === undefined ? {} : { file: files[0] }),
    message: `the event type ${name} is defined ${group.length} times${files.length > 0 ? `: in ${files.join(', ')}` : ''}`,
    remedy: 'Keep one of the definitions.',
  }
}

function toDiagnostic({ eventType, origin }: EventTypeDefinition, problem: SchemaProblem): Diagnostic {
  const value = valueAt(parseSchema(eventType.schema.schema), parsePointer(problem.pointer) ?? [])
  return {
    severity: 'error',
    message: problem.message,
    remedy: problem.remedy,
    eventType: eventType.name,
    ...(origin === undefined ? {} : { file: origin.file }),
    pointer: `${origin?.schemaPointer ?? ''}${problem.pointer}`,
    ...(value === undefined ? {} : { excerpt: excerptOf(value) }),
  }
}

/** Characters of a value that a diagnostic shows. */
const EXCERPT_LENGTH = 100

function excerptOf(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}...` : text
}

function parseSchema(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function byPath(left: GeneratedFile, right: GeneratedFile): number {
  return left.path < right.path ? -1 : 1
}
