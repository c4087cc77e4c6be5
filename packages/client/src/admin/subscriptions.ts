import type {
  NewSubscription,
  Subscription,
  SubscriptionCursor,
  SubscriptionList,
  SubscriptionStats,
} from '@rioni/protocol'
import { NakadiError } from '../error.ts'
import type { Call, CallOptions } from '../request/call.ts'

/** Which subscriptions to list. */
export interface SubscriptionFilter {
  readonly owningApplication?: string
  /** Only subscriptions that contain all of these event types. */
  readonly eventTypes?: readonly string[]
  /** Subscriptions fetched per request, 1 .. 1000. @default 100 */
  readonly pageSize?: number
}

/** The subscriptions of the broker. */
export interface Subscriptions {
  /**
   * Creates a subscription, or returns the one that has the same owning application, event types and
   * consumer group; the rest of the argument is ignored then.
   */
  createOrGet(subscription: NewSubscription, options?: CallOptions): Promise<Subscription>
  /** @throws NakadiError `not-found` */
  get(id: string, options?: CallOptions): Promise<Subscription>
  /** All matching subscriptions, newest first, fetched page by page as they are iterated. */
  list(filter?: SubscriptionFilter, options?: CallOptions): AsyncIterable<Subscription>
  /** Who streams which partition, and how many events are not consumed. */
  stats(id: string, options?: CallOptions): Promise<SubscriptionStats>
  /** The committed position of every partition; empty before the first stream. */
  cursors(id: string, options?: CallOptions): Promise<readonly SubscriptionCursor[]>
  /**
   * Changes the permissions, annotations and labels of a subscription. Everything else of it stays as it was made.
   *
   * @throws NakadiError `not-found`, or `validation` if something else differs.
   */
  update(id: string, subscription: NewSubscription, options?: CallOptions): Promise<void>
  delete(id: string, options?: CallOptions): Promise<void>
}

/** The subscription resource of one client. */
export function createSubscriptions(call: Call): Subscriptions {
  const withId = (id: string) => ({ subscription_id: id })
  return {
    async createOrGet(subscription, options) {
      const body = JSON.stringify(subscription)
      return (await call({ operation: 'createSubscription', parameters: {}, body, options })).body
    },
    async get(id, options) {
      return (await call({ operation: 'getSubscription', parameters: withId(id), options })).body
    },
    list(filter = {}, options) {
      return pages((offset) => listPage(call, { filter, offset, options }))
    },
    async stats(id, options) {
      return (await call({ operation: 'getSubscriptionStats', parameters: withId(id), options })).body
    },
    async cursors(id, options) {
      const { body } = await call({ operation: 'getSubscriptionCursors', parameters: withId(id), options })
      return body.items
    },
    async update(id, subscription, options) {
      const body = JSON.stringify(subscription)
      await call({ operation: 'updateSubscription', parameters: withId(id), body, options })
    },
    async delete(id, options) {
      await call({ operation: 'deleteSubscription', parameters: withId(id), options })
    },
  }
}

interface PageRequest {
  readonly filter: SubscriptionFilter
  readonly offset: PageOffset
  readonly options: CallOptions | undefined
}

/** Where a page starts: the broker counts, or hands out a token when it iterates by id. */
interface PageOffset {
  readonly offset?: string
  readonly token?: string
}

async function listPage(call: Call, { filter, offset, options }: PageRequest): Promise<SubscriptionList> {
  const query = {
    owning_application: filter.owningApplication,
    event_type: filter.eventTypes,
    limit: filter.pageSize ?? 100,
    ...offset,
  }
  return (await call({ operation: 'listSubscriptions', parameters: {}, query, options })).body
}

/** Follows the `next` links. Only their position is taken, so that a link cannot lead elsewhere. */
async function* pages(
  fetchPage: (offset: PageOffset) => Promise<SubscriptionList>,
): AsyncGenerator<Subscription, void> {
  let offset: PageOffset = {}
  while (true) {
    const page = await fetchPage(offset)
    yield* page.items
    const next = page._links.next?.href
    if (next === undefined) return
    offset = pageOffset(next)
  }
}

function pageOffset(href: string): PageOffset {
  const query = new URLSearchParams(href.slice(href.indexOf('?') + 1))
  const [offset, token] = [query.get('offset'), query.get('token')]
  if (token !== null) return { token }
  if (offset !== null) return { offset }
  throw new NakadiError({
    code: 'protocol',
    outcome: 'rejected',
    message: `listSubscriptions: the link to the next page names neither offset nor token (${href}). Check that baseUrl leads to the broker.`,
  })
}
