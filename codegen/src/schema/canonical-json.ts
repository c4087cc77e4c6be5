// One form for all spellings of a JSON document. Generated code depends on this form alone, so the order in which
// somebody happened to write the keys of a schema never shows in a diff.

/** Copies a JSON value with the keys of every object sorted by code unit. Needs a value of bounded depth. */
export function canonicalJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonicalJson)
  if (typeof value !== 'object' || value === null) return value
  // `fromEntries` defines own properties, so that a key called `__proto__` stays a key.
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => [key, canonicalJson(member)]),
  )
}
