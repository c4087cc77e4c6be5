/** One thing that is wrong with one field of a definition. */
export interface Violation {
  /** Path of the field in snake_case, such as `default_statistic.message_size`. */
  readonly field: string
  readonly message: string
}

/** One reason why a value does not follow a schema, with the reasons behind it. */
export interface SchemaViolation {
  /** Where in the value: `#`, `#/items/0/price`. */
  readonly pointer: string
  readonly text: string
  readonly causes: readonly SchemaViolation[]
}

/** A violation found at the value that is being looked at. */
export function violation(text: string, causes: readonly SchemaViolation[] = []): SchemaViolation {
  return { pointer: '#', text, causes }
}

/** Joins the violations of one schema: none, the only one, or one that names their number. */
export function joinViolations(violations: readonly SchemaViolation[]): SchemaViolation | undefined {
  if (violations.length <= 1) return violations[0]
  return violation(`${violationCount(violations)} schema violations found`, violations)
}

/**
 * Moves a violation of a member or item to the value that holds it. The broker's library escapes the name
 * once more at every level of causes (`~1` becomes `~01`), and so do these pointers.
 */
export function under(name: string, found: SchemaViolation): SchemaViolation {
  const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1')
  return {
    pointer: `#/${escaped}${found.pointer.slice(1)}`,
    text: found.text,
    causes: found.causes.map((cause) => under(escaped, cause)),
  }
}

/** The text that the broker answers: the violation and below it its causes, one a line, depth first. */
export function violationText(found: SchemaViolation): string {
  return [`${found.pointer}: ${found.text}`, ...found.causes.map(violationText)].join('\n')
}

/** The violations that have no further causes, in the order of the text. */
export function violationLeaves(found: SchemaViolation): readonly SchemaViolation[] {
  return found.causes.length === 0 ? [found] : found.causes.flatMap(violationLeaves)
}

function violationCount(violations: readonly SchemaViolation[]): number {
  return violations.reduce((sum, { causes }) => sum + Math.max(1, violationCount(causes)), 0)
}
