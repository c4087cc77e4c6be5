// Where something stands in the text of a file, for a human to find it.

import { type Document, isNode, parseDocument } from 'yaml'
import { isNestedTooDeep } from './text-nesting.ts'

/** Characters of a line that are shown. */
const MAX_LENGTH = 120

/** The line at an offset with its number, such as `12 | category: busines`. */
export function lineAt(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  const line = (text.split('\n')[before.length - 1] ?? '').trim()
  return `${before.length} | ${line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}...` : line}`
}

/** The line of the value that a path leads to or, where the path ends too early, of what is nearest above it. */
export function lineOf(text: string, path: readonly string[]): string | undefined {
  return lineFinder(text)(path)
}

/** The same for many values of one text, which is parsed once. */
export function lineFinder(text: string): (path: readonly string[]) => string | undefined {
  const document = parse(text)
  return (path) => {
    if (document === undefined) return undefined
    for (let length = path.length; length > 0; length--) {
      const node = nodeAt(document, path.slice(0, length))
      if (isNode(node) && node.range) return lineAt(text, node.range[0])
    }
    return lineAt(text, document.contents?.range?.[0] ?? 0)
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
