// The module of one event type: a constant, the types, a producer and a consumer. Behaviour is in the runtime that it
// imports; what is generated is small enough to be read in a diff.

import type { PayloadCodec } from '@rioni/client/codegen-v1'
import type { CompatibilityMode, EventTypeCategory } from '@rioni/protocol'
import type { EventNames } from '../event-names.ts'
import { nameInComment } from '../types/documentation.ts'
import { propertyKey, stringLiteral, valueLiteral } from '../types/literals.ts'
import { banner } from './banner.ts'
import { joinParts, LINE_WIDTH, namedList, sortNames } from './source-text.ts'

/** The only module that generated code imports beside its own kind. */
export const RUNTIME = '@rioni/client/codegen-v1'

/** What the module of an event type is made from. */
export interface EventModule {
  readonly names: EventNames
  readonly category: EventTypeCategory
  readonly compatibilityMode: CompatibilityMode
  /** The fields that choose the partition, where the strategy is `hash`. */
  readonly partitionKeyFields?: readonly string[]
  /** The version of the schema, where it is known. */
  readonly version?: string
  readonly schemaHash: string
  /** How payloads are decoded, where they are. */
  readonly codec?: PayloadCodec
  /** Source text of the payload's type and of its parts. */
  readonly declarations: readonly string[]
}

/** Prints the module of one event type. */
export function printEventModule(module: EventModule): string {
  const { names, category, declarations } = module
  const envelope = ENVELOPES[category]
  return joinParts([
    banner(names.eventType),
    namedList('import', sortNames([...RUNTIME_NAMES, ...envelope.imports]), RUNTIME),
    printConstant(module),
    ...declarations,
    `/** An event of ${nameInComment(names.eventType)} as a producer supplies it. */\nexport type ${names.supplied} = ${envelope.supplied(names.payload)}`,
    `/** An event of ${nameInComment(names.eventType)} as a consumer receives it. */\nexport type ${names.event} = ${envelope.received(names.payload)}`,
    printProducer(names),
    printConsumer(names),
  ])
}

const RUNTIME_NAMES = [
  'type Client',
  'type ConsumerOptions',
  'EventConsumer',
  'EventProducer',
  'type ProducerOptions',
]

/** The types around a payload. */
interface Envelope {
  readonly imports: readonly string[]
  /** The type that a consumer receives around a payload. */
  received(payload: string): string
  /** The type that a producer supplies around a payload. */
  supplied(payload: string): string
}

/** What is around the payload of an event, by category (Nakadi API, "EventType.category"). */
const ENVELOPES: Readonly<Record<EventTypeCategory, Envelope>> = {
  business: {
    imports: ['type BusinessEvent', 'type NewBusinessEvent'],
    received: (payload) => `BusinessEvent<${payload}>`,
    supplied: (payload) => `NewBusinessEvent<${payload}>`,
  },
  data: {
    imports: ['type DataChangeEvent', 'type NewDataChangeEvent'],
    received: (payload) => `DataChangeEvent<${payload}>`,
    supplied: (payload) => `NewDataChangeEvent<${payload}>`,
  },
  undefined: { imports: [], received: (payload) => payload, supplied: (payload) => payload },
}

function printConstant({
  names,
  category,
  compatibilityMode,
  partitionKeyFields,
  version,
  schemaHash,
  codec,
}: EventModule): string {
  return [
    `/** The event type ${nameInComment(names.eventType)}. */`,
    `export const ${names.constant} = {`,
    `  name: ${stringLiteral(names.eventType)},`,
    `  category: ${stringLiteral(category)},`,
    `  compatibilityMode: ${stringLiteral(compatibilityMode)},`,
    ...(partitionKeyFields === undefined
      ? []
      : [`  partitionKeyFields: ${valueLiteral(partitionKeyFields, '  ')},`]),
    ...(version === undefined ? [] : [`  schemaVersion: ${stringLiteral(version)},`]),
    `  schemaHash: ${stringLiteral(schemaHash)},`,
    ...(codec === undefined ? [] : [`  codec: ${valueLiteral(codec, '  ')},`]),
    '} as const',
  ].join('\n')
}

function printProducer(names: EventNames): string {
  const [client, options] = ['client: Client', `options?: ProducerOptions<${names.supplied}>`]
  const line = `  constructor(${client}, ${options}) {`
  return [
    `/** Publishes events of ${nameInComment(names.eventType)}. */`,
    `export class ${names.producer} extends EventProducer<${names.supplied}> {`,
    line.length <= LINE_WIDTH ? line : `  constructor(\n    ${client},\n    ${options},\n  ) {`,
    `    super(client, ${names.constant}, options)`,
    '  }',
    '}',
  ].join('\n')
}

function printConsumer(names: EventNames): string {
  const member = `${propertyKey(names.eventType)}: ${names.event}`
  const line = `export class ${names.consumer} extends EventConsumer<{ ${member} }> {`
  return [
    `/** Consumes events of ${nameInComment(names.eventType)} from a subscription. */`,
    line.length <= LINE_WIDTH ? line : line.replace(`{ ${member} }`, () => `{\n  ${member}\n}`),
    '  constructor(client: Client, options: ConsumerOptions) {',
    `    super(client, [${names.constant}], options)`,
    '  }',
    '}',
  ].join('\n')
}
