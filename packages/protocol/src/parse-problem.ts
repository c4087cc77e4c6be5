import type { Problem } from './problem.ts'
import { reasonPhrase } from './reason-phrase.ts'

/** A response that is not a success, with its body read as text. */
export interface ErrorResponse {
  readonly status: number
  /** Value of the `Content-Type` header, if there is one. */
  readonly contentType?: string | null | undefined
  /** Empty when there is none. */
  readonly body: string
}

/** Longest body, in UTF-16 units, that is read as a JSON document. A longer one is quoted in part. */
const MAX_DOCUMENT_LENGTH = 32_768

/** How far a body that is no JSON document is searched for text worth quoting. */
const MAX_SEARCHED_LENGTH = 8_192

/** Most characters that are quoted from a body that is no JSON document. */
const MAX_SNIPPET_LENGTH = 200

/**
 * Makes a problem of whatever came with an error status. It never throws, because a proxy, a gateway
 * or an identity provider in front of the broker answers in its own way:
 *
 * - a problem document is taken as it is, extensions included;
 * - any other JSON object keeps its members as extensions, and the names by which OAuth (RFC 6749,
 *   `error`, `error_description`) and Spring (`error`, `message`) call title and detail are understood;
 * - of HTML and plain text, `detail` quotes at most 200 characters without tags;
 * - the title falls back to the name of the status.
 *
 * `status` is always the status of the response: the one in a document is only advisory (RFC 9457, 3.1.2).
 */
export function parseProblem(response: ErrorResponse): Problem {
  const { status, body } = response
  const document = parseDocument(body)
  if (document !== undefined) return problemOfDocument(status, document)
  const detail = snippet(isHtml(response) ? withoutTags(body) : body)
  return { title: reasonPhrase(status), status, ...(detail !== '' && { detail }) }
}

function parseDocument(body: string): Readonly<Record<string, unknown>> | undefined {
  if (body.length > MAX_DOCUMENT_LENGTH) return undefined
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return value as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}

function problemOfDocument(status: number, document: Readonly<Record<string, unknown>>): Problem {
  const { type, title, status: _advisory, detail, instance, ...extensions } = document
  const reason = firstText(detail, extensions['error_description'], extensions['message'])
  return {
    ...(isText(type) && { type }),
    title: firstText(title, extensions['error']) ?? reasonPhrase(status),
    status,
    ...(reason !== undefined && { detail: reason }),
    ...(isText(instance) && { instance }),
    ...extensions,
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find(isText)
}

function isHtml({ contentType, body }: ErrorResponse): boolean {
  return /html/i.test(contentType ?? '') || /^\s*<(!doctype|html|head|body)\b/i.test(body)
}

/** Drops scripts, styles, comments and tags. An unclosed one reaches to the end, so this is linear. */
function withoutTags(html: string): string {
  return html
    .slice(0, MAX_SEARCHED_LENGTH)
    .replace(/<(script|style)\b.*?(?:<\/\1[^>]*>?|$)|<!--.*?(?:-->|$)|<[^>]*>?/gis, ' ')
}

/** The beginning of a text on one line, free of control characters, cut between characters. */
function snippet(text: string): string {
  const line = text
    .slice(0, MAX_SEARCHED_LENGTH)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  const characters = Array.from(line.slice(0, 2 * MAX_SNIPPET_LENGTH + 2))
  if (characters.length <= MAX_SNIPPET_LENGTH) return line
  return `${characters.slice(0, MAX_SNIPPET_LENGTH - 1).join('')}…`
}
