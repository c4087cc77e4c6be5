// What the example prints while it works: numbered steps and, at the end, a table. Plain text, no colour.

/** Prints the heading of a step and returns what prints a line below it. */
export function step(number: number, title: string): (line: string) => void {
  console.log(`\n${number}. ${title}`)
  return (line) => console.log(`   ${line}`)
}

/** A table of two columns, names to the left, values aligned to the right. */
export function table(rows: Readonly<Record<string, string | number>>): string {
  const entries = Object.entries(rows).map(([name, value]) => [name, String(value)] as const)
  const nameWidth = Math.max(...entries.map(([name]) => name.length))
  const valueWidth = Math.max(...entries.map(([, value]) => value.length))
  const rule = `+-${'-'.repeat(nameWidth)}-+-${'-'.repeat(valueWidth)}-+`
  const lines = entries.map(
    ([name, value]) => `| ${name.padEnd(nameWidth)} | ${value.padStart(valueWidth)} |`,
  )
  return [rule, ...lines, rule].join('\n')
}
