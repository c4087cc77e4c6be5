// One event type to its modules. Every event type stands alone, so this may run on any thread and in any order.

import { SchemaError } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import type { EventTypeDefinition } from './definitions/event-type-definition.ts'
import { placeInFile } from './definitions/place-in-file.ts'
import type { Diagnostic } from './diagnostic.ts'
import { type EventNames, exportedNames, RESERVED_NAMES } from './event-names.ts'
import type { LockedEventType, LockedType } from './lock/lock-file.ts'
import { printEventModule } from './modules/event-module.ts'
import { SIDE_INDEXES, sideFile } from './modules/index-module.ts'
import { type PayloadSchema, readPayloadSchema } from './payload-schema.ts'
import { parsePointer, valueAt } from './schema/json-pointer.ts'
import { jsonText } from './schema/json-text.ts'
import type { SchemaProblem } from './schema/schema-problem.ts'
import { toleratedSchema } from './schema/tolerated-schema.ts'

/** One file to write. */
export interface GeneratedFile {
  /** A plain file name of `[a-z0-9-]` and `.ts`, `.validator.ts` or `.examples.ts`, never a path. */
  readonly path: string
  readonly content: string
}

/** What is the same for all event types of a generation. */
export interface ModuleOptions {
  /** What relative imports end in. */
  readonly importExtension: '.js' | '.ts'
  readonly validators: boolean
  readonly examples: boolean
}

/** Everything that the modules of one event type depend on; plain data, so that it can go to another thread. */
export interface EventTask {
  readonly definition: EventTypeDefinition
  readonly names: EventNames
  readonly options: ModuleOptions
  /** What the types of the payload's parts were called before. */
  readonly pinned: { readonly [name: string]: LockedType }
}

/** What became of one event type. */
export interface EventResult {
  /** None when the event type has an error. */
  readonly files: readonly GeneratedFile[]
  readonly diagnostics: readonly Diagnostic[]
  readonly locked?: LockedEventType
}

/** Generates the modules of one event type. Never rejects: what is wrong is a diagnostic. */
export async function generateEvent(task: EventTask): Promise<EventResult> {
  const { definition } = task
  const refuse = (problems: readonly SchemaProblem[]): EventResult => ({
    files: [],
    diagnostics: problems.map((problem) => toDiagnostic(definition, problem)),
  })
  try {
    const payload = readPayloadSchema(definition.eventType)
    if (!payload.ok) return refuse(payload.problems)
    const { file, locked } = await generateModule(task, payload)
    const sides = await generateSides(task, payload)
    const remarks = payload.remarks.map((problem) => warning(definition, problem))
    return { files: [file, ...sides.files], diagnostics: [...remarks, ...sides.diagnostics], locked }
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
  { definition, names, pinned }: EventTask,
  payload: PayloadSchema,
): Promise<{ readonly file: GeneratedFile; readonly locked: LockedEventType }> {
  const { eventType, schemaVersion } = definition
  const { category, schema } = eventType
  const { root, references, compatibilityMode, hash } = payload
  const { writeTypes } = await import('./types/write-types.ts')
  const { declarations, types } = writeTypes(root, references, {
    words: names.words,
    rootName: names.payload,
    reserved: [...RESERVED_NAMES, ...exportedNames(names)],
    pinned,
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
 * The modules beside the one of the types. Of a schema that the broker refuses they are made from what it would not, if
 * there is such a part of it.
 */
async function generateSides(task: EventTask, { eventType }: PayloadSchema): Promise<EventResult> {
  try {
    return await printSides(task, eventType)
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    const { schema, dropped } = toleratedSchema(JSON.parse(eventType.schema.schema))
    const tolerated = { ...eventType, schema: { ...eventType.schema, schema: jsonText(schema) } }
    const { files, diagnostics } = await printSides(task, tolerated).catch(nothingOf)
    const consequence =
      files.length > 0
        ? `validator and examples do without ${dropped.length === 0 ? 'the order that it is in' : dropped.join(', ')}`
        : 'there are types alone'
    const problem = {
      pointer: dropped[0] ?? '',
      message: `the broker would refuse the schema: ${error.message}; ${consequence}`,
      remedy: 'Correct the schema, or ask for neither validators nor examples.',
    }
    return { files, diagnostics: [warning(task.definition, problem), ...diagnostics] }
  }
}

function nothingOf(error: unknown): EventResult {
  if (error instanceof SchemaError) return { files: [], diagnostics: [] }
  throw error
}

/** @throws SchemaError when the broker would refuse the schema */
async function printSides(
  { definition, names, options }: EventTask,
  eventType: EventType,
): Promise<EventResult> {
  const files: GeneratedFile[] = []
  if (options.validators) {
    const { printValidatorModule } = await import('./validators/validator-module.ts')
    const content = printValidatorModule(eventType, names, options.importExtension)
    files.push({ path: sideFile(names, SIDE_INDEXES.validators), content })
  }
  if (!options.examples) return { files, diagnostics: [] }
  const { printExamplesModule } = await import('./examples/examples-module.ts')
  const content = printExamplesModule(eventType, names, options.importExtension)
  if (content === undefined) return { files, diagnostics: [warning(definition, NO_EXAMPLES)] }
  return { files: [...files, { path: sideFile(names, SIDE_INDEXES.examples), content }], diagnostics: [] }
}

const NO_EXAMPLES: SchemaProblem = {
  pointer: '',
  message: 'no valid example of the schema was found',
  remedy: 'The schema may contradict itself: see whether any event follows it.',
}

function warning(definition: EventTypeDefinition, problem: SchemaProblem): Diagnostic {
  return { ...toDiagnostic(definition, problem), severity: 'warning' }
}

function toDiagnostic({ eventType, origin }: EventTypeDefinition, problem: SchemaProblem): Diagnostic {
  const value = valueAt(parseSchema(eventType.schema.schema), parsePointer(problem.pointer) ?? [])
  return {
    severity: 'error',
    message: problem.message,
    remedy: problem.remedy,
    eventType: eventType.name,
    ...placeInFile(origin, problem.pointer),
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
