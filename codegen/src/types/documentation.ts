// JSDoc from descriptions. The text of a schema is data: nothing of it may end the comment, and nothing may look like
// a tag or a directive to a compiler.

import type { SchemaNode } from '../schema/json-schema.ts'
import { knownValues } from '../schema/known-values.ts'
import { identifierWordsOf } from '../words.ts'

/** What a schema says about a thing to a human reader. */
export interface Documentation {
  readonly description?: string
  readonly deprecated?: true
  /** A format that TypeScript cannot express, such as `date-time`. */
  readonly format?: string
  /** The values that are known so far of an enumeration that may grow. */
  readonly known?: readonly string[]
}

/** Longest line of a comment, without indentation and ` * `. */
const LINE_WIDTH = 100

/**
 * Reads the annotations of a schema. A title stands in for a description that is missing, unless it says the name again.
 *
 * @param name - what the schema describes
 */
export function documentationOf(node: SchemaNode, name = ''): Documentation {
  const { deprecated, format } = node
  const title = isText(node['title']) && !isSame(node['title'], name) ? node['title'] : undefined
  const description = isText(node['description']) ? node['description'] : title
  const known = knownValues(node)
  const isFormat = typeof format === 'string' && /^[A-Za-z0-9-]+$/.test(format)
  return {
    ...(description === undefined ? {} : { description }),
    ...(known === undefined ? {} : { known }),
    ...(deprecated === true ? { deprecated } : {}),
    ...(isFormat ? { format } : {}),
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isSame(title: string, name: string): boolean {
  const letters = (text: string): string => identifierWordsOf(text).join('').toLowerCase()
  return letters(title) === letters(name)
}

/** Writes a documentation comment as lines; no line when there is nothing to say. */
export function commentLines(documentation: Documentation): string[] {
  const { description, known, deprecated, format } = documentation
  const lines = description === undefined ? [] : textLines(description)
  if (known !== undefined) lines.push(...textLines(knownText(known)))
  if (deprecated) lines.push('@deprecated')
  if (format !== undefined) lines.push(`@format ${format}`)
  const [first] = lines
  if (first === undefined) return []
  if (lines.length === 1) return [`/** ${first} */`]
  return ['/**', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */']
}

function knownText(values: readonly string[]): string {
  return `Known values: ${values.map((value) => JSON.stringify(value)).join(', ')}. There may be others.`
}

/** Line ends of every kind, the Unicode ones included. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/** Control characters, and those that make text read in another order than it is stored. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu

/** A line that is printed as it is, unless it looks like a tag. */
const SHORT_LINE = new RegExp(`^[ -~]{1,${LINE_WIDTH}}$`)

function textLines(text: string): string[] {
  const trimmed = text.trim()
  if (SHORT_LINE.test(trimmed)) return [inert(trimmed)]
  const given = trimmed
    .split(LINE_END)
    .map((line) => line.replaceAll('\t', ' ').replace(INVISIBLE, '').trimEnd())
  const lines = sentences(given).flatMap(wrap).map(inert)
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '')
}

/** A line that is too long goes on in the next one where a sentence does: broken by itself it would leave a short end. */
function sentences(lines: readonly string[]): string[] {
  const joined: string[] = []
  for (const line of lines) {
    const before = joined.at(-1)
    if (before !== undefined && before.length > LINE_WIDTH && /^\p{Ll}/u.test(line)) {
      joined[joined.length - 1] = `${before} ${line}`
    } else joined.push(line)
  }
  return joined
}

/** Breaks a line between words. A word that is too long stays whole: it is most likely an address. */
function wrap(line: string): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`
    if (longer.length <= LINE_WIDTH || current === '') {
      current = longer
    } else {
      lines.push(current)
      current = word
    }
  }
  return [...lines, current]
}

/**
 * Writes a name where a comment mentions it. The broker would refuse names that need this, but it is not asked when code
 * is generated from a file.
 */
export function nameInComment(name: string): string {
  return name
    .replace(INVISIBLE, '')
    .replace(/[\u2028\u2029]/g, '')
    .replaceAll('*/', '*\\/')
    .replaceAll('-->', '--\\>')
}

/** Keeps a line from closing the comment, and from beginning with what a compiler reads as a tag or a directive. */
function inert(line: string): string {
  return line.replaceAll('*/', '*\\/').replace(/^([\s/*]*)@/, '$1\\@')
}
