// Text of schemas as Markdown: it is shown as it is, whatever it says, and can neither end a table nor become HTML or a link.

/** Line ends, and characters that are not seen or change the direction of what is. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu

/** Text within a line. */
export function inlineText(text: string): string {
  return text
    .replace(INVISIBLE, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~&]/g, '\\$&')
}

/** Text of several paragraphs. */
export function paragraphs(text: string): string {
  return (
    text
      .split(/\r?\n\s*\r?\n/)
      .map((paragraph) => inlineText(paragraph))
      .filter((paragraph) => paragraph !== '')
      // At the beginning of a line they would make it a list.
      .map((paragraph) => paragraph.replace(/^(\d*)([-+.)=#])/, '$1\\$2'))
      .join('\n\n')
  )
}

/** A piece of code within a line of a table. */
export function codeText(text: string): string {
  const plain = text.replace(INVISIBLE, ' ').replaceAll('|', '\\|')
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`
}

/** Lines of code. */
export function codeBlock(language: string, code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${code}\n${fence}`
}

/** A table of cells that are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
