// What comes before and after the generation of the single event types: names for all of them, then the indexes and the
// lock file. Both are pure; who generates the event types in between, and on how many threads, is up to the caller.

import type { FormatTypes } from './codec/map-formats.ts'
import type { DefinitionOrigin, EventTypeDefinition } from './definitions/event-type-definition.ts'
import type { Diagnostic } from './diagnostic.ts'
import { ASYNCAPI_FILE, type DocumentedEvent, PAGE_INDEX, printPageIndex } from './documents/page-index.ts'
import { type EventNames, nameEventTypes } from './event-names.ts'
import type { EventResult, EventTask, GeneratedFile } from './event-task.ts'
import { EMPTY_LOCK, type LockedEventType, type LockFile } from './lock/lock-file.ts'
import { printIndexModule, printSideIndex, SIDE_INDEXES, sideFile } from './modules/index-module.ts'
import { type Proof, sumOfProofs } from './proof/proof.ts'

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
   * Whether the generated code is tried on documents: examples of the schemas, samples, and mutants of both.
   *
   * @default true
   */
  readonly proof?: boolean
  /**
   * Whether each event type gets a page in Markdown.
   *
   * @default false
   */
  readonly docs?: boolean
  /**
   * Whether there is an AsyncAPI document of all event types.
   *
   * @default false
   */
  readonly asyncapi?: boolean
  /**
   * What the values of formats become in types, and by a codec in events. Without it they stay what JSON has.
   *
   * @default {}
   */
  readonly formats?: FormatTypes
  /**
   * The lock file of the generation before: names in it stay as they are.
   *
   * @default `EMPTY_LOCK`
   */
  readonly lock?: LockFile
  /** Names of payload types, by event type, in place of those made from the names of the event types. */
  readonly names?: { readonly [eventType: string]: string }
}

/** Event types with their names, ready to be generated. */
export interface GenerationPlan {
  /** In the order of the names of the event types. */
  readonly tasks: readonly EventTask[]
  /** What is wrong with the definitions as a set. */
  readonly diagnostics: readonly Diagnostic[]
  /** The names of all event types that are defined, whether or not they can be generated. */
  readonly defined: readonly string[]
  readonly settings: Required<GenerateOptions>
}

/** What the indexes and the lock file need to know of a generated event type. */
export interface EventOutcome extends Omit<EventResult, 'files'> {
  /** The files that there are. */
  readonly paths: readonly string[]
}

const DEFAULTS: Required<GenerateOptions> = {
  importExtension: '.js',
  validators: true,
  examples: true,
  proof: true,
  docs: false,
  asyncapi: false,
  formats: {},
  lock: EMPTY_LOCK,
  names: {},
}

/**
 * Names the event types. One that is defined more than once is an error and is not generated.
 *
 * @param absent - event types that could not be read, or may be among those: nobody else gets their names
 */
export function planGeneration(
  definitions: readonly EventTypeDefinition[],
  options: GenerateOptions = {},
  absent: readonly string[] = [],
): GenerationPlan {
  const { unique, repeated } = separateRepeated(definitions)
  const settings = { ...DEFAULTS, ...options }
  const { lock, names: chosen, asyncapi: _, ...moduleOptions } = settings
  const defined = definitions.map(({ eventType }) => eventType.name)
  const names = nameEventTypes([...defined, ...absent], {
    pinned: pinnedNames(lock),
    chosen,
  })
  const tasks = unique.flatMap((definition): EventTask[] => {
    const { name } = definition.eventType
    const eventNames = names.get(name)
    const pinned = Object.hasOwn(lock.eventTypes, name) ? (lock.eventTypes[name]?.types ?? {}) : {}
    return eventNames === undefined ? [] : [{ definition, names: eventNames, options: moduleOptions, pinned }]
  })
  return { tasks, diagnostics: repeated, defined, settings }
}

/** What remains of a result when its files have been written. */
export function outcomeOf({ files, ...rest }: EventResult): EventOutcome {
  return { ...rest, paths: files.map(({ path }) => path) }
}

/**
 * The indexes, the diagnostics of everything and the next lock file.
 *
 * @param outcomes - in the order of the plan's tasks
 */
export async function concludeGeneration(
  { tasks, diagnostics, defined, settings }: GenerationPlan,
  outcomes: readonly EventOutcome[],
): Promise<{
  readonly indexes: readonly GeneratedFile[]
  readonly diagnostics: readonly Diagnostic[]
  readonly lock: LockFile
  readonly proof: Proof
}> {
  const events = tasks.map(({ names, definition }, index) => ({
    names,
    definition,
    outcome: outcomes[index] ?? NOTHING,
  }))
  const generated = events.filter(({ outcome }) => outcome.paths.length > 0)
  const named = generated.map(({ names, outcome }) => ({ names, paths: outcome.paths }))
  const locked = events.flatMap(({ names, outcome }) =>
    outcome.locked === undefined ? [] : [[names.eventType, outcome.locked] as const],
  )
  return {
    indexes: [
      ...printIndexes(named, settings.importExtension),
      ...(await printDocuments(generated, settings)),
    ],
    diagnostics: [...diagnostics, ...outcomes.flatMap((outcome) => outcome.diagnostics)],
    lock: nextLock(settings.lock, defined, locked),
    proof: sumOfProofs(outcomes.flatMap(({ proof }) => proof ?? [])),
  }
}

const NOTHING: EventOutcome = { paths: [], diagnostics: [] }

function pinnedNames({ eventTypes }: LockFile): { readonly [eventType: string]: string } {
  return Object.fromEntries(Object.entries(eventTypes).map(([eventType, { name }]) => [eventType, name]))
}

/** The entries of what was generated, and those from before of what could not be. */
function nextLock(
  before: LockFile,
  defined: readonly string[],
  locked: readonly (readonly [string, LockedEventType])[],
): LockFile {
  const names = new Set(defined)
  const kept = Object.entries(before.eventTypes).filter(([eventType]) => names.has(eventType))
  return { lockVersion: 1, eventTypes: Object.fromEntries([...kept, ...locked]) }
}

/** What there is to read of all event types together. */
async function printDocuments(
  events: readonly DocumentedEvent[],
  { docs, asyncapi }: GenerationPlan['settings'],
): Promise<GeneratedFile[]> {
  const files: GeneratedFile[] = []
  if (events.length === 0) return files
  if (docs) files.push({ path: PAGE_INDEX, content: printPageIndex(events) })
  if (asyncapi) {
    const { printAsyncApi } = await import('./documents/asyncapi-document.ts')
    files.push({ path: ASYNCAPI_FILE, content: printAsyncApi(events) })
  }
  return files
}

/** The indexes of the modules that there are. */
function printIndexes(
  events: readonly { readonly names: EventNames; readonly paths: readonly string[] }[],
  extension: '.js' | '.ts',
): GeneratedFile[] {
  if (events.length === 0) return []
  const sides = Object.values(SIDE_INDEXES).flatMap((index) => {
    const having = events.filter(({ names, paths }) => paths.includes(sideFile(names, index)))
    if (having.length === 0) return []
    const members = having.map(({ names }) => names)
    return { path: `${index.name}.ts`, content: printSideIndex(index, members, extension) }
  })
  const all = events.map(({ names }) => names)
  return [{ path: 'index.ts', content: printIndexModule(all, extension) }, ...sides]
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
  const places = group.flatMap(({ origin }) => (origin === undefined ? [] : placeOf(origin))).sort()
  const [first] = group
  const name = first?.eventType.name ?? ''
  return {
    severity: 'error',
    eventType: name,
    ...(files[0] === undefined ? {} : { file: files[0] }),
    message: `the event type ${name} is defined ${group.length} times${places.length > 0 ? `: in ${places.join(', ')}` : ''}`,
    remedy: 'Keep one of the definitions.',
  }
}

/** Several definitions may be in one file. */
function placeOf({ file, schemaPointer }: DefinitionOrigin): string {
  return schemaPointer === '' ? file : `${file}#${schemaPointer}`
}
