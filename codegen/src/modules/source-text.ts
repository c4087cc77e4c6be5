// The few shapes of source text that generated modules are made of. Whatever goes in has been made safe before: names
// come from `words.ts`, strings from `stringLiteral`.

/** Longest line. */
export const LINE_WIDTH = 110

/** Writes `import { a, b } from 'x'`, `import type` or `export` of the same form, one name per line where they do not fit on one. */
export function namedList(
  keyword: 'import' | 'import type' | 'export',
  names: readonly string[],
  specifier: string,
): string {
  const line = `${keyword} { ${names.join(', ')} } from '${specifier}'`
  if (line.length <= LINE_WIDTH) return line
  return `${keyword} {\n${names.map((name) => `  ${name},\n`).join('')}} from '${specifier}'`
}

/** Sorts names the way biome does: by the name, without the `type` before it, letter by letter, the upper case first. */
export function sortNames(names: readonly string[]): string[] {
  return [...names].sort((left, right) => compareNames(left.replace('type ', ''), right.replace('type ', '')))
}

function compareNames(left: string, right: string): number {
  let same = 0
  while (same < left.length && left[same] === right[same]) same += 1
  const [a, b] = [left.charAt(same), right.charAt(same)]
  const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()]
  if (lowerA !== lowerB) return lowerA < lowerB ? -1 : 1
  return a < b ? -1 : 1
}

/** Joins the parts of a module with empty lines between them. */
export function joinParts(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}
