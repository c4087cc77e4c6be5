import type { PaginationLinks, Subscription } from '@rioni/protocol'
import { type Page, type PageToken, pageOf, parsePageToken } from '../core/id-pages.ts'
import type { BrokerState, SubscriptionState } from '../core/state.ts'
import type { BrokerContext, RoutedRequest } from './handler.ts'
import { problem } from './problem.ts'
import { readBoolean, readInteger } from './query-parameters.ts'
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
  /** Pages by id from here on; undefined for pages by age. */
  readonly token: PageToken | 'start' | undefined
}

/** Lists subscriptions a page at a time: newest first, or with a token by id. */
export function listSubscriptions(
  { query: parameters }: RoutedRequest,
  { storage }: BrokerContext,
): Response {
  const { state } = storage.commands
  const query = readQuery(parameters, state.settings.features.has('token_subscriptions_iteration'))
  if (query instanceof Response) return query
  const matching = [...state.subscriptions.values()].filter(({ subscription }) =>
    matches(subscription, query),
  )
  const page = query.token === undefined ? pageByAge(matching, query) : pageById(matching, query.token, query)
  const items = page.items.map((found) => (query.showStatus ? withStatus(found, state) : found.subscription))
  const _links: PaginationLinks = {
    ...(page.prev === undefined ? {} : { prev: { href: href(query, page.prev) } }),
    ...(page.next === undefined ? {} : { next: { href: href(query, page.next) } }),
  }
  return json(200, { items, _links })
}

function readQuery(parameters: URLSearchParams, prefersTokens: boolean): ListQuery | Response {
  const limit = readInteger(parameters, 'limit', DEFAULT_LIMIT)
  const offset = readInteger(parameters, 'offset', 0)
  const showStatus = readBoolean(parameters, 'show_status')
  const reader = parameters.get('reader')
  if (limit === undefined || offset === undefined) return problem(400, 'limit and offset must be integers')
  if (showStatus === undefined) return problem(400, 'show_status must be a boolean')
  if (reader !== null && !/^[^:]+:.+$/.test(reader))
    return problem(400, `Invalid value for parameter reader: ${reader}, expected type:value`)
  if (limit < 1 || limit > MAX_LIMIT) {
    return problem(400, `'limit' parameter should have value between 1 and ${MAX_LIMIT}`)
  }
  if (offset < 0) return problem(400, "'offset' parameter can't be lower than 0")
  const text = parameters.get('token') || (prefersTokens && offset === 0 ? 'new' : undefined)
  const token = text === undefined ? undefined : parsePageToken(text)
  if (text !== undefined && token === undefined) return problem(400, `Unknown token ${text}`)
  return {
    eventTypes: parameters.getAll('event_type').flatMap((names) => names.split(',')),
    reader,
    owner: parameters.get('owning_application'),
    showStatus,
    offset,
    limit,
    token,
  }
}

function matches(subscription: Subscription, { eventTypes, reader, owner }: ListQuery): boolean {
  if (owner !== null && subscription.owning_application !== owner) return false
  if (!eventTypes.every((name) => subscription.event_types.includes(name))) return false
  const readers = subscription.authorization?.readers ?? []
  return reader === null || readers.some(({ data_type, value }) => `${data_type}:${value}` === reader)
}

function withStatus(found: SubscriptionState, state: BrokerState): Subscription {
  return { ...found.subscription, status: assignmentStats(found, state) }
}

/** Newest first. A full page has a next one, even if there is nothing on it. */
function pageByAge(
  subscriptions: readonly SubscriptionState[],
  { offset, limit }: ListQuery,
): Page<SubscriptionState> {
  const byAge = [...subscriptions].sort((a, b) =>
    compare(b.subscription.created_at, a.subscription.created_at),
  )
  const items = byAge.slice(offset, offset + limit)
  return {
    items,
    ...(offset > 0 ? { prev: `offset=${Math.max(0, offset - limit)}` } : {}),
    ...(items.length >= limit ? { next: `offset=${offset + items.length}` } : {}),
  }
}

function pageById(
  subscriptions: readonly SubscriptionState[],
  token: PageToken | 'start',
  { limit }: ListQuery,
): Page<SubscriptionState> {
  const byId = subscriptions
    .map((found) => ({ id: found.subscription.id, found }))
    .sort((a, b) => compare(a.id, b.id))
  const { items, prev, next } = pageOf(byId, token, limit)
  return {
    items: items.map(({ found }) => found),
    ...(prev === undefined ? {} : { prev: `token=${prev}` }),
    ...(next === undefined ? {} : { next: `token=${next}` }),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Links repeat the parameters of the list, in the order in which Nakadi writes them. */
function href(query: ListQuery, place: string): string {
  const parameters = [
    ...query.eventTypes.map((name) => `event_type=${encode(name)}`),
    ...(query.reader === null ? [] : [`reader=${encode(query.reader)}`]),
    ...(query.owner === null ? [] : [`owning_application=${encode(query.owner)}`]),
    ...(query.showStatus ? ['show_status=true'] : []),
    place,
    `limit=${query.limit}`,
  ]
  return `/subscriptions?${parameters.join('&')}`
}

/** A colon needs no escape in a query, and clients compare the links as text. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':')
}
