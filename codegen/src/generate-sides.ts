// The modules beside the one of the types, and the proof of all three.

import { BROKER_LIMITS, SchemaError, type SchemaLimits, TOOL_LIMITS } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { pageFile } from './documents/page-index.ts'
import type { EventTask, GeneratedFile } from './event-task.ts'
import { SIDE_INDEXES, sideFile } from './modules/index-module.ts'
import { judgeOf, judgePayloads } from './payload-judge.ts'
import type { PayloadSchema } from './payload-schema.ts'
import type { Proof } from './proof/proof.ts'
import type { ProvedValidator } from './proof/prove-event.ts'
import { jsonText } from './schema/json-text.ts'
import type { SchemaProblem } from './schema/schema-problem.ts'
import { toleratedSchema } from './schema/tolerated-schema.ts'

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
    return await printSides({ ...subject, eventType, limits: BROKER_LIMITS })
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    // Types are of use whatever the broker thinks.
    if (!validators && !examples && !docs) return { files: [], problems: [] }
    return await printRefused({ ...subject, eventType, limits: TOOL_LIMITS }, error)
  }
}

/** Of a schema that is merely too large everything is made, of others what can be made without the keywords that are refused. */
async function printRefused(subject: Subject, { message }: SchemaError): Promise<Sides> {
  const { eventType } = subject
  const refusal = (pointer: string, consequence: string): SchemaProblem => ({
    pointer,
    message: `the broker would refuse the schema: ${message}; ${consequence}`,
    remedy: 'Correct the schema, or ask for neither validators nor examples.',
  })
  const whole = await printUnlessRefused(subject)
  if (whole !== undefined) {
    return { ...whole, problems: [refusal('', 'code is made of it all the same'), ...whole.problems] }
  }
  const { placeBefore } = subject.payload
  const { schema, dropped } = toleratedSchema(JSON.parse(eventType.schema.schema))
  const tolerated = { ...eventType, schema: { ...eventType.schema, schema: jsonText(schema) } }
  const rest = await printUnlessRefused({ ...subject, eventType: tolerated, isTolerated: true })
  const without = dropped.length === 0 ? 'the order that it is in' : dropped.map(placeBefore).join(', ')
  const pointer = dropped[0] ?? ''
  if (rest === undefined) return { files: [], problems: [refusal(pointer, 'there are types alone')] }
  const consequence = `validator and examples do without ${without}`
  return { ...rest, problems: [refusal(pointer, consequence), ...rest.problems] }
}

async function printUnlessRefused(subject: Subject): Promise<Sides | undefined> {
  try {
    return await printSides(subject)
  } catch (error) {
    if (error instanceof SchemaError) return undefined
    throw error
  }
}

interface Subject {
  readonly task: EventTask
  readonly eventType: EventType
  readonly payload: PayloadSchema
  /** Text of the module with the types. */
  readonly module: string
  /** Whether events are decoded, so that what is validated has to be encoded first. */
  readonly hasCodec: boolean
  /** Whether the event type's schema asks for less than the one that the types are made of. */
  readonly isTolerated?: boolean
  /** What the schema may ask for. */
  readonly limits: SchemaLimits
}

/** @throws SchemaError when the broker would refuse the schema, had it these limits */
async function printSides(subject: Subject): Promise<Sides> {
  const { task, eventType, payload, module, hasCodec, limits, isTolerated = false } = subject
  const { names, options } = task
  const files: GeneratedFile[] = []
  let validator: ProvedValidator | undefined
  if (options.validators) {
    const { eventCheck, printValidatorModule } = await import('./validators/validator-module.ts')
    const broker = judgeOf(eventType, limits)
    const check = eventCheck(broker.document, eventType.category)
    validator = { check, isValid: broker.isValid }
    const content = printValidatorModule({ check, names, hasCodec }, options.importExtension)
    files.push({ path: sideFile(names, SIDE_INDEXES.validators), content })
  }
  if (!options.examples && !options.proof && !options.docs) return { files, problems: [] }
  const { triedRecipes } = await import('./examples/tried-recipes.ts')
  const judge = judgePayloads(eventType, limits)
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
  const lacksExamples = options.examples && tried === undefined
  const missing = lacksExamples ? await whyNoExamples(payload) : []
  if (!options.proof) return { files, problems: missing }
  const { proveEvent } = await import('./proof/prove-event.ts')
  const samples = tried?.samples ?? []
  const typeName = names.payload
  const { root } = payload
  const { proof, problems } = proveEvent({
    category: eventType.category,
    isCompacted: eventType.cleanup_policy !== 'delete',
    root,
    module,
    typeName,
    validator,
    samples,
    judge,
    isTolerated,
  })
  return { files, problems: [...missing, ...problems], proof }
}

async function whyNoExamples(payload: PayloadSchema): Promise<SchemaProblem[]> {
  const { missingExamples } = await import('./examples/missing-examples.ts')
  return [missingExamples(payload) ?? []].flat()
}
