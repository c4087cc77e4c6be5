// A generation in which something has changed: only the event types that did are generated, on several threads when there
// are many.

import type { EventTypeDefinition } from '../definitions/event-type-definition.ts'
import type { LoadResult } from '../definitions/load-result.ts'
import type { Diagnostic } from '../diagnostic.ts'
import { ASYNCAPI_FILE, PAGE_INDEX, pageFile } from '../documents/page-index.ts'
import { concludeGeneration, type GenerationPlan, planGeneration } from '../generation-plan.ts'
import { lostNames } from '../lock/lock-changes.ts'
import { formatLockFile } from '../lock/lock-file.ts'
import { SIDE_INDEXES, sideFile } from '../modules/index-module.ts'
import { NO_PROOF } from '../proof/proof.ts'
import { unknownNames } from '../unknown-names.ts'
import { hashText } from './file-state.ts'
import { generateEvents } from './generate-events.ts'
import { type GenerationCache, writeCache } from './generation-cache.ts'
import { loadProject } from './load-project.ts'
import type { OutputFolder } from './output-folder.ts'
import { inputHash, type ProjectInput, type ProjectOptions, type ProjectResult } from './project-input.ts'
import { type LockedInput, withLock, withMissing, writeLock } from './project-lock.ts'
import { selectEventTypes } from './select-event-types.ts'

/** Generates what has changed, and writes it unless it is a check. */
export async function generateChanged(
  read: ProjectInput,
  folder: OutputFolder,
  options: ProjectOptions,
): Promise<ProjectResult> {
  const input = withLock(read)
  const { settings, lock } = input
  const loaded = loadProject(input)
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
  const isLockWritten = options.check !== true && lockChange === 'written'
  const lockStamp = isLockWritten ? writeLock(input.lockFile, lockText) : input.lockStamp
  if (options.check !== true && options.cacheFile !== undefined) {
    const cached = events.flatMap(({ name, cached: entry }) =>
      entry === undefined ? [] : [[name, entry] as const],
    )
    writeCache(options.cacheFile, {
      ...(hasErrors ? {} : stateOfInput(input, lockText, lockStamp)),
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

/** What tells the next generation that nothing has changed. */
function stateOfInput(
  input: LockedInput,
  lockText: string,
  stamp: string | undefined,
): Pick<GenerationCache, 'input' | 'lock'> {
  const hash = hashText(lockText)
  return { input: inputHash(input, hash), ...(stamp === undefined ? {} : { lock: { hash, stamp } }) }
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
