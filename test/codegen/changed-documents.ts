/**
 * Documents that differ from one in a single place and in their structure: without a property, with one more, with
 * another type, with `null`.
 */
export function changedDocuments(document: unknown): readonly unknown[] {
  return variantsOf(document).slice(0, MAX_DOCUMENTS)
}

const MAX_DOCUMENTS = 200

function variantsOf(value: unknown): unknown[] {
  const others = [typeof value === 'string' ? 1 : 'text', ...(value === null ? [] : [null])]
  if (Array.isArray(value)) {
    const [first] = value
    const inner = value.length === 0 ? [] : variantsOf(first).map((variant) => [variant, ...value.slice(1)])
    return [...others, ...inner]
  }
  if (typeof value !== 'object' || value === null) return others
  const entries = Object.entries(value)
  return [
    ...others,
    { ...value, unexpected_property: 1 },
    ...entries.map(([dropped]) => Object.fromEntries(entries.filter(([name]) => name !== dropped))),
    ...entries.flatMap(([name, member]) =>
      variantsOf(member).map((variant) => ({ ...value, [name]: variant })),
    ),
  ]
}
