/**
 * Splits a path into an event, such as `order.'shop.id'`, into the names it passes through. Dots separate;
 * single quotes protect the dots between them; a backslash takes the next character as it is, inside
 * quotes too. An empty segment ends the path: what follows it is ignored.
 */
export function parsePropertyPath(path: string): string[] {
  const segments: string[] = []
  let segment = ''
  let quoted = false
  for (let index = 0; index < path.length; index += 1) {
    const character = path.charAt(index)
    if (character === '\\') {
      index += 1
      segment += path.charAt(index)
    } else if (character === "'") {
      quoted = !quoted
    } else if (character === '.' && !quoted) {
      if (segment === '') return segments
      segments.push(segment)
      segment = ''
    } else {
      segment += character
    }
  }
  return segment === '' ? segments : [...segments, segment]
}
