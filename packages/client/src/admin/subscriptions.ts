import type {
  AuthorizationAttribute,
  NewSubscription,
  Subscription,
  SubscriptionCursor,
  SubscriptionCursorWithoutToken,
  SubscriptionStats,
} from '@rioni/protocol'
import { checkedNumber } from '../checked-number.ts'
import type { Call, CallOptions } from '../request/call.ts'
import type { AdminContext } from './admin-context.ts'
import { orAlreadyGone } from './already-gone.ts'
import type { UpdateOptions } from './event-types.ts'
import { followPages, type PagePosition } from './pages.ts'
import { type Change, readModifyWrite } from './read-modify-write.ts'
import { resetSubscription } from './reset-subscription.ts'
import type { ResetOptions, ResetTarget } from './reset-target.ts'
import { whileInConflict } from './while-in-conflict.ts'

/** Which subscriptions to list. */
export interface SubscriptionFilter {
  readonly owningApplication?: string
  /** Only subscriptions that contain all of these event types. */
  readonly eventTypes?: readonly string[]
  /** Only subscriptions that name this reader in their authorization. */
  readonly reader?: AuthorizationAttribute
  /** Adds `status`, who streams which partition, to each. @default false */
  readonly showStatus?: boolean
  /** Subscriptions fetched per request, 1 .. 1000. @default 100 */
  readonly pageSize?: number
  /**
   * `offset`: newest first, where subscriptions that come or go while the list is read may be seen twice or not at
   * all. `token`: by id, which misses none that is there all the time.
   *
   * @default 'offset'
   */
  readonly paging?: 'offset' | 'token'
}

/** What to say about a subscription's consumption. */
export interface StatsOptions extends CallOptions {
  /** Adds the age of the oldest unconsumed event to each partition, which costs the broker reads. @default false */
  readonly showTimeLag?: boolean
}

/** The subscriptions of the broker. */
export interface Subscriptions {
  /**
   * Creates a subscription, or returns the one that has the same owning application, event types and
   * consumer group; the rest of the argument is ignored then. Two who create it at the same time get the same.
   */
  createOrGet(subscription: NewSubscription, options?: CallOptions): Promise<Subscription>
  /**
   * Like `createOrGet`, and then gives an existing one the authorization of the argument, and each of its annotations and
   * labels, where they differ. Annotations and labels that the argument does not name stay. Nothing else of a
   * subscription can change.
   */
  ensure(subscription: NewSubscription, options?: CallOptions): Promise<Subscription>
  /** @throws NakadiError `not-found` */
  get(id: string, options?: CallOptions): Promise<Subscription>
  /** All matching subscriptions, fetched page by page as they are iterated. */
  list(filter?: SubscriptionFilter, options?: CallOptions): AsyncIterable<Subscription>
  /** Who streams which partition, and how many events are not consumed. */
  stats(id: string, options?: StatsOptions): Promise<SubscriptionStats>
  /** The committed position of every partition; empty before the first stream. */
  cursors(id: string, options?: CallOptions): Promise<readonly SubscriptionCursor[]>
  /**
   * Changes the given fields of a subscription, or what a function makes of it, and leaves all else as it is. The broker
   * accepts another authorization, other annotations and other labels.
   *
   * @throws NakadiError `not-found`, `conflict` if others change it at the same time, or `validation` if something
   * else differs.
   */
  update(
    id: string,
    change: Change<Subscription, NewSubscription>,
    options?: UpdateOptions,
  ): Promise<Subscription>
  /** Makes a subscription what `subscription` says: what is left out is removed. */
  put(id: string, subscription: NewSubscription, options?: CallOptions): Promise<void>
  delete(id: string, options?: CallOptions): Promise<void>
  /**
   * Moves a subscription, backwards too, so that its next stream starts elsewhere. Partitions that are not named stay
   * where they are. Streams that are open are closed first, and the call waits until they are.
   *
   * @returns the cursors that were set.
   * @throws NakadiError `conflict` while somebody consumes, unless `force` is set, or while another reset goes on for
   * longer than `patienceMs`; `validation` if a cursor cannot be read any more.
   */
  reset(
    id: string,
    target: ResetTarget,
    options?: ResetOptions,
  ): Promise<readonly SubscriptionCursorWithoutToken[]>
}

/** The broker answers 409 to those who create the same subscription at the same moment. */
const creationPatienceMs = 5_000

/** The subscription resource of one client. */
export function createSubscriptions(context: AdminContext): Subscriptions {
  const { call } = context
  const withId = (id: string) => ({ subscription_id: id })
  const get: Subscriptions['get'] = async (id, options) =>
    (await call({ operation: 'getSubscription', parameters: withId(id), options })).body
  const put: Subscriptions['put'] = async (id, subscription, options) => {
    const body = JSON.stringify(subscription)
    await call({ operation: 'updateSubscription', parameters: withId(id), body, options })
  }
  const createOrGet: Subscriptions['createOrGet'] = (subscription, options) => {
    const body = JSON.stringify(subscription)
    const patience = { patienceMs: creationPatienceMs, signal: options?.signal }
    const create = () => call({ operation: 'createSubscription', parameters: {}, body, options })
    return whileInConflict(context, patience, async () => (await create()).body)
  }
  const update: Subscriptions['update'] = (id, change, options = {}) => {
    const subject = {
      name: `subscription ${id}`,
      read: () => get(id, options),
      replace: (wanted: NewSubscription) => put(id, wanted, options),
    }
    return readModifyWrite(subject, { change, unchangedSince: options.unchangedSince })
  }
  return {
    get,
    put,
    createOrGet,
    update,
    async ensure(subscription, options) {
      const { id } = await createOrGet(subscription, options)
      return await update(id, (present) => merge(present, subscription), options)
    },
    list: (filter, options) => listSubscriptions(call, filter, options),
    async stats(id, { showTimeLag, ...options } = {}) {
      const request = { parameters: withId(id), query: { show_time_lag: showTimeLag }, options }
      return (await call({ operation: 'getSubscriptionStats', ...request })).body
    },
    async cursors(id, options) {
      const { body } = await call({ operation: 'getSubscriptionCursors', parameters: withId(id), options })
      return body.items
    },
    delete: (id, options) =>
      orAlreadyGone(call({ operation: 'deleteSubscription', parameters: withId(id), options })),
    reset: (id, target, options) => resetSubscription(context, { id, target, options }),
  }
}

function merge(present: Subscription, wanted: NewSubscription): NewSubscription {
  return {
    ...present,
    ...(wanted.authorization === undefined ? {} : { authorization: wanted.authorization }),
    annotations: { ...present.annotations, ...wanted.annotations },
    labels: { ...present.labels, ...wanted.labels },
  }
}

function listSubscriptions(
  call: Call,
  filter: SubscriptionFilter = {},
  options?: CallOptions,
): AsyncIterable<Subscription> {
  const { owningApplication, eventTypes, reader, showStatus, pageSize = 100, paging = 'offset' } = filter
  const query = {
    owning_application: owningApplication,
    event_type: eventTypes,
    reader: reader === undefined ? undefined : `${reader.data_type}:${reader.value}`,
    show_status: showStatus,
    limit: checkedNumber('pageSize', pageSize, { least: 1, most: 1000 }),
  }
  const fetchPage = async (position: PagePosition) => {
    const request = { parameters: {}, query: { ...query, ...position }, options }
    return (await call({ operation: 'listSubscriptions', ...request })).body
  }
  const start = paging === 'token' ? { token: 'new' } : {}
  return followPages({ operation: 'listSubscriptions', start, fetchPage })
}
