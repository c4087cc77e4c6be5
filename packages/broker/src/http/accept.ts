// What a client accepts as an answer (RFC 9110, 12.5.1), as far as the broker minds: hardly at all.

import { type OperationId, operations } from '@rioni/protocol'
import { problem } from './problem.ts'

/** What is read from them is a stream or a text. */
const NOT_JSON: ReadonlySet<OperationId> = new Set([
  'streamEvents',
  'streamSubscription',
  'getHealth',
  'getPrometheusMetrics',
])

/** What changes nothing although it has a body. */
const READING_POSTS: ReadonlySet<OperationId> = new Set([
  'checkSchemaCompatibility',
  'measureCursorDistances',
  'shiftCursors',
  'measureCursorsLag',
])

/**
 * 406 for a client that wants to read something and takes no JSON, which is all there is. Requests that change
 * something are carried out whatever the client accepts: most are answered without a body.
 */
export function refuseAccept(operation: OperationId, accept: string | null): Response | undefined {
  if (accept === null || !readsJson(operation)) return undefined
  if (mediaRanges(accept).some(includesJson)) return undefined
  return problem(406, 'Could not find acceptable representation')
}

function readsJson(operation: OperationId): boolean {
  if (operations[operation].method === 'GET') return !NOT_JSON.has(operation)
  return READING_POSTS.has(operation)
}

const PROBLEM = 'application/problem+json'
/** What problems were called before there was RFC 7807. */
const EARLY_PROBLEM = 'application/x.problem+json'

/** Gives a problem the content type `application/x.problem+json` for clients that accept no other. */
export function withAcceptableProblem(response: Response, accept: string | null): Response {
  if (accept === null || !mediaRanges(accept).every((range) => range === EARLY_PROBLEM)) return response
  if (response.headers.get('Content-Type') === PROBLEM) response.headers.set('Content-Type', EARLY_PROBLEM)
  return response
}

/** The types of an `Accept` header without their parameters. */
function mediaRanges(accept: string): readonly string[] {
  return accept.split(',').map((range) => range.replace(/;.*/, '').trim().toLowerCase())
}

/** Old HTTP clients of Java send a lone `*`, which means any type; so does an empty header. */
function includesJson(range: string): boolean {
  return /^(\*|\*\/\*|application\/(\*|json|.+\+json)|)$/.test(range)
}
