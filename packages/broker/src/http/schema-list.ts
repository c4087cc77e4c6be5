import type { PaginationLinks } from '@rioni/protocol'
import type { BrokerContext, RoutedRequest } from './handler.ts'
import { problem, unknownEventType } from './problem.ts'
import { readInteger } from './query-parameters.ts'
import { json } from './response.ts'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 1000

/** A part of a list. */
interface Page {
  readonly offset: number
  readonly limit: number
}

/** Lists the versions of an event type's schema, newest first, a page at a time. */
export function listSchemas({ path, query }: RoutedRequest, { storage }: BrokerContext): Response {
  const { name = '' } = path
  const limit = readInteger(query, 'limit', DEFAULT_LIMIT)
  const offset = readInteger(query, 'offset', 0)
  if (limit === undefined || offset === undefined) return problem(400, 'limit and offset must be integers')
  const found = storage.commands.state.eventTypes.get(name)
  if (found === undefined) return unknownEventType(name)
  // The texts are Nakadi's own, to the letter.
  if (limit < 1 || limit > MAX_LIMIT) {
    return problem(400, `'limit' parameter sholud have value between 1 and ${MAX_LIMIT}`)
  }
  if (offset < 0) return problem(400, "'offset' parameter can't be lower than 0")
  const newestFirst = [...found.schemas].reverse()
  const items = newestFirst.slice(offset, offset + limit)
  const _links = items.length === 0 ? {} : links(name, newestFirst.length, { offset, limit })
  return json(200, { items, _links })
}

/** Where the list goes on, in both directions. From a page beyond its end no link leads back. */
function links(name: string, count: number, { offset, limit }: Page): PaginationLinks {
  const href = (to: number) => `/event-types/${name}/schemas?offset=${to}&limit=${limit}`
  return {
    ...(offset > 0 ? { prev: { href: href(Math.max(0, offset - limit)) } } : {}),
    ...(offset + limit < count ? { next: { href: href(offset + limit) } } : {}),
  }
}
