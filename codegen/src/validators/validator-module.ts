// The module that validates events of one event type. It stands apart from the types, because a program that only
// consumes need not load it.

import { definitionIndexOf, type LoadedDocument, type LoadedSchema } from '@rioni/event-types'
import type { EventTypeCategory } from '@rioni/protocol'
import type { EventNames } from '../event-names.ts'
import { banner } from '../modules/banner.ts'
import { RUNTIME } from '../modules/event-module.ts'
import { joinParts, namedList } from '../modules/source-text.ts'
import { nameInComment } from '../types/documentation.ts'
import { type StandaloneCheck, standaloneCheck } from './standalone-check.ts'

/** What the validator of an event type is printed from. */
export interface ValidatorModule {
  readonly check: StandaloneCheck
  readonly names: EventNames
  /** Whether events hold more than JSON, which is then written as JSON before it is checked. */
  readonly hasCodec: boolean
}

/** The check of whole events, from their effective schema. */
export function eventCheck(document: LoadedDocument, category: EventTypeCategory): StandaloneCheck {
  return standaloneCheck(category === 'undefined' ? document : withTime(document))
}

/** Prints the validator of an event type: one module that imports nothing but types. */
export function printValidatorModule(
  { check, names, hasCodec }: ValidatorModule,
  extension: '.js' | '.ts',
): string {
  return joinParts([
    // Compiled code is right without types, and not written to be read.
    [
      banner(names.eventType),
      '// @ts-nocheck',
      '/* eslint-disable */',
      '// biome-ignore-all lint: compiled code',
    ].join('\n'),
    [
      namedList('import type', ['EventValidator'], RUNTIME),
      namedList('import type', [names.supplied], `./${names.file}${extension}`),
    ].join('\n'),
    printValidator(names, check.name, hasCodec),
    ...check.statements,
  ])
}

function printValidator(names: EventNames, check: string, hasCodec: boolean): string {
  return [
    '/**',
    ` * Validates events of ${nameInComment(names.eventType)} as the broker does: against the effective schema, with complete metadata.`,
    ' * A Standard Schema (https://standardschema.dev).',
    ' */',
    `export const ${names.validator}: EventValidator<${names.supplied}> = {`,
    "  '~standard': {",
    '    version: 1,',
    "    vendor: 'rioni',",
    '    validate(value) {',
    '      try {',
    `        if (${check}(${hasCodec ? 'wireOf(value)' : 'value'})) return { value }`,
    `        return { issues: ${check}.errors.map(({ instancePath, message }) => ({ message, path: pathOf(instancePath) })) }`,
    '      } catch (error) {',
    "        const message = error instanceof RangeError ? 'the event is nested too deeply' : 'the event is not JSON'",
    '        return { issues: [{ message, path: [] }] }',
    '      }',
    '    },',
    '  },',
    '}',
    '',
    'function pathOf(pointer) {',
    "  return pointer.split('/').slice(1).map((segment) => segment.replace(/~1/g, '/').replace(/~0/g, '~'))",
    '}',
    ...(hasCodec ? WIRE_OF : []),
  ].join('\n')
}

/** What is published of a value, but for the last digits of large integers, which no schema asks for. */
const WIRE_OF = [
  '',
  'function wireOf(value) {',
  "  const text = JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? Number(member) : member))",
  '  return text === undefined ? value : JSON.parse(text)',
  '}',
]

/** The broker checks `occurred_at` on its own, after the schema. Here it is a format like others. */
function withTime(document: LoadedDocument): LoadedDocument {
  const definitions = [...document.definitions]
  const change = (schema: LoadedSchema, path: readonly string[]): LoadedSchema => {
    if (typeof schema === 'boolean') return schema
    if (schema.$ref !== undefined) {
      const index = definitionIndexOf(schema.$ref)
      definitions[index] = change(definitions[index] ?? true, path)
      return schema
    }
    const [name, ...rest] = path
    if (name === undefined) return { type: 'string', format: 'date-time' }
    const { properties = {} } = schema
    return { ...schema, properties: { ...properties, [name]: change(properties[name] ?? true, rest) } }
  }
  definitions[0] = change(definitions[0] ?? true, ['metadata', 'occurred_at'])
  return { ...document, definitions }
}
