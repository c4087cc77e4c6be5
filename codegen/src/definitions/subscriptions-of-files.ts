import type { Diagnostic } from '../diagnostic.ts'
import { formatPointer, parsePointer } from '../schema/json-pointer.ts'
import type { SchemaProblem } from '../schema/schema-problem.ts'
import type { SourceFiles } from '../sources/read-source.ts'
import { misspeltFields } from './misspelt-fields.ts'
import { parseText } from './parse-text.ts'
import { isSubscription, readSubscription, SUBSCRIPTION_FIELDS } from './read-subscription.ts'
import { type LineFinder, lineFinder } from './source-line.ts'
import type { LoadedSubscriptions, SubscriptionDefinition } from './subscription-definition.ts'

/** The subscriptions among the files of a source. A pure function of the files. */
export function subscriptionsOfFiles({ texts, entry }: SourceFiles): LoadedSubscriptions {
  const items = [...texts]
    .filter(([file, text]) => (entry === undefined || entry === file) && text.includes('event_types'))
    .flatMap(([file, text]) => itemsOf(file, text))
  const read = items.map(readItem)
  return {
    subscriptions: read.flatMap(({ subscription }) => subscription ?? []),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  }
}

/** A value of a file that is meant to be a subscription. */
interface Item {
  readonly file: string
  readonly lineOf: LineFinder
  readonly value: Readonly<Record<string, unknown>>
  readonly path: readonly string[]
}

function itemsOf(file: string, text: string): Item[] {
  const parsed = parseText(file, text)
  if (!parsed.ok) return []
  const values = Array.isArray(parsed.value)
    ? parsed.value.map((value: unknown, index) => ({ value, path: [String(index)] }))
    : [{ value: parsed.value, path: [] }]
  const lineOf = lineFinder(text)
  return values.flatMap(({ value, path }) => (isSubscription(value) ? [{ file, lineOf, value, path }] : []))
}

function readItem({ file, lineOf, value, path }: Item): {
  readonly subscription?: SubscriptionDefinition
  readonly diagnostics: readonly Diagnostic[]
} {
  const read = readSubscription(value)
  const diagnose = (
    severity: Diagnostic['severity'],
    { message, remedy, pointer }: SchemaProblem,
  ): Diagnostic => {
    const place = [...path, ...(parsePointer(pointer) ?? [])]
    const excerpt = lineOf(place)
    const found = { severity, message, remedy, file, pointer: formatPointer(place) }
    return excerpt === undefined ? found : { ...found, excerpt }
  }
  const slips = misspeltFields(value, SUBSCRIPTION_FIELDS).map((slip) => diagnose('warning', slip))
  if (!read.ok)
    return { diagnostics: [...read.problems.map((problem) => diagnose('error', problem)), ...slips] }
  const origin = { file, pointer: formatPointer(path) }
  return { subscription: { subscription: read.subscription, origin }, diagnostics: slips }
}
