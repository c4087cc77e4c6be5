/**
 * Makes text from elsewhere (a broker's answer, a file name) fit for one line of a terminal: control characters,
 * which could move the cursor, recolour the screen or fake further lines, become visible `\uXXXX` escapes.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0')
    return `\\u${code}`
  })
}
