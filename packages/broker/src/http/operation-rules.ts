// Which rights each operation needs, in one table. Every operation has a row, or the file does not compile.
//
// The rights are those of section "Authorization" of the Nakadi manual. They are asked for before a handler
// sees the request, so a handler cannot forget them. What depends on the body of a request (the event types
// of a new subscription, the owner of an event) is left to the handler.

import type { OperationId } from '@rioni/protocol'
import type { Right } from '../core/authorization.ts'

/** What a caller must be allowed to do. */
export type OperationRule =
  /** Nothing in particular. */
  | { readonly of: 'everyone' }
  /** What its handler asks for: the body or the parameters are looked at before the rights. */
  | { readonly of: 'handler' }
  /** Rights on the event type in the path. */
  | {
      readonly of: 'eventType'
      readonly rights: readonly Right[]
      /** Which side of the blacklist is looked at first. */
      readonly blacklist?: 'consumer' | 'producer'
    }
  /** To be a Nakadi admin; the refusal speaks of the event type in the path. */
  | { readonly of: 'eventTypeOfAdmins'; readonly right: AdminRight }
  /** Rights on the subscription in the path. */
  | {
      readonly of: 'subscription'
      readonly rights: readonly Right[]
      /** Rights on each event type of the subscription too. */
      readonly eventTypeRights?: readonly Right[]
      /** The text of the refusal by the blacklist, which is looked at first. */
      readonly blocked?: string
    }
  /** To be a Nakadi admin. */
  | { readonly of: 'admins'; readonly right: AdminRight; readonly refusal: string }

/** What Nakadi admins may do: read the settings, change them, or change who is an admin. */
export type AdminRight = Exclude<Right, 'VIEW'>

/** The text for whoever publishes or consumes although it is on the blacklist. */
export const BLOCKED = 'Application or event type is blocked'

const everyone = { of: 'everyone' } as const
const byHandler = { of: 'handler' } as const
const view = { of: 'eventType', rights: ['VIEW'] } as const
const viewAndRead = { of: 'eventType', rights: ['VIEW', 'READ'] } as const
// The right to write is asked for by the handlers: whether the body can be read is told before.
const publish = { of: 'eventType', rights: [], blacklist: 'producer' } as const
const ofEventTypeAdmins = { of: 'eventTypeOfAdmins', right: 'WRITE' } as const

const viewSubscription = { of: 'subscription', rights: ['VIEW'] } as const
const adminSubscription = { of: 'subscription', rights: ['VIEW', 'ADMIN'] } as const
const subscriptionBlocked = 'Application or subscription is blocked'
const settingsRefusal = 'Admin privileges are required to perform this operation'
const readSettings = { of: 'admins', right: 'READ', refusal: settingsRefusal } as const
const writeSettings = { of: 'admins', right: 'WRITE', refusal: settingsRefusal } as const
// Storages say it without the "are".
const storagesRefusal = 'Admin privileges required to perform this operation'
const readStorages = { of: 'admins', right: 'READ', refusal: storagesRefusal } as const
const writeStorages = { of: 'admins', right: 'WRITE', refusal: storagesRefusal } as const

/**
 * What streams need, low-level ones and those of subscriptions. Their handlers ask for it, once they could read the
 * parameters, and again while they stream.
 */
export const STREAM_RULES = {
  ofEventType: { of: 'eventType', rights: ['VIEW', 'READ'], blacklist: 'consumer' },
  ofSubscription: {
    of: 'subscription',
    rights: ['VIEW', 'READ'],
    eventTypeRights: ['READ'],
    blocked: BLOCKED,
  },
} as const satisfies Readonly<Record<string, OperationRule>>

/** The rule of each operation. */
export const OPERATION_RULES: Readonly<Record<OperationId, OperationRule>> = {
  // Lists are not filtered by rights.
  listEventTypes: everyone,
  createEventType: everyone,
  getEventType: view,
  updateEventType: byHandler,
  deleteEventType: byHandler,

  listSchemas: view,
  createSchema: byHandler,
  getSchema: view,
  checkSchemaCompatibility: byHandler,

  listPartitions: view,
  getPartition: viewAndRead,
  setPartitionCount: ofEventTypeAdmins,
  measureCursorDistances: view,
  shiftCursors: viewAndRead,
  measureCursorsLag: viewAndRead,
  listTimelines: ofEventTypeAdmins,
  createTimeline: ofEventTypeAdmins,

  publishEvents: publish,
  deleteEvents: publish,
  streamEvents: byHandler,

  listSubscriptions: everyone,
  createSubscription: byHandler,
  getSubscription: viewSubscription,
  updateSubscription: adminSubscription,
  deleteSubscription: adminSubscription,
  getSubscriptionStats: viewSubscription,
  getSubscriptionCursors: { of: 'subscription', rights: ['VIEW'], blocked: subscriptionBlocked },
  commitCursors: { of: 'subscription', rights: ['VIEW', 'READ'], blocked: subscriptionBlocked },
  resetCursors: adminSubscription,
  streamSubscription: byHandler,
  streamSubscriptionPartitions: byHandler,

  listStorages: readStorages,
  createStorage: writeStorages,
  getStorage: readStorages,
  deleteStorage: writeStorages,
  setDefaultStorage: writeStorages,

  getBlacklist: readSettings,
  addToBlacklist: writeSettings,
  removeFromBlacklist: writeSettings,
  listFeatures: readSettings,
  setFeature: writeSettings,
  getAdmins: readSettings,
  setAdmins: { of: 'admins', right: 'ADMIN', refusal: settingsRefusal },

  listPartitionStrategies: everyone,
  listEnrichmentStrategies: everyone,
  listAvroSchemas: everyone,
  getAvroSchema: everyone,

  getHealth: everyone,
  getVersion: everyone,
  getMetrics: everyone,
  getRequestMetrics: everyone,
  getStreamMetrics: everyone,
  getPrometheusMetrics: everyone,
  getApiDefinition: everyone,
}
