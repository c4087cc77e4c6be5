// Whether a document differs from valid ones in what types can say, in the broker's words.

/** Another type, a property too few or too many, another literal. */
const STRUCTURAL =
  /^#\S*: (?:required key \[|extraneous key \[|expected type: (?!Integer, found: (?:Double|BigDecimal)))|is not a valid enum value$/

/** What the broker says of several reasons, which follow line by line. */
const SUMMARY = /: (?:#: .*subschemas?\b.*|\d+ schema violations found)$/

/**
 * Whether types can refuse what breaks a schema. Where no alternative fits, each has to be out of the question for a
 * type: one that is missed by a range or a fraction alone is what the document fits, as far as types can tell.
 */
export function isStructural(violation: string): boolean {
  if (!STRUCTURAL.test(violation)) return false
  const lines = violation.split('\n')
  return lines.every((line) => STRUCTURAL.test(line) || SUMMARY.test(line))
}
