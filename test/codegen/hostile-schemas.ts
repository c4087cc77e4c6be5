// Schemas whose every text wants to be code.

import type { NewEventType } from '@rioni/protocol'
import fc from 'fast-check'

/** What would run, and be seen to have run. */
const RUN = 'globalThis.ran=1'

const BREAKOUTS = [
  `*/${RUN};/*`,
  `*\\/*/${RUN};/*`,
  `'+(${RUN})+'`,
  `"+(${RUN})+"`,
  `\`+(${RUN})+\``,
  `\${${RUN}}`,
  `\\';${RUN};//`,
  `\n${RUN}\n`,
  `\r\n${RUN};//`,
  `\u2028${RUN}\u2029`,
  `]:1};${RUN};({`,
  `</script><script>${RUN}</script>`,
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'default',
  'await',
  '@ts-ignore',
  '\u202e\u0000\ud800',
]

/** Texts that end what they stand in, one after the other. */
const text = fc.oneof(
  fc.constantFrom(...BREAKOUTS),
  fc
    .array(fc.constantFrom(...BREAKOUTS, 'x', ' ', '/', '*'), { maxLength: 4 })
    .map((parts) => parts.join('')),
)

/** The same as a pattern that the broker takes: escaped, so that it is looked for as it stands. */
const pattern = text.map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/[\ud800\0]/g, ''))

/** Event types with names and schemas of strangers. */
export const hostileEventTypes: fc.Arbitrary<NewEventType[]> = fc
  .uniqueArray(fc.tuple(eventTypeNames(), schemas()), {
    minLength: 25,
    maxLength: 25,
    selector: ([name]) => name,
  })
  .map((all) =>
    all.map(([name, schema], index) => ({
      name,
      owning_application: 'stranger',
      category: (['business', 'data', 'undefined'] as const)[index % 3] ?? 'business',
      ...(index % 3 === 2 ? {} : { enrichment_strategies: ['metadata_enrichment'] }),
      schema: { type: 'json_schema', schema: JSON.stringify({ ...schema, type: 'object' }) },
    })),
  )

function eventTypeNames(): fc.Arbitrary<string> {
  const way = fc.constantFrom('../', '..\\', '/', './', '%2e%2e/', '~/', 'C:', 'con', '.', '-')
  return fc
    .tuple(fc.array(way, { maxLength: 3 }), text, fc.nat(999))
    .map(([ways, end, number]) => `${ways.join('')}${end}${number}`)
}

function schemas(): fc.Arbitrary<Record<string, unknown>> {
  return fc.letrec<{ schema: Record<string, unknown> }>((tie) => {
    const map = fc
      .array(fc.tuple(text, tie('schema')), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries))
    const annotations = fc.record(
      {
        $id: text,
        $comment: text,
        title: text,
        description: text,
        format: text,
        tsType: text,
        tsEnumNames: fc.array(text, { maxLength: 2 }),
        deprecated: fc.oneof(fc.boolean(), text),
        examples: fc.array(text, { maxLength: 2 }),
        default: text,
      },
      { requiredKeys: [] },
    )
    const content = fc.oneof(
      { maxDepth: 3 },
      fc.constant({ type: 'string' }),
      fc.record({ type: fc.constant('string'), pattern }),
      fc.record({
        enum: fc.array(fc.oneof(text, fc.record({ [BREAKOUTS[0] ?? '']: text })), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
      fc.record({ const: text }),
      fc.record(
        {
          type: fc.constant('object'),
          properties: map,
          required: fc.uniqueArray(text, { maxLength: 3 }),
          additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
          patternProperties: fc.tuple(pattern, tie('schema')).map((entry) => Object.fromEntries([entry])),
          definitions: map,
        },
        { requiredKeys: ['type', 'properties'] },
      ),
      fc.record({
        type: fc.constant('array'),
        items: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      }),
      fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    )
    return { schema: fc.tuple(annotations, content).map(([about, what]) => ({ ...about, ...what })) }
  }).schema
}
