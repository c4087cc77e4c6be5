// Where something stands in the text of a file, for a human to find it.

import { type Document, isNode, parseDocument } from 'yaml'
import { isNestedTooDeep } from './text-nesting.ts'

/** Characters of a line that are shown. */
const MAX_LENGTH = 120

/** The line at an offset with its number, such as `12 | category: busines`. */
export function lineAt(text: string, offset: number): string {
  return lineReader(text)(offset)
}

/** The same for many offsets of one text, which is split once. */
function lineReader(text: string): (offset: number) => string {
  const lines = text.split('\n')
  let start = 0
  const starts = lines.map((line) => {
    const here = start
    start += line.length + 1
    return here
  })
  return (offset) => {
    const next = starts.findIndex((each) => each > offset)
    const number = next < 0 ? lines.length : next
    const line = (lines[number - 1] ?? '').trim()
    return `${number} | ${line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}...` : line}`
  }
}

/** Finds the line of the value that a path leads to or, where the path ends too early, of what is nearest above it. */
export type LineFinder = (path: readonly string[]) => string | undefined

/** Makes the finder for a text, which is parsed when the first line is asked for, and once. */
export function lineFinder(text: string): LineFinder {
  let known:
    | { readonly document: Document.Parsed | undefined; readonly read: (offset: number) => string }
    | undefined
  return (path) => {
    known ??= { document: parse(text), read: lineReader(text) }
    const { document, read } = known
    if (document === undefined) return undefined
    for (let length = path.length; length > 0; length--) {
      const node = nodeAt(document, path.slice(0, length))
      if (isNode(node) && node.range) return read(node.range[0])
    }
    return read(document.contents?.range?.[0] ?? 0)
  }
}

/** JSON is YAML too, and this parser knows where things are. */
function parse(text: string): Document.Parsed | undefined {
  if (isNestedTooDeep(text)) return undefined
  try {
    return parseDocument(text, { prettyErrors: false, logLevel: 'error' })
  } catch {
    return undefined
  }
}

function nodeAt(document: Document.Parsed, path: readonly string[]): unknown {
  try {
    return document.getIn(path, true)
  } catch {
    return undefined
  }
}
