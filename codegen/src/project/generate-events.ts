// The event types of a plan, each generated anew or, when nothing that it depends on has changed, left as it is.

import type { EventResult, EventTask } from '../event-task.ts'
import { type EventOutcome, type GenerationPlan, outcomeOf } from '../generation-plan.ts'
import { hashText } from './file-state.ts'
import type { CachedEvent } from './generation-cache.ts'
import type { OutputFolder } from './output-folder.ts'
import type { ProjectOptions } from './project-input.ts'
import type { LockedInput } from './project-lock.ts'
import { runTasks } from './run-tasks.ts'

/** What became of one event type. */
export interface GeneratedEvent {
  readonly name: string
  readonly outcome: EventOutcome
  /** Absent for an event type with errors, which is looked at anew each time. */
  readonly cached?: CachedEvent
}

/** A plan, and what it is carried out with. */
export interface Generation {
  readonly plan: GenerationPlan
  readonly input: LockedInput
  readonly folder: OutputFolder
  readonly options: ProjectOptions
}

/** All event types in the order of the plan; those that did not change are taken as they are. */
export async function generateEvents({
  plan,
  input,
  folder,
  options,
}: Generation): Promise<GeneratedEvent[]> {
  const events = plan.tasks.map((task) => reuse(task, keyOf(task, input.version), { input, folder }))
  const changed = plan.tasks.flatMap((task, index) => (events[index] === undefined ? [{ task, index }] : []))
  let done = plan.tasks.length - changed.length
  await runTasks(
    changed.map(({ task }) => task),
    (at, result) => {
      const { task, index } = changed[at] ?? {}
      if (task === undefined || index === undefined) return
      events[index] = put(task, result, { input, folder })
      done += 1
      options.onProgress?.(done, plan.tasks.length)
    },
  )
  return events.filter((event) => event !== undefined)
}

type Surroundings = Pick<Generation, 'input' | 'folder'>

/** Puts what was generated into the folder. */
function put(task: EventTask, result: EventResult, { input, folder }: Surroundings): GeneratedEvent {
  const { diagnostics, locked, proof } = result
  const files = Object.fromEntries(result.files.map(({ path, content }) => [path, folder.put(path, content)]))
  const generated = { name: task.definition.eventType.name, outcome: outcomeOf(result) }
  if (locked === undefined) return generated
  // The names that were given now are the pinned ones of the next time.
  const key = keyOf({ ...task, pinned: locked.types }, input.version)
  return {
    ...generated,
    cached: { key, files, diagnostics, ...(proof === undefined ? {} : { proof }) },
  }
}

/** A hash of everything that the modules of an event type depend on. */
function keyOf({ definition, names, options, pinned }: EventTask, version: string): string {
  return hashText(JSON.stringify([version, definition, names, options, pinned]))
}

/** What there is already, when it was made from the same and nobody has touched it. */
function reuse(
  { definition }: EventTask,
  key: string,
  { input, folder }: Surroundings,
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
