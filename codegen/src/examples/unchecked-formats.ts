import type { ExampleRecipe } from '@rioni/client/codegen-v1'

/** What texts of a format look like, and how to make one. */
interface UncheckedFormat {
  readonly pattern: string
  readonly length: number
  readonly recipe: ExampleRecipe
}

function listed(...values: readonly string[]): UncheckedFormat {
  return { pattern: `^(?:${values.join('|')})$`, length: values[0]?.length ?? 0, recipe: { pick: values } }
}

/** Formats of texts that the broker does not check. People read examples all the same, and codecs read dates. */
export const UNCHECKED_FORMATS: ReadonlyMap<string, UncheckedFormat> = new Map([
  [
    'date',
    { pattern: '^2026-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])$', length: 10, recipe: { format: 'date' } },
  ],
  [
    'uuid',
    {
      pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$',
      length: 36,
      recipe: { format: 'uuid' },
    },
  ],
  ['time', listed('08:30:00Z', '17:45:00Z', '23:05:12Z')],
  ['iso-639-1', listed('de', 'en', 'fr', 'pl', 'sv')],
  ['iso-3166-alpha-2', listed('DE', 'FR', 'GB', 'PL', 'SE')],
])

/** The same by pattern, as it stands in a schema that asks for it. */
export const FORMATS_BY_PATTERN: ReadonlyMap<string, UncheckedFormat> = new Map(
  [...UNCHECKED_FORMATS.values()].map((format) => [format.pattern, format]),
)
