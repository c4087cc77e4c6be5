import type { Subscription, SubscriptionEventTypeStats } from '@rioni/protocol'
import type { BrokerState, SubscriptionState } from '../core/state.ts'
import type { BrokerContext, RoutedRequest } from './handler.ts'
import { problem } from './problem.ts'
import { json } from './response.ts'
import { assignmentStats } from './stats.ts'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 1000

interface ListQuery {
  readonly eventTypes: readonly string[]
  readonly reader: string | null
  readonly owner: string | null
  readonly showStatus: boolean
  readonly offset: number
  readonly limit: number
}

/** Lists subscriptions, newest first, a page at a time. */
export function listSubscriptions(
  { query: parameters }: RoutedRequest,
  { storage }: BrokerContext,
): Response {
  const query = readQuery(parameters)
  if (query instanceof Response) return query
  const { state } = storage.commands
  const matching = [...state.subscriptions.values()]
    .filter(({ subscription }) => matches(subscription, query))
    .sort((a, b) => (a.subscription.created_at < b.subscription.created_at ? 1 : -1))
  const page = matching.slice(query.offset, query.offset + query.limit)
  const items = page.map((found) => (query.showStatus ? withStatus(found, state) : found.subscription))
  return json(200, { items, _links: links(query, items.length) })
}

function readQuery(parameters: URLSearchParams): ListQuery | Response {
  const limit = readInteger(parameters, 'limit', DEFAULT_LIMIT)
  const offset = readInteger(parameters, 'offset', 0)
  if (limit === undefined || offset === undefined) return problem(400, 'limit and offset must be integers')
  if (limit < 1 || limit > MAX_LIMIT) {
    return problem(400, `'limit' parameter should have value between 1 and ${MAX_LIMIT}`)
  }
  if (offset < 0) return problem(400, "'offset' parameter can't be lower than 0")
  return {
    eventTypes: parameters.getAll('event_type').flatMap((names) => names.split(',')),
    reader: parameters.get('reader'),
    owner: parameters.get('owning_application'),
    showStatus: parameters.get('show_status') === 'true',
    offset,
    limit,
  }
}

function readInteger(parameters: URLSearchParams, name: string, otherwise: number): number | undefined {
  const text = parameters.get(name)
  if (text === null) return otherwise
  return /^-?\d+$/.test(text) ? Number(text) : undefined
}

function matches(subscription: Subscription, { eventTypes, reader, owner }: ListQuery): boolean {
  if (owner !== null && subscription.owning_application !== owner) return false
  if (!eventTypes.every((name) => subscription.event_types.includes(name))) return false
  const readers = subscription.authorization?.readers ?? []
  return reader === null || readers.some(({ data_type, value }) => `${data_type}:${value}` === reader)
}

function withStatus(found: SubscriptionState, state: BrokerState): Subscription {
  const status: readonly SubscriptionEventTypeStats[] = assignmentStats(found, state)
  return { ...found.subscription, status }
}

/** A full page has a next one, even if there is nothing on it. */
function links(query: ListQuery, count: number): Readonly<Record<string, { readonly href: string }>> {
  const { offset, limit } = query
  return {
    ...(offset > 0 ? { prev: { href: href(query, Math.max(0, offset - limit)) } } : {}),
    ...(count >= limit ? { next: { href: href(query, offset + count) } } : {}),
  }
}

function href(query: ListQuery, offset: number): string {
  const parameters = new URLSearchParams()
  for (const name of query.eventTypes) parameters.append('event_type', name)
  if (query.reader !== null) parameters.append('reader', query.reader)
  if (query.owner !== null) parameters.append('owning_application', query.owner)
  if (query.showStatus) parameters.append('show_status', 'true')
  parameters.append('offset', String(offset))
  parameters.append('limit', String(query.limit))
  return `/subscriptions?${parameters.toString()}`
}
