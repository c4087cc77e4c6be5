// JSON and YAML to values, within bounds. A file is input from anywhere: it may be malformed, or made to exhaust memory.

import { parseDocument } from 'yaml'
import { errorText } from '../error-text.ts'
import { lineAt } from './source-line.ts'
import { isNestedTooDeep } from './text-nesting.ts'

/** The value of a text, or why there is none. */
export type ParsedText =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false
      readonly problem: { readonly message: string; readonly remedy: string; readonly excerpt?: string }
    }

/** Values that the aliases of a YAML file may stand for in all. Real files have a handful; bombs have billions. */
const MAX_ALIASED_VALUES = 100

/** Parses a file by the extension of its name: `.json`, else YAML. */
export function parseText(file: string, text: string): ParsedText {
  return file.endsWith('.json') ? parseJson(text) : parseYaml(text)
}

function parseJson(text: string): ParsedText {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  try {
    return { ok: true, value: JSON.parse(json) }
  } catch (error) {
    const message = errorText(error)
    const position = /position (\d+)/.exec(message)?.[1]
    const excerpt = lineAt(json, position === undefined ? json.length : Number(position))
    return {
      ok: false,
      problem: { message: `the file is not JSON: ${message}`, remedy: 'Correct the syntax.', excerpt },
    }
  }
}

function parseYaml(text: string): ParsedText {
  if (isNestedTooDeep(text)) return { ok: false, problem: TOO_DEEP }
  try {
    // Only what JSON can say: no custom tags, no merge keys, every key a string.
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'error', resolveKnownTags: false })
    const [error] = document.errors
    if (error === undefined) {
      return { ok: true, value: document.toJS({ maxAliasCount: MAX_ALIASED_VALUES }) }
    }
    const message = `the file is not YAML: ${error.message}`
    const excerpt = lineAt(text, error.pos[0])
    return { ok: false, problem: { message, remedy: 'Correct the syntax; one document per file.', excerpt } }
  } catch (error) {
    // The parser answers a bomb of aliases with an exception, and so does the stack when nesting never ends.
    const remedy = 'Write the definition with less nesting and without aliases that multiply.'
    return { ok: false, problem: { message: `the file cannot be read as YAML: ${errorText(error)}`, remedy } }
  }
}

const TOO_DEEP = { message: 'the file is nested too deep', remedy: 'Write the definition with less nesting.' }
