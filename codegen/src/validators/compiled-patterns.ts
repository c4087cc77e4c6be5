// Patterns that were compiled. An event type is loaded several times, and the same patterns stand in many event types.

import type { LoadedDocument } from '@rioni/event-types'

/** Patterns that are kept at most. */
const MAX_KEPT = 2_000

const kept = new Map<string, CompiledPattern>()

type CompiledPattern = LoadedDocument['patterns'] extends ReadonlyMap<string, infer Value> ? Value : never

/** The patterns that are known. */
export const compiledPatterns: LoadedDocument['patterns'] = kept

/** Remembers the patterns of a document, which is returned. */
export function withPatternsKept<Document extends Pick<LoadedDocument, 'patterns'>>(
  document: Document,
): Document {
  if (kept.size > MAX_KEPT) kept.clear()
  for (const [text, pattern] of document.patterns) kept.set(text, pattern)
  return document
}
