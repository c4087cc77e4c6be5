// The text of a module as tokens, without its comments.

/** Tokens, and which of them comes next. */
export interface Tokens {
  readonly list: readonly string[]
  next: number
}

/** Why a type is not read. */
export class UnreadableType extends Error {}

const COMMENT_OR_TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_$\u0080-\uFFFF][\w$\u0080-\uFFFF]*|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\.\.|[^\s])/g

/** Splits a text. */
export function tokensOf(text: string): Tokens {
  const list: string[] = []
  for (const [, token] of text.matchAll(COMMENT_OR_TOKEN)) if (token !== undefined) list.push(token)
  return { list, next: 0 }
}

/** Whether a certain token is the next one. */
export function nextIs({ list, next }: Tokens, token: string): boolean {
  return list[next] === token
}

/** Takes the next token if it is a certain one, and says whether it was. */
export function takeIf(tokens: Tokens, token: string): boolean {
  if (!nextIs(tokens, token)) return false
  tokens.next += 1
  return true
}

/**
 * Takes the next token.
 *
 * @param expected - the one that it has to be; any when absent
 * @throws UnreadableType when there is none, or another
 */
export function take(tokens: Tokens, expected?: string): string {
  const token = tokens.list[tokens.next]
  if (token === undefined || (expected !== undefined && token !== expected)) throw new UnreadableType()
  tokens.next += 1
  return token
}
