// One event type to its modules. Every event type stands alone, so this may run on any thread and in any order.

import type { EventType } from '@rioni/protocol'
import { type MappedSchema, mapFormats } from './codec/map-formats.ts'
import type { EventTypeDefinition } from './definitions/event-type-definition.ts'
import { placeInFile } from './definitions/place-in-file.ts'
import type { Diagnostic } from './diagnostic.ts'
import { errorText } from './error-text.ts'
import { exportedNames, RESERVED_NAMES } from './event-names.ts'
import type { EventResult, EventTask, GeneratedFile } from './event-task.ts'
import { generateSides } from './generate-sides.ts'
import type { LockedEventType } from './lock/lock-file.ts'
import { printEventModule } from './modules/event-module.ts'
import { type PayloadSchema, readPayloadSchema } from './payload-schema.ts'
import { parsePointer, valueAt } from './schema/json-pointer.ts'
import { resolveReferences } from './schema/resolve-references.ts'
import type { SchemaProblem } from './schema/schema-problem.ts'

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
    const mapped = mapFormats(payload.root, payload.references, task.options.formats)
    const { files, problems, ...proved } = await generateSides(task, payload, {
      // The proof compares types with documents as they are on the wire.
      module: file.content,
      hasCodec: mapped !== undefined,
    })
    const module = mapped === undefined ? file : (await generateModule(task, payload, mapped)).file
    const diagnostics = [...payload.remarks, ...problems].map((problem) =>
      warning(definition, { ...problem, pointer: payload.placeBefore(problem.pointer) }),
    )
    return { files: [module, ...files], diagnostics, locked, ...proved }
  } catch (error) {
    return refuse([
      {
        pointer: '',
        message: `no code could be made of the schema: ${errorText(error)}`,
        remedy: 'This is a defect of the generator: please report the schema.',
      },
    ])
  }
}

/** The module of the types, and what is to be remembered of it. */
async function generateModule(
  { definition, names, pinned }: EventTask,
  payload: PayloadSchema,
  mapped?: MappedSchema,
): Promise<{ readonly file: GeneratedFile; readonly locked: LockedEventType }> {
  const { eventType, schemaVersion } = definition
  const { category } = eventType
  const { compatibilityMode, hash } = payload
  const root = mapped?.root ?? payload.root
  const references = mapped === undefined ? payload.references : resolveReferences(root)
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
  const codec = mapped === undefined ? {} : { codec: mapped.codec }
  const keys = partitionKeysOf(payload.eventType)
  const content = printEventModule({ names, declarations, ...about, ...keys, ...codec })
  const locked = { ...about, schema: payload.submitted, name: names.payload, types }
  return { file: { path: `${names.file}.ts`, content }, locked }
}

/** The other strategies take no notice of the fields, so events that are equal in them may be in any partition. */
function partitionKeysOf({ partition_strategy, partition_key_fields }: EventType): {
  readonly partitionKeyFields?: readonly string[]
} {
  return partition_strategy === 'hash' ? { partitionKeyFields: partition_key_fields } : {}
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
