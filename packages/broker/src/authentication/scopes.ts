// What a token must be good for, by the mode of authentication. The scopes are Nakadi's.

import type { OperationId } from '@rioni/protocol'
import type { Identity } from './identity.ts'

/** A scope that some operation asks for. */
export type Scope =
  | 'uid'
  | 'nakadi.event_stream.read'
  | 'nakadi.event_stream.write'
  | 'nakadi.event_type.write'
  | 'nakadi.config.write'

/**
 * How much is asked of a token: `BASIC` the scope `uid`, `REALM` one of the configured realms too, `FULL` a
 * scope for each operation.
 */
export type AuthenticationMode = 'BASIC' | 'REALM' | 'FULL'

const read = 'nakadi.event_stream.read'
const write = 'nakadi.event_stream.write'
const change = 'nakadi.event_type.write'

/** The scope of each operation in the mode `FULL`; `open` needs no token in any mode. */
export const OPERATION_SCOPES: Readonly<Record<OperationId, Scope | 'open'>> = {
  listEventTypes: 'uid',
  createEventType: change,
  getEventType: 'uid',
  updateEventType: change,
  deleteEventType: 'nakadi.config.write',

  listSchemas: 'uid',
  createSchema: change,
  getSchema: 'uid',
  checkSchemaCompatibility: change,

  listPartitions: read,
  getPartition: read,
  setPartitionCount: change,
  measureCursorDistances: read,
  shiftCursors: read,
  measureCursorsLag: read,
  listTimelines: 'uid',
  createTimeline: change,

  publishEvents: write,
  // A change of the event type, going by its path.
  deleteEvents: change,
  streamEvents: read,

  listSubscriptions: read,
  createSubscription: read,
  getSubscription: read,
  updateSubscription: 'uid',
  deleteSubscription: read,
  getSubscriptionStats: read,
  getSubscriptionCursors: read,
  commitCursors: read,
  resetCursors: 'uid',
  streamSubscription: read,
  streamSubscriptionPartitions: read,

  listStorages: 'uid',
  createStorage: 'uid',
  getStorage: 'uid',
  deleteStorage: 'uid',
  setDefaultStorage: 'uid',

  getBlacklist: 'uid',
  addToBlacklist: 'uid',
  removeFromBlacklist: 'uid',
  listFeatures: 'uid',
  setFeature: 'uid',
  getAdmins: 'uid',
  setAdmins: 'uid',

  listPartitionStrategies: 'uid',
  listEnrichmentStrategies: 'uid',
  listAvroSchemas: 'uid',
  getAvroSchema: 'uid',

  getHealth: 'open',
  getVersion: 'uid',
  getMetrics: 'uid',
  getRequestMetrics: 'uid',
  getStreamMetrics: 'uid',
  getPrometheusMetrics: 'uid',
  getApiDefinition: 'uid',
}

/** What is asked of every token. */
export interface ScopeRules {
  readonly mode: AuthenticationMode
  /** The realms of the mode `REALM`. */
  readonly realms: readonly string[]
}

/**
 * The scope that an operation needs.
 *
 * @param operation undefined for a path or a method that there is not
 * @returns undefined when no token is needed
 */
export function requiredScope(
  mode: AuthenticationMode,
  operation: OperationId | undefined,
): Scope | undefined {
  const scope = operation === undefined ? 'uid' : OPERATION_SCOPES[operation]
  if (scope === 'open') return undefined
  return mode === 'FULL' ? scope : 'uid'
}

/** Whether a token is good for a scope, and its realm for the mode. */
export function satisfies({ scopes, realm }: Identity, scope: Scope, { mode, realms }: ScopeRules): boolean {
  if (mode === 'REALM' && !realms.includes(realm)) return false
  return scopes === 'all' || scopes.has(scope)
}
