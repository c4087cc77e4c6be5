// The index: every event type by its exported names, and maps by event type name for code that is generic over them.

import { type EventNames, exportedNames } from '../event-names.ts'
import { propertyKey } from '../types/literals.ts'
import { banner } from './banner.ts'
import { RUNTIME } from './event-module.ts'
import { joinParts, namedList, sortNames } from './source-text.ts'

/**
 * Prints the index of all modules.
 *
 * @param extension - what relative imports end in
 */
export function printIndexModule(events: readonly EventNames[], extension: '.js' | '.ts'): string {
  const specifier = ({ file }: EventNames): string => `./${file}${extension}`
  const sorted = byFile(events)
  return joinParts([
    banner('the event types listed here'),
    [
      namedList('import', ['type Client', 'type ConsumerOptions', 'EventConsumer'], RUNTIME),
      ...sorted.map((names) => namedList('import', importedNames(names), specifier(names))),
    ].join('\n'),
    sorted.map((names) => namedList('export', reexportedNames(names), specifier(names))).join('\n'),
    printEvents(events),
    ANY_EVENT,
    printNewEvents(events),
    ...printMap(
      'eventTypes',
      'What is known of each event type, by its name.',
      events.map((names) => [names, names.constant]),
    ),
    ...printMap(
      'producers',
      'The producer class of each event type, by its name.',
      events.map((names) => [names, names.producer]),
    ),
    ...printMap(
      'consumers',
      'The consumer class of each event type, by its name.',
      events.map((names) => [names, names.consumer]),
    ),
    EVENTS_CONSUMER,
  ])
}

/** A kind of modules beside those of the types, with an index of its own for those who want them. */
export interface SideIndex {
  /** What the modules and the exported map are called. */
  readonly name: 'validators' | 'examples'
  /** What stands between the name of a file and its extension. */
  readonly infix: string
  readonly documentation: string
  nameOf(names: EventNames): string
}

/** The kinds there are. */
export const SIDE_INDEXES: Readonly<Record<SideIndex['name'], SideIndex>> = {
  validators: {
    name: 'validators',
    infix: 'validator',
    documentation: 'The validator of each event type, by its name.',
    nameOf: ({ validator }) => validator,
  },
  examples: {
    name: 'examples',
    infix: 'examples',
    documentation: 'Examples of each event type for tests, by its name.',
    nameOf: ({ examples }) => examples,
  },
}

/** The file of an event type's module of one kind. */
export function sideFile({ file }: EventNames, { infix }: SideIndex): string {
  return `${file}.${infix}.ts`
}

/**
 * Prints the index of one kind.
 *
 * @param extension - what relative imports end in
 */
export function printSideIndex(
  index: SideIndex,
  events: readonly EventNames[],
  extension: '.js' | '.ts',
): string {
  const { name, infix, documentation, nameOf } = index
  const specifier = ({ file }: EventNames): string => `./${file}.${infix}${extension}`
  const sorted = byFile(events)
  return joinParts([
    banner('the event types listed here'),
    sorted.map((names) => namedList('import', [nameOf(names)], specifier(names))).join('\n'),
    sorted.map((names) => namedList('export', [nameOf(names)], specifier(names))).join('\n'),
    ...printMap(
      name,
      documentation,
      events.map((names) => [names, nameOf(names)]),
    ),
  ])
}

/** In the order in which linters want modules: by their names, numbers by their size. Chosen names may have another. */
function byFile(events: readonly EventNames[]): readonly EventNames[] {
  return events
    .map((names) => ({
      names,
      key: names.file.replace(/\d+/g, (digits) => digits.padStart(LONGEST_NUMBER, '0')),
    }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ names }) => names)
}

/** Digits of numbers in names; longer ones are compared digit by digit. */
const LONGEST_NUMBER = 16

function importedNames({ constant, supplied, event, producer, consumer }: EventNames): string[] {
  return sortNames([constant, `type ${supplied}`, `type ${event}`, producer, consumer])
}

function reexportedNames(names: EventNames): string[] {
  const types = [names.payload, names.supplied, names.event]
  return sortNames(exportedNames(names).map((name) => (types.includes(name) ? `type ${name}` : name)))
}

function printEvents(events: readonly EventNames[]): string {
  return [
    '/** What a consumer receives, by the name of the event type. */',
    'export interface Events {',
    ...events.map((names) => `  readonly ${propertyKey(names.eventType)}: ${names.event}`),
    '}',
  ].join('\n')
}

const ANY_EVENT = '/** Any event that a consumer receives. */\nexport type AnyEvent = Events[keyof Events]'

function printNewEvents(events: readonly EventNames[]): string {
  return [
    '/** What a producer supplies, by the name of the event type. */',
    'export interface NewEvents {',
    ...events.map((names) => `  readonly ${propertyKey(names.eventType)}: ${names.supplied}`),
    '}',
  ].join('\n')
}

/** A map with its type written out, as `isolatedDeclarations` asks for. */
function printMap(
  name: string,
  documentation: string,
  entries: readonly (readonly [EventNames, string])[],
): string[] {
  return [
    [
      `/** ${documentation} */`,
      `export const ${name}: {`,
      ...entries.map(([{ eventType }, value]) => `  readonly ${propertyKey(eventType)}: typeof ${value}`),
      '} = {',
      ...entries.map(([{ eventType }, value]) => `  ${propertyKey(eventType)}: ${value},`),
      '}',
    ].join('\n'),
  ]
}

const EVENTS_CONSUMER = [
  '/** Consumes events of all event types from one subscription; `eventType` of a batch tells them apart. */',
  'export class EventsConsumer extends EventConsumer<Events> {',
  '  constructor(client: Client, options: ConsumerOptions) {',
  '    super(client, Object.values(eventTypes), options)',
  '  }',
  '}',
].join('\n')
