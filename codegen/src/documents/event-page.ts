// The page about one event type in Markdown: what a person wants to know before publishing or consuming it.

import type { EventType } from '@rioni/protocol'
import type { EventNames } from '../event-names.ts'
import { pageBanner } from '../modules/banner.ts'
import type { PayloadSchema } from '../payload-schema.ts'
import { fieldRows } from './field-rows.ts'
import { codeBlock, codeText, inlineText, paragraphs, table } from './markdown.ts'

/** What a page is made from. */
export interface EventPage {
  readonly names: EventNames
  readonly payload: PayloadSchema
  /** The version of the schema, where it is known. */
  readonly version: string | undefined
  /** A valid payload, if there is one. */
  readonly example: unknown
}

/** Prints the page of an event type. */
export function printEventPage({ names, payload, version, example }: EventPage): string {
  const { eventType, root, references, hash } = payload
  const { description } = root
  return [
    pageBanner(names.eventType),
    `# ${inlineText(names.eventType)}`,
    ...(typeof description === 'string' ? [paragraphs(description)] : []),
    table(['', ''], factsOf(eventType, version ?? '', hash)),
    '## Envelope',
    ENVELOPES[eventType.category],
    '## Fields',
    table(
      ['field', 'type', 'required', 'rules', 'description'],
      fieldRows(root, references).map(({ path, type, isRequired, rules, description: text }) => [
        codeText(path),
        inlineText(type),
        isRequired ? 'yes' : '',
        rules.map(codeText).join(', '),
        inlineText(text),
      ]),
    ),
    OPENNESS[eventType.compatibility_mode],
    ...exampleOf(example),
    '## In code',
    `\`${names.producer}\` publishes \`${names.supplied}\`, \`${names.consumer}\` receives \`${names.event}\`; the payload is \`${names.payload}\`.`,
  ]
    .join('\n\n')
    .concat('\n')
}

function factsOf(eventType: EventType, version: string, hash: string): string[][] {
  const fields = (names: readonly string[]): string => names.map(codeText).join(', ')
  const { annotations, labels, authorization } = eventType
  const rows: [string, string][] = [
    ['owner', inlineText(eventType.owning_application)],
    ['category', eventType.category],
    ['version', inlineText(version)],
    ['schema', codeText(hash)],
    ['compatibility', eventType.compatibility_mode],
    ['cleanup', eventType.cleanup_policy],
    ['partitions', eventType.partition_strategy],
    ['partition key', fields(eventType.partition_key_fields)],
    ['ordering key', fields(eventType.ordering_key_fields)],
    ['ordering instance', fields(eventType.ordering_instance_ids)],
    ['audience', eventType.audience ?? ''],
    ['access', authorization === null ? 'everybody' : 'restricted'],
    ...Object.entries({ ...labels, ...annotations }).map(([name, text]): [string, string] => [
      inlineText(name),
      inlineText(text),
    ]),
  ]
  return rows.filter(([, value]) => value !== '')
}

/** What is around the payload (Nakadi API, "EventType.category"). */
const ENVELOPES: Readonly<Record<EventType['category'], string>> = {
  business:
    'A business event: the fields below, and `metadata` beside them. A producer may leave `metadata` out; `eid` and `occurred_at` are filled in, and the broker adds the rest.',
  data: 'A data change: the fields below are in `data`, beside `data_type`, `data_op` (`C` created, `U` updated, `D` deleted, `S` snapshot) and `metadata`.',
  undefined: 'None: an event is the fields below, without metadata.',
}

const OPENNESS: Readonly<Record<EventType['compatibility_mode'], string>> = {
  compatible:
    'The broker refuses fields that are not listed. The schema may only grow by optional fields, so consumers and producers of any version understand each other.',
  forward:
    'Objects may hold more fields than those listed, unless it says so. The schema may grow, and consumers of an older version still understand new events.',
  none: 'Objects may hold more fields than those listed, unless it says so. The schema may change in any way.',
}

function exampleOf(example: unknown): string[] {
  if (example === undefined) return []
  const text = JSON.stringify(example, null, 2)
  return ['## Example', 'What a producer supplies, without metadata:', codeBlock('json', text)]
}
