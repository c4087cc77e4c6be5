import type { ExampleFormat, ExampleRecipe } from '@rioni/client/codegen-v1'
import type { SchemaNode } from '@rioni/event-types'
import fc from 'fast-check'
import { nativePattern } from '../validators/native-pattern.ts'
import { highestOf, lowestOf } from './bounds.ts'
import { withPrintableClasses } from './printable-classes.ts'
import { FORMATS_BY_PATTERN } from './unchecked-formats.ts'
import { withinTime } from './within-time.ts'

/** The formats that the broker checks, and what recipes call them. */
const FORMATS: ReadonlyMap<string, ExampleFormat> = new Map([
  ['date-time', 'date-time'],
  ['email', 'email'],
  ['hostname', 'hostname'],
  ['ipv4', 'ipv4'],
  ['ipv6', 'ipv6'],
  ['uri', 'uri'],
  ['uri-reference', 'uri'],
])

const CURRENCIES = ['EUR', 'GBP', 'SEK', 'CHF', 'PLN']

/** Length that texts have where nothing is said about it. */
const USUAL_LENGTH = 8
/** Longer texts are not made up, however long a schema asks them to be. */
const MAX_LEAST = 10_000

/** How many texts of a pattern are kept to choose from. */
const KEPT_TEXTS = 5
/** How many are tried. */
const TRIED_TEXTS = 200
/** Any number does, as long as it stays the same: the same schema gives the same code. */
const SEED = 1

/** A recipe for texts that follow all of some nodes; undefined when none could be found. */
export function textRecipe(nodes: readonly SchemaNode[]): ExampleRecipe | undefined {
  const least = highestOf('minLength', nodes, 0)
  const most = lowestOf('maxLength', nodes)
  if (least > most || least > MAX_LEAST) return undefined
  const patterns = [...new Set(nodes.flatMap(({ pattern }) => pattern ?? []))]
  const known = patterns.length === 1 ? FORMATS_BY_PATTERN.get(patterns[0] ?? '') : undefined
  if (known !== undefined && known.length >= least && known.length <= most) return known.recipe
  if (patterns.length > 0) return textsOf(patterns, { least, most })
  const format = nodes.find((node) => node.format !== undefined)?.format
  if (format?.toLowerCase() === 'iso-4217') return { pick: CURRENCIES }
  const checked = format === undefined ? undefined : FORMATS.get(format)
  if (checked !== undefined) return { format: checked }
  return { text: [Math.max(least, Math.min(most, 1)), Math.max(least, Math.min(most, USUAL_LENGTH))] }
}

interface TextLength {
  readonly least: number
  readonly most: number
}

/** The same few patterns stand in most schemas of a registry, and it takes milliseconds to find texts. */
const found = new Map<string, ExampleRecipe | undefined>()
const MAX_FOUND = 1_000

function textsOf(patterns: readonly string[], length: TextLength): ExampleRecipe | undefined {
  const key = JSON.stringify([patterns, length.least, length.most])
  if (!found.has(key)) {
    if (found.size >= MAX_FOUND) found.clear()
    found.set(key, findTexts(patterns, length))
  }
  return found.get(key)
}

/** Texts that all patterns are found in, made from the first one. */
function findTexts(patterns: readonly string[], { least, most }: TextLength): ExampleRecipe | undefined {
  const sources = patterns.map(nativePattern)
  if (sources.includes(undefined)) return undefined
  const [first, ...others] = sources.map((source) => new RegExp(source ?? '', 'u'))
  const printable = withPrintableClasses(sources[0] ?? '')
  if (first === undefined || printable === undefined) return undefined
  const shape = new RegExp(printable, 'u')
  const texts = attempt(() =>
    fc.sample(fc.stringMatching(shape, { maxLength: Math.min(most, MAX_LENGTH) }), {
      numRuns: TRIED_TEXTS,
      seed: SEED,
    }),
  )
  const fitting = [...new Set(texts)].filter((text) => {
    const length = [...text].length
    return (
      length >= least && length <= most && others.every((pattern) => pattern.test(text)) && first.test(text)
    )
  })
  // Short ones are easier to read.
  const pick = fitting
    .sort((left, right) => left.length - right.length || (left < right ? -1 : 1))
    .slice(0, KEPT_TEXTS)
  return pick.length === 0 ? undefined : { pick }
}

const MAX_LENGTH = 200

/** Assertions are beyond what patterns can be turned around by. */
function attempt(sample: () => readonly string[]): readonly string[] {
  try {
    return withinTime(sample) ?? []
  } catch {
    return []
  }
}
