import { MAX_INTEGER } from './read-fields.ts'

/** An integer of a query; undefined when it is none. An empty one counts as absent. */
export function readInteger(
  parameters: URLSearchParams,
  name: string,
  otherwise: number,
): number | undefined {
  const text = parameters.get(name)
  if (text === null || text === '') return otherwise
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
  return Math.abs(number) <= MAX_INTEGER ? number : undefined
}

/** The words that Nakadi's framework takes for yes and no, in any case. */
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['on', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['off', false],
  ['no', false],
  ['0', false],
  ['', false],
])

/** A yes or no of a query; undefined when it is neither. What is absent or empty is a no. */
export function readBoolean(parameters: URLSearchParams, name: string): boolean | undefined {
  return WORDS.get((parameters.get(name) ?? '').trim().toLowerCase())
}
