/**
 * What a client may ask of one operation, and how the broker may answer.
 */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** URL path with `{parameters}`. */
  readonly path: `/${string}`
  /** Statuses whose body, if there is one, is the operation's own answer. */
  readonly answers: readonly number[]
  /**
   * Statuses whose body is a problem document. A status that is also among the answers is told by
   * its content type, `application/problem+json`.
   */
  readonly problems: readonly number[]
}

/**
 * The operations of the Nakadi HTTP API. The client builds its URLs from this table, the broker
 * routes by it, and `docs/operations.md` is printed from it. A test keeps it equal to `openapi.yaml`,
 * where every operation is described under the same id.
 *
 * Every path can also answer 405 to a method that it does not have; that is no operation's answer.
 */
export const operations = {
  // Event types
  listEventTypes: {
    method: 'GET',
    path: '/event-types',
    answers: [200],
    problems: [400, 401, 403, 406, 500, 503],
  },
  createEventType: {
    method: 'POST',
    path: '/event-types',
    answers: [201],
    problems: [400, 401, 403, 409, 413, 415, 422, 500, 501, 503],
  },
  getEventType: {
    method: 'GET',
    path: '/event-types/{name}',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  updateEventType: {
    method: 'PUT',
    path: '/event-types/{name}',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 413, 415, 422, 500, 503],
  },
  deleteEventType: {
    method: 'DELETE',
    path: '/event-types/{name}',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 409, 500, 503],
  },

  // Schemas of an event type
  listSchemas: {
    method: 'GET',
    path: '/event-types/{name}/schemas',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  createSchema: {
    method: 'POST',
    path: '/event-types/{name}/schemas',
    answers: [200],
    problems: [400, 401, 403, 404, 413, 415, 422, 500, 503],
  },
  getSchema: {
    method: 'GET',
    path: '/event-types/{name}/schemas/{version}',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  checkSchemaCompatibility: {
    method: 'POST',
    path: '/event-types/{name}/schemas/{version}/compatibility-check',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 413, 415, 422, 500, 503],
  },

  // Partitions and positions of an event type
  listPartitions: {
    method: 'GET',
    path: '/event-types/{name}/partitions',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 422, 500, 503],
  },
  getPartition: {
    method: 'GET',
    path: '/event-types/{name}/partitions/{partition}',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 422, 500, 503],
  },
  setPartitionCount: {
    method: 'PUT',
    path: '/event-types/{name}/partition-count',
    answers: [204],
    problems: [400, 401, 403, 404, 406, 413, 415, 422, 500, 503],
  },
  measureCursorDistances: {
    method: 'POST',
    path: '/event-types/{name}/cursor-distances',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 413, 415, 422, 500, 503],
  },
  shiftCursors: {
    method: 'POST',
    path: '/event-types/{name}/shifted-cursors',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 413, 415, 422, 500, 503],
  },
  measureCursorsLag: {
    method: 'POST',
    path: '/event-types/{name}/cursors-lag',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 413, 415, 422, 500, 503],
  },
  listTimelines: {
    method: 'GET',
    path: '/event-types/{name}/timelines',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  createTimeline: {
    method: 'POST',
    path: '/event-types/{name}/timelines',
    answers: [201],
    problems: [400, 401, 403, 404, 409, 413, 415, 422, 500, 503],
  },

  // Events. 422 is an answer too: like 207 it carries one batch item response per event.
  publishEvents: {
    method: 'POST',
    path: '/event-types/{name}/events',
    answers: [200, 207, 422],
    problems: [400, 401, 403, 404, 413, 422, 500, 503],
  },
  deleteEvents: {
    method: 'POST',
    path: '/event-types/{name}/deleted-events',
    answers: [200, 207, 422],
    problems: [400, 401, 403, 404, 413, 422, 500, 503],
  },
  streamEvents: {
    method: 'GET',
    path: '/event-types/{name}/events',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 412, 422, 500, 503],
  },

  // Subscriptions
  listSubscriptions: {
    method: 'GET',
    path: '/subscriptions',
    answers: [200],
    problems: [400, 401, 403, 406, 500, 503],
  },
  createSubscription: {
    method: 'POST',
    path: '/subscriptions',
    answers: [200, 201],
    problems: [400, 401, 403, 413, 415, 422, 500, 503],
  },
  getSubscription: {
    method: 'GET',
    path: '/subscriptions/{subscription_id}',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  updateSubscription: {
    method: 'PUT',
    path: '/subscriptions/{subscription_id}',
    answers: [204],
    problems: [400, 401, 403, 404, 406, 413, 415, 422, 500, 503],
  },
  deleteSubscription: {
    method: 'DELETE',
    path: '/subscriptions/{subscription_id}',
    answers: [204],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  getSubscriptionStats: {
    method: 'GET',
    path: '/subscriptions/{subscription_id}/stats',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  getSubscriptionCursors: {
    method: 'GET',
    path: '/subscriptions/{subscription_id}/cursors',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  commitCursors: {
    method: 'POST',
    path: '/subscriptions/{subscription_id}/cursors',
    answers: [200, 204],
    problems: [400, 401, 403, 404, 413, 415, 422, 500, 503],
  },
  resetCursors: {
    method: 'PATCH',
    path: '/subscriptions/{subscription_id}/cursors',
    answers: [204],
    problems: [400, 401, 403, 404, 406, 409, 413, 415, 422, 500, 503],
  },
  streamSubscription: {
    method: 'GET',
    path: '/subscriptions/{subscription_id}/events',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 409, 422, 500, 503],
  },
  streamSubscriptionPartitions: {
    method: 'POST',
    path: '/subscriptions/{subscription_id}/events',
    answers: [200],
    problems: [400, 401, 403, 404, 409, 413, 415, 422, 500, 503],
  },

  // Storages
  listStorages: {
    method: 'GET',
    path: '/storages',
    answers: [200],
    problems: [401, 403, 406, 500, 503],
  },
  createStorage: {
    method: 'POST',
    path: '/storages',
    answers: [201],
    problems: [400, 401, 403, 409, 413, 415, 422, 500, 503],
  },
  getStorage: {
    method: 'GET',
    path: '/storages/{id}',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  deleteStorage: {
    method: 'DELETE',
    path: '/storages/{id}',
    answers: [204],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },
  setDefaultStorage: {
    method: 'PUT',
    path: '/storages/default/{id}',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 500, 503],
  },

  // Settings
  getBlacklist: {
    method: 'GET',
    path: '/settings/blacklist',
    answers: [200],
    problems: [401, 403, 406, 500, 503],
  },
  addToBlacklist: {
    method: 'PUT',
    path: '/settings/blacklist/{blacklist_type}/{name}',
    answers: [204],
    problems: [400, 401, 403, 406, 500, 503],
  },
  removeFromBlacklist: {
    method: 'DELETE',
    path: '/settings/blacklist/{blacklist_type}/{name}',
    answers: [204],
    problems: [400, 401, 403, 406, 500, 503],
  },
  listFeatures: {
    method: 'GET',
    path: '/settings/features',
    answers: [200],
    problems: [401, 403, 406, 500, 503],
  },
  setFeature: {
    method: 'POST',
    path: '/settings/features',
    answers: [204],
    problems: [400, 401, 403, 413, 415, 500, 503],
  },
  getAdmins: {
    method: 'GET',
    path: '/settings/admins',
    answers: [200],
    problems: [401, 403, 406, 500, 503],
  },
  setAdmins: {
    method: 'POST',
    path: '/settings/admins',
    answers: [200],
    problems: [400, 401, 403, 413, 415, 422, 500, 503],
  },

  // Registries
  listPartitionStrategies: {
    method: 'GET',
    path: '/registry/partition-strategies',
    answers: [200],
    problems: [401, 403, 406, 503],
  },
  listEnrichmentStrategies: {
    method: 'GET',
    path: '/registry/enrichment-strategies',
    answers: [200],
    problems: [401, 403, 406, 503],
  },
  listAvroSchemas: {
    method: 'GET',
    path: '/avro-schemas/{name}/versions',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 503],
  },
  getAvroSchema: {
    method: 'GET',
    path: '/avro-schemas/{name}/versions/{version}',
    answers: [200],
    problems: [400, 401, 403, 404, 406, 503],
  },

  // The broker itself
  getHealth: {
    method: 'GET',
    path: '/health',
    answers: [200],
    problems: [406, 503],
  },
  getVersion: {
    method: 'GET',
    path: '/version',
    answers: [200],
    problems: [401, 403, 406, 503],
  },
  getMetrics: {
    method: 'GET',
    path: '/metrics',
    answers: [200],
    problems: [401, 403, 406, 500, 503],
  },
  getRequestMetrics: {
    method: 'GET',
    path: '/request-metrics',
    answers: [200],
    problems: [401, 403, 406, 503],
  },
  getStreamMetrics: {
    method: 'GET',
    path: '/stream-metrics',
    answers: [200],
    problems: [401, 403, 406, 503],
  },
  getPrometheusMetrics: {
    method: 'GET',
    path: '/prometheus',
    answers: [200],
    problems: [401, 403, 406, 500, 503],
  },
  getApiDefinition: {
    method: 'GET',
    path: '/api',
    answers: [200],
    problems: [401, 403, 406, 503],
  },
} as const satisfies Record<string, Operation>

/** The name of an operation, which is its `operationId` in `openapi.yaml`. */
export type OperationId = keyof typeof operations
