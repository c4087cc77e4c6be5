// What the generated code calls things, from the names of event types. No two event types share an exported name or a
// file, not even on a file system that ignores case.

import { camelCase, kebabCase, pascalCase, withoutRepetitions, wordsOf } from './words.ts'

/** The names that the module of one event type exports, and its file. */
export interface EventNames {
  /** The name of the event type on the wire. */
  readonly eventType: string
  /** The words that the names are made from. */
  readonly words: readonly string[]
  /** File name without extension. */
  readonly file: string
  /** The constant that describes the event type. */
  readonly constant: string
  /** The type of the payload, without metadata and envelope. */
  readonly payload: string
  /** The type of what a producer supplies. */
  readonly supplied: string
  /** The type of what a consumer receives. */
  readonly event: string
  readonly producer: string
  readonly consumer: string
  readonly validator: string
  readonly examples: string
}

/** Names that generated modules import or that the index exports itself. */
export const RESERVED_NAMES: readonly string[] = [
  'AnyEvent',
  'BusinessEvent',
  'Client',
  'ConsumerOptions',
  'DataChangeEvent',
  'Date',
  'createEventExamples',
  'EventConsumer',
  'EventExamples',
  'EventProducer',
  'EventTypeConstant',
  'EventValidator',
  'Events',
  'EventsConsumer',
  'NewBusinessEvent',
  'NewDataChangeEvent',
  'NewEvents',
  'Object',
  'ProducerOptions',
  'Temporal',
  'examples',
  'validators',
]

/** File names that are taken: the indexes, and devices of Windows. */
const RESERVED_FILES = /^(index|event-types|examples|validators|con|prn|aux|nul|com\d|lpt\d)$/

/** What is known about names before any is given. */
export interface NamingRules {
  /** The names of payload types from before, by event type: they stay. */
  readonly pinned?: { readonly [eventType: string]: string }
  /** Names of payload types that somebody chose, by event type. */
  readonly chosen?: { readonly [eventType: string]: string }
}

/**
 * Names every event type. Where two would get the same name, the one that sorts later gets a number; so the result does
 * not depend on the order of the input. Names from before go first: no new event type takes them.
 */
export function nameEventTypes(
  eventTypes: Iterable<string>,
  { pinned = {}, chosen = {} }: NamingRules = {},
): ReadonlyMap<string, EventNames> {
  const taken = new Set(RESERVED_NAMES)
  const files = new Set<string>()
  const result = new Map<string, EventNames>()
  const isFree = (names: EventNames): boolean =>
    !allNames(names).some((name) => taken.has(name)) &&
    !files.has(names.file) &&
    !RESERVED_FILES.test(names.file)
  const give = (names: EventNames): void => {
    for (const name of allNames(names)) taken.add(name)
    files.add(names.file)
    result.set(names.eventType, names)
  }
  const sorted = [...new Set(eventTypes)].sort()
  const wordsFor = (eventType: string): string[] =>
    identifying(
      Object.hasOwn(chosen, eventType)
        ? wordsOf(chosen[eventType] ?? '')
        : withoutRepetitions(wordsOf(eventType)),
    )
  for (const eventType of sorted) {
    const before = Object.hasOwn(pinned, eventType) ? pinned[eventType] : undefined
    const names = before === undefined ? undefined : namesCalled(before, eventType, wordsFor(eventType))
    if (names !== undefined && isFree(names)) give(names)
  }
  for (const eventType of sorted) {
    if (!result.has(eventType))
      give(firstFree((number) => namesOf(eventType, wordsFor(eventType), number), isFree))
  }
  return result
}

/** The broker lets no name begin with a digit, and none be without a letter, but a definition can say anything. */
function identifying(words: string[]): string[] {
  return /^[A-Za-z]/.test(words[0] ?? '') ? words : ['Event', ...words]
}

/** The names of an event type whose payload has a certain name; undefined when it would never get that one. */
function namesCalled(payload: string, eventType: string, words: readonly string[]): EventNames | undefined {
  const number = /^\d+$/.exec(payload.slice(pascalCase(words).length))?.[0] ?? '1'
  const names = namesOf(eventType, words, Number(number))
  return names.payload === payload ? names : undefined
}

/** Everything that the module of an event type exports beside the parts of its payload. */
export function exportedNames({
  constant,
  payload,
  supplied,
  event,
  producer,
  consumer,
}: EventNames): string[] {
  return [constant, payload, supplied, event, producer, consumer]
}

function allNames(names: EventNames): string[] {
  return [...exportedNames(names), names.validator, names.examples]
}

function firstFree(
  candidate: (number: number) => EventNames,
  isFree: (names: EventNames) => boolean,
): EventNames {
  for (let number = 1; ; number++) {
    const names = candidate(number)
    if (isFree(names)) return names
  }
}

function namesOf(eventType: string, words: readonly string[], number: number): EventNames {
  const suffix = number === 1 ? '' : String(number)
  const payload = `${pascalCase(words)}${suffix}`
  return {
    eventType,
    words: [...words, ...(suffix === '' ? [] : [suffix])],
    file: `${kebabCase(words)}${suffix === '' ? '' : `-${suffix}`}`,
    constant: `${camelCase(words)}${suffix}EventType`,
    payload,
    supplied: `New${payload}Event`,
    event: `${payload}Event`,
    producer: `${payload}Producer`,
    consumer: `${payload}Consumer`,
    validator: `${camelCase(words)}${suffix}Validator`,
    examples: `${camelCase(words)}${suffix}Examples`,
  }
}
