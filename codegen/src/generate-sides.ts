// The modules beside the one of the types, and the proof of all three.

import { SchemaError } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { pageFile } from './documents/page-index.ts'
import type { EventTask, GeneratedFile } from './event-task.ts'
import { SIDE_INDEXES, sideFile } from './modules/index-module.ts'
import { judgePayloads } from './payload-judge.ts'
import type { PayloadSchema } from './payload-schema.ts'
import type { Proof } from './proof/proof.ts'
import { jsonText } from './schema/json-text.ts'
import type { SchemaProblem } from './schema/schema-problem.ts'
import { toleratedSchema } from './schema/tolerated-schema.ts'
import type { StandaloneCheck } from './validators/standalone-check.ts'

/** The modules beside the one of the types, and what is to be said about them and it. */
export interface Sides {
  readonly files: readonly GeneratedFile[]
  readonly problems: readonly SchemaProblem[]
  /** Absent when none was asked for, or nothing follows the schema. */
  readonly proof?: Proof
}

/**
 * Generates them. Of a schema that the broker refuses they are made from what it would not, if there is such a part of it.
 *
 * @param types - the module with the types as they are on the wire, and whether events are decoded to others
 */
export async function generateSides(
  task: EventTask,
  payload: PayloadSchema,
  types: { readonly module: string; readonly hasCodec: boolean },
): Promise<Sides> {
  const { validators, examples, proof, docs } = task.options
  const { eventType } = payload
  if (!validators && !examples && !proof && !docs) return { files: [], problems: [] }
  const subject = { task, payload, ...types }
  try {
    return await printSides({ ...subject, eventType })
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    // Types are of use whatever the broker thinks.
    if (!validators && !examples && !docs) return { files: [], problems: [] }
    const { schema, dropped } = toleratedSchema(JSON.parse(eventType.schema.schema))
    const tolerated = { ...eventType, schema: { ...eventType.schema, schema: jsonText(schema) } }
    const { files, problems, ...rest } = await printSides({ ...subject, eventType: tolerated }).catch(nothing)
    const consequence =
      files.length > 0
        ? `validator and examples do without ${dropped.length === 0 ? 'the order that it is in' : dropped.join(', ')}`
        : 'there are types alone'
    const refusal: SchemaProblem = {
      pointer: dropped[0] ?? '',
      message: `the broker would refuse the schema: ${error.message}; ${consequence}`,
      remedy: 'Correct the schema, or ask for neither validators nor examples.',
    }
    return { files, problems: [refusal, ...problems], ...rest }
  }
}

function nothing(error: unknown): Sides {
  if (error instanceof SchemaError) return { files: [], problems: [] }
  throw error
}

interface Subject {
  readonly task: EventTask
  readonly eventType: EventType
  readonly payload: PayloadSchema
  /** Text of the module with the types. */
  readonly module: string
  /** Whether events are decoded, so that what is validated has to be encoded first. */
  readonly hasCodec: boolean
}

/** @throws SchemaError when the broker would refuse the schema */
async function printSides(subject: Subject): Promise<Sides> {
  const { task, eventType, payload, module, hasCodec } = subject
  const { names, options } = task
  const files: GeneratedFile[] = []
  let check: StandaloneCheck | undefined
  if (options.validators) {
    const { eventCheck, printValidatorModule } = await import('./validators/validator-module.ts')
    check = eventCheck(eventType)
    const content = printValidatorModule({ check, names, hasCodec }, options.importExtension)
    files.push({ path: sideFile(names, SIDE_INDEXES.validators), content })
  }
  if (!options.examples && !options.proof && !options.docs) return { files, problems: [] }
  const { triedRecipes } = await import('./examples/tried-recipes.ts')
  const judge = judgePayloads(eventType)
  const tried = triedRecipes(judge)
  if (options.examples && tried !== undefined) {
    const { printExamplesModule } = await import('./examples/examples-module.ts')
    const content = printExamplesModule(tried.recipes, names, options.importExtension)
    files.push({ path: sideFile(names, SIDE_INDEXES.examples), content })
  }
  if (options.docs) {
    const { printEventPage } = await import('./documents/event-page.ts')
    const version = task.definition.schemaVersion
    const page = { names, payload: { ...payload, eventType }, version, example: tried?.samples[0] }
    files.push({ path: pageFile(names), content: printEventPage(page) })
  }
  const missing = options.examples && tried === undefined ? [NO_EXAMPLES] : []
  if (!options.proof) return { files, problems: missing }
  const { proveEvent } = await import('./proof/prove-event.ts')
  const samples = tried?.samples ?? []
  const typeName = names.payload
  const { root } = payload
  const { proof, problems } = proveEvent({ eventType, root, module, typeName, check, samples, judge })
  return { files, problems: [...missing, ...problems], proof }
}

const NO_EXAMPLES: SchemaProblem = {
  pointer: '',
  message: 'no valid example of the schema was found',
  remedy: 'The schema may contradict itself: see whether any event follows it.',
}
