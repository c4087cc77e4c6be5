// A generation in which something has changed: only the event types that did are generated, on several threads when there
// are many.

import { mkdirSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import type { EventTypeDefinition } from '../definitions/event-type-definition.ts'
import type { LoadResult } from '../definitions/load-result.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { ASYNCAPI_FILE, PAGE_INDEX, pageFile } from '../documents/page-index.ts'
import { errorText } from '../error-text.ts'
import type { EventTask } from '../event-task.ts'
import {
  concludeGeneration,
  type EventOutcome,
  type GenerationPlan,
  outcomeOf,
  planGeneration,
} from '../generation-plan.ts'
import { lostNames } from '../lock/lock-changes.ts'
import { EMPTY_LOCK, formatLockFile, type LockFile, parseLockFile } from '../lock/lock-file.ts'
import { SIDE_INDEXES, sideFile } from '../modules/index-module.ts'
import { NO_PROOF } from '../proof/proof.ts'
import { putFile } from '../put-file.ts'
import { loadSource } from '../sources/load-sources.ts'
import { unknownNames } from '../unknown-names.ts'
import { type CachedEvent, writeCache } from './generation-cache.ts'
import { hashText, type OutputFolder } from './output-folder.ts'
import { inputHash, type ProjectInput, type ProjectOptions, type ProjectResult } from './project-input.ts'
import { runTasks } from './run-tasks.ts'
import { selectEventTypes } from './select-event-types.ts'

/** What a generation starts from when something has changed. */
interface LockedInput extends ProjectInput {
  readonly lock: LockFile
}

/** Generates what has changed, and writes it unless it is a check. */
export async function generateChanged(
  read: ProjectInput,
  folder: OutputFolder,
  options: ProjectOptions,
): Promise<ProjectResult> {
  const input: LockedInput = { ...read, lock: readLock(read) }
  const { settings, lock } = input
  const loaded = loadAll(input)
  const isSelected = selectEventTypes(settings.include, settings.exclude)
  const definitions = loaded.definitions.filter(({ eventType }) => isSelected(eventType.name))
  const unknown = unknownNames(settings.names, [...namesOf(loaded), ...Object.keys(lock.eventTypes)])
  const plan = planSettings(input, definitions, hasErrorsIn(loaded.diagnostics))
  for (const path of possibleFiles(plan)) folder.checkFree(path)

  const events = await generateEvents({ plan, input, folder, options })
  const concluded = await concludeGeneration(
    plan,
    events.map(({ outcome }) => outcome),
  )
  const diagnostics = [...loaded.diagnostics, ...unknown, ...concluded.diagnostics]
  const generated = events.filter(({ outcome }) => outcome.paths.length > 0).length
  if (generated === 0) return nothing(input, diagnostics)
  for (const { path, content } of concluded.indexes) folder.put(path, content)
  const hasErrors = hasErrorsIn(diagnostics)
  if (!hasErrors) folder.removeOthers()
  // What was read wrongly may be an event type of before; its names stay until its definition is right again or gone.
  const nextLock = hasErrors ? withMissing(concluded.lock, lock) : concluded.lock
  const lockText = formatLockFile(nextLock)
  const lockChange = lockText === input.lockText ? 'unchanged' : 'written'
  if (options.check !== true && lockChange === 'written') writeLock(input.lockFile, lockText)
  if (options.check !== true && options.cacheFile !== undefined) {
    const cached = events.flatMap(({ name, cached: entry }) =>
      entry === undefined ? [] : [[name, entry] as const],
    )
    writeCache(options.cacheFile, {
      ...(hasErrors ? {} : { input: inputHash(input, lockText) }),
      output: folder.states(),
      diagnostics,
      proof: concluded.proof,
      eventTypes: Object.fromEntries(cached),
    })
  }
  const { lockFile } = input
  return {
    ...folder.changes(),
    diagnostics,
    generated,
    proof: concluded.proof,
    lost: lostNames(lock, nextLock),
    lockFile,
    lockChange,
  }
}

/** The plan of a project. While something cannot be read, it may be any event type of before, so all keep their names. */
function planSettings(
  { settings, lock }: LockedInput,
  definitions: readonly EventTypeDefinition[],
  isUnread: boolean,
): GenerationPlan {
  const { validators, examples, proof, importExtension, names } = settings
  const { docs = false, asyncapi = false, formats = {} } = settings
  const options = { validators, examples, proof, docs, asyncapi, formats, importExtension, names, lock }
  return planGeneration(definitions, options, isUnread ? Object.keys(lock.eventTypes) : [])
}

function namesOf({ definitions }: LoadResult): readonly string[] {
  return definitions.map(({ eventType }) => eventType.name)
}

function hasErrorsIn(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}

function nothing({ lockFile }: ProjectInput, diagnostics: readonly Diagnostic[]): ProjectResult {
  return {
    written: [],
    unchanged: [],
    removed: [],
    diagnostics,
    generated: 0,
    proof: NO_PROOF,
    lost: [],
    lockFile,
    lockChange: 'unchanged',
  }
}

function withMissing(next: LockFile, before: LockFile): LockFile {
  return { ...next, eventTypes: { ...before.eventTypes, ...next.eventTypes } }
}

function writeLock(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  putFile(path, text)
}

function loadAll({ settings, files }: ProjectInput): LoadResult {
  const results = settings.sources.map(({ path, eventTypes }, index) => {
    const source = files[index]
    if (source === undefined) return { definitions: [], diagnostics: [] }
    const loaded = loadSource(source, eventTypes)
    return settings.sources.length > 1 ? locate(loaded, path) : loaded
  })
  return {
    definitions: results.flatMap(({ definitions }) => definitions),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  }
}

/** Where there are several sources, files are named with the source that they are in. */
function locate({ definitions, diagnostics }: LoadResult, source: string): LoadResult {
  const folder = /\.(json|ya?ml)$/.test(source) ? posix.dirname(source) : source
  const within = (file: string): string => posix.join(folder, file)
  return {
    definitions: definitions.map(({ origin, ...definition }): EventTypeDefinition => {
      if (origin === undefined) return definition
      const { parts, ...place } = origin
      const located = parts?.map((part) => ({ ...part, file: within(part.file) }))
      return {
        ...definition,
        origin: { ...place, file: within(place.file), ...(located === undefined ? {} : { parts: located }) },
      }
    }),
    diagnostics: diagnostics.map(({ file, ...diagnostic }) =>
      file === undefined ? diagnostic : { ...diagnostic, file: within(file) },
    ),
  }
}

/** Every file that the plan may give. */
function possibleFiles({ tasks }: GenerationPlan): string[] {
  const indexes = [
    'index.ts',
    ...Object.keys(SIDE_INDEXES).map((name) => `${name}.ts`),
    PAGE_INDEX,
    ASYNCAPI_FILE,
  ]
  return [
    ...indexes,
    ...tasks.flatMap(({ names }) => [
      `${names.file}.ts`,
      pageFile(names),
      ...Object.values(SIDE_INDEXES).map((index) => sideFile(names, index)),
    ]),
  ]
}

interface GeneratedEvent {
  readonly name: string
  readonly outcome: EventOutcome
  /** Absent for an event type with errors, which is looked at anew each time. */
  readonly cached?: CachedEvent
}

interface Generation {
  readonly plan: GenerationPlan
  readonly input: LockedInput
  readonly folder: OutputFolder
  readonly options: ProjectOptions
}

/** All event types in the order of the plan; those that did not change are taken as they are. */
async function generateEvents({ plan, input, folder, options }: Generation): Promise<GeneratedEvent[]> {
  const keys = plan.tasks.map((task) => keyOf(task, input.version))
  const events = plan.tasks.map((task, index) => reuse(task, keys[index] ?? '', { input, folder }))
  const changed = plan.tasks.flatMap((task, index) => (events[index] === undefined ? [{ task, index }] : []))
  let done = plan.tasks.length - changed.length
  await runTasks(
    changed.map(({ task }) => task),
    (at, result) => {
      const { task, index } = changed[at] ?? {}
      if (task === undefined || index === undefined) return
      const name = task.definition.eventType.name
      const files = Object.fromEntries(
        result.files.map(({ path, content }) => [path, folder.put(path, content)]),
      )
      const { diagnostics, locked, proof } = result
      const proved = proof === undefined ? {} : { proof }
      events[index] = {
        name,
        outcome: outcomeOf(result),
        // The names that were given now are the pinned ones of the next time.
        ...(locked === undefined
          ? {}
          : {
              cached: {
                key: keyOf({ ...task, pinned: locked.types }, input.version),
                files,
                diagnostics,
                ...proved,
              },
            }),
      }
      done += 1
      options.onProgress?.(done, plan.tasks.length)
    },
  )
  return events.filter((event) => event !== undefined)
}

/** A hash of everything that the modules of an event type depend on. */
function keyOf({ definition, names, options, pinned }: EventTask, version: string): string {
  return hashText(JSON.stringify([version, definition, names, options, pinned]))
}

/** What there is already, when it was made from the same and nobody has touched it. */
function reuse(
  { definition }: EventTask,
  key: string,
  { input, folder }: Pick<Generation, 'input' | 'folder'>,
): GeneratedEvent | undefined {
  const { name } = definition.eventType
  const { eventTypes } = input.cache
  const cached = Object.hasOwn(eventTypes, name) ? eventTypes[name] : undefined
  const locked = Object.hasOwn(input.lock.eventTypes, name) ? input.lock.eventTypes[name] : undefined
  if (cached === undefined || locked === undefined || cached.key !== key) return undefined
  const paths = Object.keys(cached.files)
  if (!paths.every((path) => folder.hashOf(path) === cached.files[path])) return undefined
  for (const path of paths) folder.keep(path)
  const { key: _, files: __, ...known } = cached
  return { name, outcome: { paths, locked, ...known }, cached }
}

function readLock({ lockFile, lockText }: ProjectInput): LockFile {
  if (lockText === undefined) return EMPTY_LOCK
  try {
    return parseLockFile(lockText)
  } catch (error) {
    throw new Error(`${lockFile} cannot be used: ${errorText(error)}`)
  }
}
