// Event type definitions to source files. A pure function: it reads no file, no clock and no environment, and the same
// definitions give the same bytes, whatever the order of their keys and of themselves.

import { completeEventType, SchemaError } from '@rioni/event-types'
import type { NewEventType } from '@rioni/protocol'
import type { EventTypeDefinition } from './definitions/event-type-definition.ts'
import type { Diagnostic } from './diagnostic.ts'
import { type EventNames, exportedNames, nameEventTypes, RESERVED_NAMES } from './event-names.ts'
import { printEventModule } from './modules/event-module.ts'
import { printIndexModule, printValidatorsModule } from './modules/index-module.ts'
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
  /**
   * Whether each event type gets a module that validates its events.
   *
   * @default true
   */
  readonly validators?: boolean
}

/** One file to write. */
export interface GeneratedFile {
  /** A plain file name of `[a-z0-9-]` and `.ts` or `.validator.ts`, never a path. */
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
  const settings = { importExtension: '.js', validators: true, ...options } as const
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
  }
}

type Settings = Required<GenerateOptions>

interface EventResult {
  readonly names: EventNames
  /** None when the event type has an error. */
  readonly files: readonly GeneratedFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The indexes of the modules that there are. */
function printIndexes(events: readonly EventResult[], { importExtension }: Settings): GeneratedFile[] {
  const all = events.map(({ names }) => names)
  const validated = events.filter(({ names, files }) =>
    files.some(({ path }) => path === validatorFile(names)),
  )
  const validators = validated.map(({ names }) => names)
  return [
    ...(all.length === 0 ? [] : [{ path: 'index.ts', content: printIndexModule(all, importExtension) }]),
    ...(validators.length === 0
      ? []
      : [{ path: 'validators.ts', content: printValidatorsModule(validators, importExtension) }]),
  ]
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
    const module = {
      path: `${names.file}.ts`,
      content: await printModule(definition.eventType, names, payload),
    }
    if (!settings.validators) return { names, files: [module], diagnostics: [] }
    const validator = await generateValidator(definition, names, settings)
    return { names, files: [module, ...validator.files], diagnostics: validator.diagnostics }
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

/** A schema that the broker refuses has no events to validate; its types may be of use all the same. */
async function generateValidator(
  definition: EventTypeDefinition,
  names: EventNames,
  { importExtension }: Settings,
): Promise<Omit<EventResult, 'names'>> {
  const { printValidatorModule } = await import('./validators/validator-module.ts')
  try {
    const content = printValidatorModule(completeEventType(definition.eventType, 0), names, importExtension)
    return { files: [{ path: validatorFile(names), content }], diagnostics: [] }
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    const problem = {
      pointer: '',
      message: `the broker would refuse the schema, so there is no validator: ${error.message}`,
      remedy: 'Correct the schema, or leave validators out.',
    }
    return { files: [], diagnostics: [{ ...toDiagnostic(definition, problem), severity: 'warning' }] }
  }
}

function validatorFile({ file }: EventNames): string {
  return `${file}.validator.ts`
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
