import { isJsonWhitespace, skipString } from './json-scan.ts'

/**
 * Removes the whitespace between the tokens of a JSON text. Strings, numbers and the order of members
 * stay as they were written: `{"a": 1.10}` becomes `{"a":1.10}`. The broker stores events so.
 *
 * @param text JSON text that `JSON.parse` accepts.
 */
export function compactJson(text: string): string {
  let compact = ''
  let keptFrom = 0
  let position = 0
  while (position < text.length) {
    const code = text.charCodeAt(position)
    if (code === 0x22) {
      position = skipString(text, position)
      continue
    }
    if (isJsonWhitespace(code)) {
      compact += text.slice(keptFrom, position)
      keptFrom = position + 1
    }
    position += 1
  }
  return keptFrom === 0 ? text : compact + text.slice(keptFrom)
}
