import type { ServerResponse } from 'node:http'

/** Names that are not just capitalized words. */
const SPECIAL: Readonly<Record<string, string>> = {
  'www-authenticate': 'WWW-Authenticate',
  'x-nakadi-streamid': 'X-Nakadi-StreamId',
}

/**
 * Gives a response its headers, with names as Nakadi writes them. They mean the same in any case (RFC 9110, 5.1),
 * but not every client looks for them that way, and the fetch API knows only small letters.
 */
export function setHeaders(outgoing: ServerResponse, headers: Headers): void {
  for (const [name, value] of headers) outgoing.setHeader(SPECIAL[name] ?? capitalized(name), value)
}

/** `content-type` as `Content-Type`. */
function capitalized(name: string): string {
  return name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase())
}
