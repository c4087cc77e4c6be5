// What somebody who mistyped a word probably meant.

/**
 * The word that takes the fewest changes, if it takes few; undefined when none is near.
 *
 * @param limit - most letters to change
 */
export function nearestWord(
  typed: string,
  words: readonly string[],
  limit = Math.max(2, Math.floor(typed.length / 3)),
): string | undefined {
  const near = words
    .map((word) => ({ word, changes: changesBetween(typed.toLowerCase(), word.toLowerCase()) }))
    .filter(({ changes }) => changes <= limit)
  return near.sort((left, right) => left.changes - right.changes)[0]?.word
}

/** Letters to add, drop or replace (Levenshtein distance). */
function changesBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...right].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
