// Event type definitions to source files. A pure function: it reads no file, no clock and no environment, and the same
// definitions give the same bytes, whatever the order of their keys and of themselves.

import { completeEventType, SchemaError } from '@rioni/event-types'
import type { EventType, NewEventType } from '@rioni/protocol'
import type { EventTypeDefinition } from './definitions/event-type-definition.ts'
import type { Diagnostic } from './diagnostic.ts'
import { type EventNames, exportedNames, nameEventTypes, RESERVED_NAMES } from './event-names.ts'
import { EMPTY_LOCK, type LockedEventType, type LockFile } from './lock/lock-file.ts'
import { printEventModule } from './modules/event-module.ts'
import { printIndexModule, printSideIndex, SIDE_INDEXES, type SideIndex } from './modules/index-module.ts'
import { type PayloadSchema, readPayloadSchema } from './payload-schema.ts'
import { canonicalJson } from './schema/canonical-json.ts'
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
  /**
   * Whether each event type gets a module that validates its events.
   *
   * @default true
   */
  readonly validators?: boolean
  /**
   * Whether each event type gets a module with examples of its events for tests.
   *
   * @default true
   */
  readonly examples?: boolean
  /**
   * The lock file of the generation before: names in it stay as they are.
   *
   * @default `EMPTY_LOCK`
   */
  readonly lock?: LockFile
  /** Names of payload types, by event type, in place of those made from the names of the event types. */
  readonly names?: { readonly [eventType: string]: string }
}

/** One file to write. */
export interface GeneratedFile {
  /** A plain file name of `[a-z0-9-]` and `.ts`, `.validator.ts` or `.examples.ts`, never a path. */
  readonly path: string
  readonly content: string
}

/** What became of the definitions. An event type with an error has no file; the others have theirs. */
export interface GenerateResult {
  /** Sorted by path. Empty when no event type could be generated. */
  readonly files: readonly GeneratedFile[]
  readonly diagnostics: readonly Diagnostic[]
  /**
   * What was generated, for the next time. An event type with an error keeps its entry from before, and with it its
   * names.
   */
  readonly lock: LockFile
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
  const settings: Settings = { ...DEFAULTS, ...options }
  const names = nameEventTypes(
    unique.map(({ eventType }) => eventType.name),
    { pinned: pinnedNames(settings.lock), chosen: settings.names },
  )
  const results: EventResult[] = []
  for (const definition of unique) {
    const eventNames = names.get(definition.eventType.name)
    if (eventNames !== undefined) results.push(await generateEvent(definition, eventNames, settings))
  }
  const generated = results.filter(({ files }) => files.length > 0)
  const files = [...generated.flatMap((result) => result.files), ...printIndexes(generated, settings)]
  return {
    files: files.sort(byPath),
    diagnostics: [...repeated, ...results.flatMap(({ diagnostics }) => diagnostics)],
    lock: nextLock(definitions, results, settings.lock),
  }
}

type Settings = Required<GenerateOptions>

const DEFAULTS: Settings = {
  importExtension: '.js',
  validators: true,
  examples: true,
  lock: EMPTY_LOCK,
  names: {},
}

function pinnedNames({ eventTypes }: LockFile): { readonly [eventType: string]: string } {
  return Object.fromEntries(Object.entries(eventTypes).map(([eventType, { name }]) => [eventType, name]))
}

/** The entries of what was generated, and those from before of what could not be. */
function nextLock(
  definitions: readonly EventTypeDefinition[],
  results: readonly EventResult[],
  before: LockFile,
): LockFile {
  const defined = new Set(definitions.map(({ eventType }) => eventType.name))
  const kept = Object.entries(before.eventTypes).filter(([eventType]) => defined.has(eventType))
  const locked = results.flatMap(({ names, locked }) =>
    locked === undefined ? [] : [[names.eventType, locked] as const],
  )
  return { lockVersion: 1, eventTypes: Object.fromEntries([...kept, ...locked]) }
}

interface EventResult {
  readonly names: EventNames
  /** None when the event type has an error. */
  readonly files: readonly GeneratedFile[]
  readonly diagnostics: readonly Diagnostic[]
  readonly locked?: LockedEventType
}

/** The indexes of the modules that there are. */
function printIndexes(events: readonly EventResult[], { importExtension }: Settings): GeneratedFile[] {
  if (events.length === 0) return []
  const all = events.map(({ names }) => names)
  const sides = Object.values(SIDE_INDEXES).flatMap((index) => {
    const having = events.filter(({ names, files }) =>
      files.some(({ path }) => path === sideFile(names, index)),
    )
    if (having.length === 0) return []
    const members = having.map(({ names }) => names)
    return { path: `${index.name}.ts`, content: printSideIndex(index, members, importExtension) }
  })
  return [{ path: 'index.ts', content: printIndexModule(all, importExtension) }, ...sides]
}

function sideFile({ file }: EventNames, { infix }: SideIndex): string {
  return `${file}.${infix}.ts`
}

async function generateEvent(
  definition: EventTypeDefinition,
  names: EventNames,
  settings: Settings,
): Promise<EventResult> {
  const refuse = (problems: readonly SchemaProblem[]): EventResult => ({
    names,
    files: [],
    diagnostics: problems.map((problem) => toDiagnostic(definition, problem)),
  })
  try {
    const payload = readPayloadSchema(definition.eventType)
    if (!payload.ok) return refuse(payload.problems)
    const { file, locked } = await generateModule(definition, names, {
      payload,
      lock: settings.lock,
    })
    const sides = await generateSides(definition, names, settings)
    return { names, files: [file, ...sides.files], diagnostics: sides.diagnostics, locked }
  } catch (error) {
    return refuse([
      {
        pointer: '',
        message: `no code could be made of the schema: ${error instanceof Error ? error.message : String(error)}`,
        remedy: 'This is a defect of the generator: please report the schema.',
      },
    ])
  }
}

/** The module of the types, and what is to be remembered of it. */
async function generateModule(
  { eventType, schemaVersion }: EventTypeDefinition,
  names: EventNames,
  { payload, lock }: { readonly payload: PayloadSchema; readonly lock: LockFile },
): Promise<{ readonly file: GeneratedFile; readonly locked: LockedEventType }> {
  const { name, category, schema } = eventType
  const { root, references, compatibilityMode, hash } = payload
  const { writeTypes } = await import('./types/write-types.ts')
  const { declarations, types } = await writeTypes(root, references, {
    words: names.words,
    rootName: names.payload,
    reserved: [...RESERVED_NAMES, ...exportedNames(names)],
    pinned: Object.hasOwn(lock.eventTypes, name) ? (lock.eventTypes[name]?.types ?? {}) : {},
  })
  const about = {
    category,
    compatibilityMode,
    ...(schemaVersion === undefined ? {} : { version: schemaVersion }),
    schemaHash: hash,
  }
  const content = printEventModule({ names, declarations, ...about })
  const locked = { ...about, schema: schema.schema, name: names.payload, types }
  return { file: { path: `${names.file}.ts`, content }, locked }
}

/**
 * The modules beside the one of the types. A schema that the broker refuses has no events to validate or to show; its
 * types may be of use all the same.
 */
async function generateSides(
  definition: EventTypeDefinition,
  names: EventNames,
  settings: Settings,
): Promise<Omit<EventResult, 'names'>> {
  const eventType = inCanonicalForm(definition.eventType)
  const files: GeneratedFile[] = []
  try {
    if (settings.validators) {
      const { printValidatorModule } = await import('./validators/validator-module.ts')
      const content = printValidatorModule(eventType, names, settings.importExtension)
      files.push({ path: sideFile(names, SIDE_INDEXES.validators), content })
    }
    if (!settings.examples) return { files, diagnostics: [] }
    const { printExamplesModule } = await import('./examples/examples-module.ts')
    const content = printExamplesModule(eventType, names, settings.importExtension)
    if (content === undefined) return { files, diagnostics: [warning(definition, NO_EXAMPLES)] }
    return { files: [...files, { path: sideFile(names, SIDE_INDEXES.examples), content }], diagnostics: [] }
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    const problem = {
      pointer: '',
      message: `the broker would refuse the schema, so there are types alone: ${error.message}`,
      remedy: 'Correct the schema, or ask for neither validators nor examples.',
    }
    return { files, diagnostics: [warning(definition, problem)] }
  }
}

/** The event type as the broker completes it, with the keys of its schema in the order that generated code is made from. */
function inCanonicalForm({ schema, ...eventType }: NewEventType): EventType {
  const text = JSON.stringify(canonicalJson(parseSchema(schema.schema)))
  return completeEventType({ ...eventType, schema: { ...schema, schema: text } }, 0)
}

const NO_EXAMPLES: SchemaProblem = {
  pointer: '',
  message: 'no valid example of the schema was found',
  remedy: 'The schema may contradict itself: see whether any event follows it.',
}

function warning(definition: EventTypeDefinition, problem: SchemaProblem): Diagnostic {
  return { ...toDiagnostic(definition, problem), severity: 'warning' }
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
