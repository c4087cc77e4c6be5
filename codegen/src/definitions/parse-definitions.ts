// The text of a definition file to event types. A pure function; `load-definitions.ts` reads the files.

import type { Diagnostic } from '../diagnostic.ts'
import { parsePointer } from '../schema/json-pointer.ts'
import type { SchemaProblem } from '../schema/schema-problem.ts'
import type { EventTypeDefinition } from './event-type-definition.ts'
import { parseText } from './parse-text.ts'
import { readDefinition } from './read-definition.ts'
import { lineOf } from './source-line.ts'

/** What definition files hold. */
export interface LoadResult {
  /** In the order of the files' paths. */
  readonly definitions: readonly EventTypeDefinition[]
  /** What is wrong with files; the definitions beside it are there all the same. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads the event types of one file.
 *
 * @param file - path of the file, which tells JSON from YAML and appears in diagnostics
 */
export function parseDefinitions(file: string, text: string): LoadResult {
  const parsed = parseText(file, text)
  if (!parsed.ok) return { definitions: [], diagnostics: [{ severity: 'error', file, ...parsed.problem }] }
  const { value } = parsed
  const items = Array.isArray(value)
    ? value.map((item, index) => ({ item, pointer: `/${index}` }))
    : [{ item: value, pointer: '' }]
  const definitions: EventTypeDefinition[] = []
  const diagnostics: Diagnostic[] = []
  for (const { item, pointer } of items) {
    const read = readDefinition(item)
    if (read.ok) {
      const { ok: _, schemaPointer, ...definition } = read
      definitions.push({ ...definition, origin: { file, schemaPointer: `${pointer}${schemaPointer}` } })
    } else {
      diagnostics.push(...read.problems.map((problem) => toDiagnostic(problem, { file, text, pointer })))
    }
  }
  return { definitions, diagnostics }
}

function toDiagnostic(
  { message, remedy, pointer }: SchemaProblem,
  item: { readonly file: string; readonly text: string; readonly pointer: string },
): Diagnostic {
  const full = `${item.pointer}${pointer}`
  const excerpt = lineOf(item.text, parsePointer(full) ?? [])
  return {
    severity: 'error',
    message,
    remedy,
    file: item.file,
    pointer: full,
    ...(excerpt === undefined ? {} : { excerpt }),
  }
}
