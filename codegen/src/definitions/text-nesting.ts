// How deep a text of JSON or YAML is nested, at most, without parsing it. The YAML parser follows nesting on the stack,
// and where the stack ends while a regular expression is being compiled, V8 ends the process instead of throwing.

/** Levels that are given to the YAML parser. No schema that is accepted has more than some hundreds. */
const MAX_LEVELS = 1_000

/** True for a text that must not be parsed as YAML. Brackets within strings count, too. */
export function isNestedTooDeep(text: string): boolean {
  return deepestBracket(text) > MAX_LEVELS || NESTED_LISTS.test(text) || DEEP_INDENTATION.test(text)
}

/** Lists in lists may begin on one line: `- - - 1`. */
const NESTED_LISTS = new RegExp(`([-?:][ \\t]+){${MAX_LEVELS}}`)

const DEEP_INDENTATION = new RegExp(`^[ \\t]{${MAX_LEVELS}}`, 'm')

function deepestBracket(text: string): number {
  let level = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '{' || character === '[') {
      level += 1
      if (level > deepest) deepest = level
    } else if (character === '}' || character === ']') level -= 1
  }
  return deepest
}
