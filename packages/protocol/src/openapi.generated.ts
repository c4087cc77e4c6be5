// Generated from packages/protocol/openapi.yaml by `npm run generate`. Do not edit.

export interface paths {
    readonly "/event-types": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List all event types
         * @description Gives all event types, sorted by name, without pages. Authorization does not filter the list.
         */
        readonly get: operations["listEventTypes"];
        readonly put?: never;
        /**
         * Create an event type
         * @description Creates an event type and the topic behind it. The number of partitions follows from
         *     `default_statistic`: the greater of its two parallelisms, at most 8, or the broker's default (1)
         *     when there are no statistics.
         *
         *     The checks run in this order: the switch that disables creation, the validation of the fields, the
         *     read-only switch, retention, data lake annotations, schema, cleanup policy, enrichment,
         *     partitioning, authorization, owning application, owner selector, and at last the name, which must be
         *     new. The texts about the schema are those of `createSchema`.
         */
        readonly post: operations["createEventType"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        /**
         * Get an event type
         * @description Needs VIEW.
         */
        readonly get: operations["getEventType"];
        /**
         * Change an event type
         * @description Replaces the definition. Needs ADMIN. Publishing pauses while the change is made.
         *
         *     - `name` cannot change.
         *     - `schema` may evolve as `compatibility_mode` permits: with `none` anything goes, otherwise no
         *       change that calls for a new major version.
         *     - `category` may change from `undefined` to `business` only, together with `enrichment_strategies`,
         *       and not into compatibility mode `compatible`.
         *     - `compatibility_mode` may become `forward` from `none` and `compatible` from `forward`; those who
         *       may administer the event type may change it at will.
         *     - `partition_strategy` may change from `random` only; Nakadi admins may change it at will.
         *     - `cleanup_policy` may change from `delete` to `compact_and_delete` only.
         *     - `default_statistic` cannot change its parallelisms; see `setPartitionCount`.
         *     - `authorization` and `audience` cannot be taken away.
         *     - `options.retention_time`, `default_statistic`, `annotations` and `labels` keep their value when
         *       they are `null` or left out.
         *
         *     For Nakadi admins the bounds of the retention time and the rules of data lake annotations are not
         *     checked, and neither is that `event_owner_selector` stays as it is; for others a change of it is a
         *     422 `event_owner_selector must not be changed, original: <selector>, updated: <selector>`. Other
         *     broker nodes follow within seconds.
         *
         *     Several changes that are not allowed at once are told in one text, joined with `; `. The texts about
         *     the schema are those of `createSchema`.
         */
        readonly put: operations["updateEventType"];
        readonly post?: never;
        /**
         * Delete an event type and its events
         * @description Needs ADMIN. An event type with subscriptions is kept, unless the feature
         *     `delete_event_type_with_subscriptions` is on or all those subscriptions belong to the application
         *     and consumer group that the broker is told to ignore; they are then deleted too. If the broker
         *     cannot remove everything, the detail of the 500 begins with `Failed to delete`.
         */
        readonly delete: operations["deleteEventType"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/schemas": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        /**
         * List the versions of the schema
         * @description Gives the schemas of the event type, the newest first. Needs VIEW.
         */
        readonly get: operations["listSchemas"];
        readonly put?: never;
        /**
         * Evolve the schema, or find a schema
         * @description Makes the given schema the newest one. Needs ADMIN. The rules are those of `updateEventType`, and so
         *     is the version: a change that could break a consumer makes a new major version, an addition a minor
         *     one, text for people a patch. A schema equal to the newest changes nothing.
         *
         *     With `fetch=true` it changes nothing and gives the newest stored schema that equals the given one.
         */
        readonly post: operations["createSchema"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/schemas/{version}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
                /** @description Version of the schema, or `latest`. */
                readonly version: components["parameters"]["SchemaVersion"];
            };
            readonly cookie?: never;
        };
        /**
         * Get one version of the schema
         * @description Needs VIEW.
         */
        readonly get: operations["getSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/schemas/{version}/compatibility-check": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
                /** @description Version of the schema, or `latest`. */
                readonly version: components["parameters"]["SchemaVersion"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Say whether a schema could follow a version
         * @description Compares the schema with the given version under the event type's compatibility mode and changes
         *     nothing. The language of the schema is taken from that version. Needs VIEW.
         */
        readonly post: operations["checkSchemaCompatibility"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/partitions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        /**
         * List the partitions and what can be read of them
         * @description Gives the partitions in no particular order. Needs VIEW. Partitions for which a cursor is given come
         *     last and say how many events follow it.
         */
        readonly get: operations["listPartitions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/partitions/{partition}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
                /** @description Name of the partition. */
                readonly partition: string;
            };
            readonly cookie?: never;
        };
        /**
         * Get one partition
         * @description Needs VIEW and READ.
         */
        readonly get: operations["getPartition"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/partition-count": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Add partitions to an event type
         * @description For Nakadi admins. Asking for the present number changes nothing. The subscriptions of the event
         *     type get the new partitions too; to that end all their streams are closed (with the remark
         *     `Resetting subscription cursors`), and this request waits for it.
         */
        readonly put: operations["setPartitionCount"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/cursor-distances": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Count the offsets between pairs of positions
         * @description Needs VIEW. Distances are negative where the final position is the earlier one.
         */
        readonly post: operations["measureCursorDistances"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/shifted-cursors": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Move positions by a number of offsets
         * @description Needs VIEW and READ. A position may be moved beyond the last event, but not before the first one
         *     that the broker knows of.
         */
        readonly post: operations["shiftCursors"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/cursors-lag": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Count the events after positions
         * @description Needs VIEW and READ.
         */
        readonly post: operations["measureCursorsLag"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/timelines": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        /**
         * List the timelines of an event type
         * @description Gives the timelines, the oldest first, including those whose events are gone. For Nakadi admins.
         *     There is no way to delete one by hand.
         */
        readonly get: operations["listTimelines"];
        readonly put?: never;
        /**
         * Continue an event type in another storage
         * @description For Nakadi admins. The present timeline is closed and a new one begins; when the answer arrives,
         *     events are published into the new one. Consumers read on across timelines without noticing.
         */
        readonly post: operations["createTimeline"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        /**
         * Stream events of one event type without a subscription
         * @description The low-level API: the client keeps its own positions and nobody shares the work. Deprecated in
         *     favour of subscriptions. Needs VIEW and READ.
         *
         *     Without cursors the stream carries all partitions from their present end. With cursors it carries
         *     the partitions they name, each from the event after the given position. Events that are tagged for
         *     one subscription, and events whose owner the caller may not read, are left out.
         *
         *     The stream ends after `stream_timeout`, after `stream_limit` events, after `stream_keep_alive_limit`
         *     empty batches in a row on every partition, or when the consumer is blocked or loses its right to
         *     read. It then ends as any HTTP body does, without a last word.
         */
        readonly get: operations["streamEvents"];
        readonly put?: never;
        /**
         * Publish events
         * @description Publishes a batch of events, all or none as far as the broker can tell beforehand. Needs WRITE.
         *
         *     Each event passes through validation (against the event type's effective schema, then its size, by
         *     default at most 999000 bytes), partitioning, enrichment and publishing; all events pass one phase
         *     before any enters the next. The first event that fails ends it: that event is `failed`, all others
         *     are `aborted`, and nothing was published (422). Only the last phase can fail for some events and
         *     succeed for others (207).
         *
         *     The body is an array of objects, and more tolerant than JSON in one way: objects may be separated by
         *     any mixture of commas and white space. It is stricter in others: an object must not have a key
         *     twice, integers must fit into 64 bits, and other numbers must be finite doubles. Any content type
         *     but `application/avro-binary` is taken for JSON.
         *
         *     An event that is invalid and, in categories `data` and `business`, has no `metadata.eid` either is
         *     answered with 400 instead of 422.
         *
         *     With `application/avro-binary` every failed check is answered with 207, in step `publishing`, though
         *     nothing was published; payloads are not validated, sizes not checked. There, an event type that stays
         *     in maintenance is a 500 `Failed to wait for timeline switch` instead of the 503, and an empty batch
         *     is a 500 too.
         */
        readonly post: operations["publishEvents"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/event-types/{name}/deleted-events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Delete the events of compaction keys
         * @description For event types with a compacting cleanup policy: marks the compaction keys of the given events as
         *     deleted, so that compaction drops what was published under them. Consumers see nothing of it but a
         *     gap in the offsets. Needs WRITE.
         *
         *     The body is read as in `publishEvents`. The events are not validated and not enriched, but sized and
         *     partitioned like any other, so they need the fields of partitioning and
         *     `metadata.partition_compaction_key`. In Avro, payloads must be empty.
         */
        readonly post: operations["deleteEvents"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/subscriptions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * List subscriptions
         * @description Gives the subscriptions, the newest first, in pages by `offset`. With `token`, and also without it
         *     when the feature `token_subscriptions_iteration` is on, they come in pages by token, ordered by id:
         *     a way to see each subscription once while others are created. Follow `_links` in either case.
         */
        readonly get: operations["listSubscriptions"];
        readonly put?: never;
        /**
         * Create a subscription, or get the one that exists
         * @description A subscription is known by its `owning_application`, its set of `event_types` and its
         *     `consumer_group`. If there is one with these three, the answer is that one (200) and the rest of the
         *     request, once it is valid in form, is ignored. Needs VIEW on the event types, or on the existing
         *     subscription.
         *
         *     A new subscription may span at most 100 partitions. Its positions are fixed when its first stream
         *     opens, so `read_from: end` means the end at that moment.
         *
         *     When two create the same subscription at once, Nakadi refuses one of them with 409; whoever repeats
         *     the request gets the subscription.
         */
        readonly post: operations["createSubscription"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/subscriptions/{subscription_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        /**
         * Get a subscription
         * @description Needs VIEW. A broker node may answer from a cache for five minutes, and so show a subscription as it
         *     was before it was changed or deleted.
         */
        readonly get: operations["getSubscription"];
        /**
         * Change the permissions, annotations and labels of a subscription
         * @description Everything else must be sent as it is. `null` annotations or labels keep the present ones. Needs
         *     VIEW and ADMIN. Annotations that concern dead letters take effect for streams that open later.
         */
        readonly put: operations["updateSubscription"];
        readonly post?: never;
        /**
         * Delete a subscription and its positions
         * @description Needs ADMIN. Open streams are not told.
         */
        readonly delete: operations["deleteSubscription"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/subscriptions/{subscription_id}/stats": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        /**
         * Say how far a subscription has come, and who streams it
         * @description Needs VIEW. Event types are sorted by name, partitions as text.
         */
        readonly get: operations["getSubscriptionStats"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/subscriptions/{subscription_id}/cursors": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        /**
         * Get the committed positions
         * @description Needs VIEW. There are none before the first stream has opened.
         */
        readonly get: operations["getSubscriptionCursors"];
        readonly put?: never;
        /**
         * Commit positions
         * @description Confirms all events up to and including the given positions. Needs VIEW and READ.
         *
         *     Each partition is decided by itself: a later position than the present one is committed, any other
         *     is outdated and changes nothing. Nothing stops a commit beyond the last event.
         *
         *     A partition can be committed only through the stream that owns it. A stream owns its partitions
         *     while it is open, and for what remains of its commit timeout after it was asked to close.
         */
        readonly post: operations["commitCursors"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Move positions, forwards or backwards
         * @description Sets the positions of the given partitions, whatever was committed before. Needs ADMIN. All streams
         *     of the subscription are asked to close (with the remark `Resetting subscription cursors`) and no new
         *     one may open until it is done. The answer comes after the last stream has closed, which takes at
         *     most the longest commit timeout and a second. An empty list only fixes the initial positions.
         */
        readonly patch: operations["resetCursors"];
        readonly trace?: never;
    };
    readonly "/subscriptions/{subscription_id}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        /**
         * Stream the events of a subscription
         * @description Opens a stream. The broker shares the partitions of the subscription among its streams, and moves
         *     them when streams come and go. Needs VIEW and READ on the subscription, and READ on its event types.
         *
         *     On each partition the stream starts after the committed position. A partition's batch is sent when
         *     it holds `batch_limit` events, when `batch_timespan` is spanned, or after `batch_flush_timeout`,
         *     then also empty (keep-alive). No more than `max_uncommitted_events` events are on the way at once;
         *     the stream waits for commits then, and sends keep-alive batches alone.
         *
         *     The stream is closed by the broker when one of its limits is reached; when sent events stay
         *     uncommitted for `commit_timeout`; when cursors are reset or partitions added; when no partition was
         *     assigned to it for twice `commit_timeout`; or when the consumer is blocked or loses its right to
         *     read. Mostly a last batch without events says why in `info.debug`. The connection may stay open
         *     after it, until everything sent is committed or `commit_timeout` is over.
         *
         *     An `Accept` header of exactly `application/avro-binary` asks for Avro: batches as Avro objects in
         *     single-object encoding, one after the other, of schema `batch.consumption` of `/avro-schemas`. The
         *     content type of the answer does not say so.
         *
         *     Nakadi may refuse a stream with 412 when it cannot read on from the committed positions.
         */
        readonly get: operations["streamSubscription"];
        readonly put?: never;
        /**
         * Stream chosen partitions of a subscription
         * @description As `streamSubscription`, with the parameters in the body; those in the query are ignored.
         *     `partitions` asks for exactly these partitions: the stream gets them all, at once or as soon as
         *     their present streams let go of them, and never another one. It then takes no part in sharing the
         *     others.
         */
        readonly post: operations["streamSubscriptionPartitions"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storages": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the storages */
        readonly get: operations["listStorages"];
        readonly put?: never;
        /** Add a storage */
        readonly post: operations["createStorage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storages/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the storage. */
                readonly id: components["parameters"]["StorageId"];
            };
            readonly cookie?: never;
        };
        /** Get a storage */
        readonly get: operations["getStorage"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a storage that no timeline uses */
        readonly delete: operations["deleteStorage"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/storages/default/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the storage. */
                readonly id: components["parameters"]["StorageId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Choose the storage of new event types
         * @description Broker nodes follow within seconds. Compacted event types always go to the storage `default`.
         */
        readonly put: operations["setDefaultStorage"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/settings/blacklist": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List what is blocked */
        readonly get: operations["getBlacklist"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/settings/blacklist/{blacklist_type}/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Who is blocked from what, in upper case. */
                readonly blacklist_type: "CONSUMER_APP" | "CONSUMER_ET" | "PRODUCER_APP" | "PRODUCER_ET";
                /** @description Name of an application (`..._APP`) or of an event type (`..._ET`). */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Block an application or an event type
         * @description Open streams end, and publishing is refused, within seconds. Blocking twice is fine.
         */
        readonly put: operations["addToBlacklist"];
        readonly post?: never;
        /**
         * Unblock an application or an event type
         * @description Takes effect within seconds. Unblocking what is not blocked is fine.
         */
        readonly delete: operations["removeFromBlacklist"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/settings/features": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the features and whether they are on */
        readonly get: operations["listFeatures"];
        readonly put?: never;
        /** Switch a feature on or off */
        readonly post: operations["setFeature"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/settings/admins": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the Nakadi admins */
        readonly get: operations["getAdmins"];
        readonly put?: never;
        /** Replace the Nakadi admins */
        readonly post: operations["setAdmins"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/registry/partition-strategies": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the partition strategies */
        readonly get: operations["listPartitionStrategies"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/registry/enrichment-strategies": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** List the enrichment strategies */
        readonly get: operations["listEnrichmentStrategies"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/avro-schemas/{name}/versions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the format. */
                readonly name: components["parameters"]["AvroSchemaName"];
            };
            readonly cookie?: never;
        };
        /** List the versions of a binary format */
        readonly get: operations["listAvroSchemas"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/avro-schemas/{name}/versions/{version}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the format. */
                readonly name: components["parameters"]["AvroSchemaName"];
                /** @description Version of the format, counted from 0. */
                readonly version: string;
            };
            readonly cookie?: never;
        };
        /** Get one version of a binary format */
        readonly get: operations["getAvroSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Say that this node is up
         * @description Needs no access token.
         */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/version": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Say which source this node was built from */
        readonly get: operations["getVersion"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get the metrics of this node */
        readonly get: operations["getMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/request-metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get the metrics of requests to this node */
        readonly get: operations["getRequestMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/stream-metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get the metrics of streams from this node */
        readonly get: operations["getStreamMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/prometheus": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Get the metrics of this node as Prometheus reads them
         * @description Not part of Nakadi, which shows them on another port. Names and labels are the node's own.
         */
        readonly get: operations["getPrometheusMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Get the description of this API */
        readonly get: operations["getApiDefinition"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description Why a request failed (RFC 9457). */
        readonly Problem: {
            /**
             * Format: uri
             * @description Kind of problem. Left out when the status says it all.
             */
            readonly type?: string;
            /** @description Name of the kind of problem, mostly the reason phrase of the status. */
            readonly title: string;
            readonly status: number;
            /** @description What was wrong this time. */
            readonly detail?: string;
            /** @description Never set by the broker. */
            readonly instance?: string;
        } & {
            readonly [key: string]: unknown;
        };
        /**
         * @description A problem that tells all fields of a body that are invalid by themselves. `detail` has a line `Field
         *     "<path in snake_case>" <message>` for each violation, in no particular order. The paths of entries of
         *     a map are `annotations[]` and `labels[]`.
         *
         *     Of all bodies:
         *
         *     - what is required, or has a default that is not `null`: `must not be null`
         *     - keys of `annotations[]` and `labels[]`: `Key cannot be empty`, `Key name should be an optional
         *       lowercase domain name with path`, `Key prefix cannot be more than 253 characters.`, `Key name cannot
         *       be more than 63 characters.`, `Key name should start and end with a letter or a digit`
         *     - values of `annotations[]`: `size must be between 0 and 1000`
         *     - values of `labels[]`: `size must be between 0 and 63`, `Should contain only allowed symbols`
         *     - lists of `authorization` and of the Nakadi admins: `must contain at least one attribute`
         *
         *     Of event types:
         *
         *     - `name`: `format not allowed`, `the length of the name must be >= 1 and <= 255`
         *     - `default_statistic.messages_per_minute`: `can't be less then zero`
         *     - `default_statistic.message_size`: `can't be less then 1`
         *     - `default_statistic.read_parallelism`: `at least one reader expected`
         *     - `default_statistic.write_parallelism`: `at least one writer expected`
         *     - `event_owner_selector.name`: `the length of the name must be >= 1`
         *
         *     Of subscriptions:
         *
         *     - `owning_application`, `consumer_group`: `must contain at least one character`
         *     - `event_types`: `must contain at least one element`
         *     - `annotations`, where `<count>` is `nakadi.zalando.org/subscription-max-event-send-count` and
         *       `<policy>` is `nakadi.zalando.org/subscription-unprocessable-event-policy`: `<count> must be an
         *       integer`, `<count> must be between 2 and 10`, `<policy> must be one of: SKIP_EVENT,
         *       DEAD_LETTER_QUEUE`, `<policy> must be also set when setting <count>`, `<count> must be also set when
         *       setting <policy>`
         */
        readonly ValidationProblem: {
            /** @constant */
            readonly type: "http://httpstatus.es/422";
            /** @constant */
            readonly title: "Unprocessable Entity";
            /** @constant */
            readonly status: 422;
            /**
             * @example Field "name" format not allowed
             *     Field "owning_application" must not be null
             * @example Field "labels[]" Key name should start and end with a letter or a digit
             * @example Field "default_statistic.read_parallelism" at least one reader expected
             * @example Field "annotations" nakadi.zalando.org/subscription-max-event-send-count must be between 2 and 10
             * @example Field "annotations" nakadi.zalando.org/subscription-unprocessable-event-policy must be also set when setting nakadi.zalando.org/subscription-max-event-send-count
             */
            readonly detail: string;
        };
        /** @description A problem that lists what a body lacks. It has no `detail`. */
        readonly ConstraintViolationProblem: {
            /** @constant */
            readonly type: "https://zalando.github.io/problem/constraint-violation";
            /** @constant */
            readonly title: "Constraint Violation";
            /** @constant */
            readonly status: 400;
            readonly violations: readonly {
                readonly field: string;
                readonly message: string;
            }[];
        };
        /**
         * @description Words of letters, digits, `-` and `_`, joined by dots; the first begins with a letter, none with a
         *     sign.
         * @example order.placed
         */
        readonly EventTypeName: string;
        /**
         * @description What an event of this type means. It decides what an event looks like: `undefined` is any object,
         *     `data` is a change of an entity (`data_op`, `data_type`, `data`), `business` is any object with
         *     metadata.
         * @enum {string}
         */
        readonly EventTypeCategory: "undefined" | "data" | "business";
        /**
         * @description What the broker adds to events. `metadata_enrichment` completes `metadata`.
         * @enum {string}
         */
        readonly EnrichmentStrategy: "metadata_enrichment";
        /**
         * @description How the broker chooses the partition of an event: any (`random`), by the values of
         *     `partition_key_fields` (`hash`), or the one in `metadata.partition` (`user_defined`, which category
         *     `undefined` cannot have).
         * @enum {string}
         */
        readonly PartitionStrategy: "random" | "hash" | "user_defined";
        /**
         * @description Which events the broker drops: those older than the retention time (`delete`), those that a newer
         *     event with the same `metadata.partition_compaction_key` supersedes (`compact`), or both. Category
         *     `undefined` has `delete` only.
         * @enum {string}
         */
        readonly CleanupPolicy: "delete" | "compact" | "compact_and_delete";
        /**
         * @description Which changes of the schema are allowed. `none`: any. `forward`: none that could make a consumer
         *     that knows the former schema fail. `compatible`: in addition, events of the former schema stay
         *     valid; events may then have no property that the schema does not name, and the schema has only the
         *     keywords of draft 4, without `not` and `additionalItems`.
         * @enum {string}
         */
        readonly CompatibilityMode: "compatible" | "forward" | "none";
        /**
         * @description Who the event type is meant for, matched exactly.
         * @enum {string}
         */
        readonly Audience: "component-internal" | "business-unit-internal" | "company-internal" | "external-partner" | "external-public";
        /**
         * @description The language of a schema.
         * @enum {string}
         */
        readonly SchemaType: "json_schema" | "avro_schema";
        /** @description A schema as a client sends it. `version` and `created_at` are ignored. */
        readonly NewEventTypeSchema: {
            readonly type: components["schemas"]["SchemaType"];
            /**
             * @description The text of the schema, kept byte for byte. A JSON schema describes what the producer writes,
             *     without `metadata` and, in category `data`, without the rest of the envelope. Draft 4 is meant
             *     unless `$schema` names draft 6 or 7. Regular expressions are RE2, other documents cannot be
             *     referred to, and a schema object may have one of `allOf`, `anyOf` and `oneOf`.
             */
            readonly schema: string;
        };
        /** @description A stored version of an event type's schema. */
        readonly EventTypeSchema: {
            readonly type: components["schemas"]["SchemaType"];
            /** @description The text of the schema, as it was sent. */
            readonly schema: string;
            /**
             * @description Semantic version.
             * @example 1.0.0
             */
            readonly version: string;
            readonly created_at: components["schemas"]["Time"];
        };
        /** @description One page of schemas, the newest first. */
        readonly EventTypeSchemaList: {
            readonly items: readonly components["schemas"]["EventTypeSchema"][];
            readonly _links: components["schemas"]["PaginationLinks"];
        };
        /** @description Whether a schema could follow another one. */
        readonly CompatibilityCheck: {
            readonly compatible: boolean;
            readonly compatibility_mode: components["schemas"]["CompatibilityMode"];
            /**
             * @description Why not, in the words of the 422 of `createSchema`. Left out when compatible.
             * @example Invalid schema: #/properties/order_number: schema properties cannot be removed
             */
            readonly error?: string;
            /** @example 1.0.0 */
            readonly validated_against_version: string;
        };
        /** @description The load that an event type is created for. The number of partitions follows from it. */
        readonly EventTypeStatistics: {
            /** @description Only recorded. */
            readonly messages_per_minute: number;
            /** @description Bytes of an event on average, only recorded. */
            readonly message_size: number;
            /** @description Consumers that read side by side. */
            readonly read_parallelism: number;
            /** @description Producers that write side by side. */
            readonly write_parallelism: number;
        };
        readonly EventTypeOptions: {
            readonly retention_time: components["schemas"]["RetentionTime"];
        };
        /**
         * @description Milliseconds that an event stays readable, from 3 hours to 4 days unless a Nakadi admin sets it.
         * @example 172800000
         */
        readonly RetentionTime: number;
        /** @description An identity, such as a service or a user. */
        readonly AuthorizationAttribute: {
            /**
             * @description Kind of identity.
             * @example service
             */
            readonly data_type: string;
            /** @example billing */
            readonly value: string;
        };
        /** @description Who may administer, read and write. */
        readonly EventTypeAuthorization: {
            readonly admins: components["schemas"]["AuthorizationAttributes"];
            readonly readers: components["schemas"]["AuthorizationAttributes"];
            readonly writers: components["schemas"]["AuthorizationAttributes"];
        };
        /**
         * @description Identities, none of them twice. A request must name at least one; the broker's own event types have
         *     none.
         */
        readonly AuthorizationAttributes: readonly components["schemas"]["AuthorizationAttribute"][];
        /**
         * @description Notes for programs. A key is a name of up to 63 characters, optionally after a domain name and a
         *     slash; a value has at most 1000 characters. Some keys mean something to the broker.
         *
         *     On event types, of `datalake.zalando.org`: `materialize-events` (`on` or `off`), `retention-period`
         *     (`unlimited`, or 7 to 3650 `days`, 1 to 521 `weeks`, 1 to 120 `months` or 1 to 10 `years`, as `7
         *     days` or `7d`), which `on` needs, and `retention-period-reason`, which a period needs.
         *
         *     On subscriptions: `nakadi.zalando.org/subscription-max-event-send-count` (2 to 10) together with
         *     `nakadi.zalando.org/subscription-unprocessable-event-policy` (`SKIP_EVENT` or `DEAD_LETTER_QUEUE`):
         *     after so many streams that ended without a commit, the events in question are sent one by one, and an
         *     event that fails as often again is skipped. With `DEAD_LETTER_QUEUE` it is first published to
         *     `nakadi.dead.letter.queue`, with the `error.message` `Nakadi Auto DLQ: skipped due to failed commits
         *     count: <n>`.
         */
        readonly Annotations: {
            readonly [key: string]: string;
        };
        /**
         * @description Notes to select by. Keys are as in annotations; a value has at most 63 letters, digits and `_.-`,
         *     and begins and ends with a letter or digit.
         */
        readonly Labels: {
            readonly [key: string]: string;
        };
        /**
         * @description Which value of an event names its owner. With the feature `event_owner_selector_authz` the broker
         *     checks the right to write and read each event against its owner.
         */
        readonly EventOwnerSelector: {
            /**
             * @description The value at a path, the same for all events, or from the metadata (which cannot be created
             *     here).
             * @enum {string}
             */
            readonly type: "path" | "static" | "metadata";
            /**
             * @description Kind of owner.
             * @example retailer_id
             */
            readonly name: string;
            /**
             * @description A path into the event, or the owner.
             * @example seller.id
             */
            readonly value: string;
        };
        /** @description Paths into an event, with dots between property names, relative to `data` in category `data`. */
        readonly KeyFields: readonly string[];
        /** @description An event type as a client sends it. What is left out gets its default. */
        readonly NewEventType: {
            readonly name: components["schemas"]["EventTypeName"];
            readonly owning_application: string;
            readonly category: components["schemas"]["EventTypeCategory"];
            readonly schema: components["schemas"]["NewEventTypeSchema"];
            /**
             * @description Exactly `metadata_enrichment` in categories `data` and `business`, none in `undefined`.
             * @default []
             */
            readonly enrichment_strategies?: readonly components["schemas"]["EnrichmentStrategy"][];
            /** @default random */
            readonly partition_strategy?: components["schemas"]["PartitionStrategy"];
            /**
             * @description Needed by partition strategy `hash`. Whether the schema has them is not checked.
             * @default []
             */
            readonly partition_key_fields?: components["schemas"]["KeyFields"] | null;
            /** @default delete */
            readonly cleanup_policy?: components["schemas"]["CleanupPolicy"];
            /**
             * @description Tells consumers what to order by. The schema must have them.
             * @default []
             */
            readonly ordering_key_fields?: components["schemas"]["KeyFields"] | null;
            /**
             * @description Tells consumers what is ordered. The schema must have them, and there must be
             *     `ordering_key_fields`.
             * @default []
             */
            readonly ordering_instance_ids?: components["schemas"]["KeyFields"] | null;
            /** @default null */
            readonly default_statistic?: components["schemas"]["EventTypeStatistics"] | null;
            readonly options?: {
                /** @default 172800000 */
                readonly retention_time?: components["schemas"]["RetentionTime"];
            };
            /**
             * @description Without it everyone may do everything.
             * @default null
             */
            readonly authorization?: components["schemas"]["EventTypeAuthorization"] | null;
            /** @default {} */
            readonly annotations?: components["schemas"]["Annotations"] | null;
            /** @default {} */
            readonly labels?: components["schemas"]["Labels"] | null;
            /** @default forward */
            readonly compatibility_mode?: components["schemas"]["CompatibilityMode"];
            /** @default null */
            readonly audience?: components["schemas"]["Audience"] | null;
            /** @default null */
            readonly event_owner_selector?: components["schemas"]["EventOwnerSelector"] | null;
        };
        /** @description An event type as the broker gives it. */
        readonly EventType: {
            readonly name: components["schemas"]["EventTypeName"];
            readonly owning_application: string;
            readonly category: components["schemas"]["EventTypeCategory"];
            readonly enrichment_strategies: readonly components["schemas"]["EnrichmentStrategy"][];
            readonly partition_strategy: components["schemas"]["PartitionStrategy"];
            readonly partition_key_fields: components["schemas"]["KeyFields"];
            readonly cleanup_policy: components["schemas"]["CleanupPolicy"];
            readonly ordering_key_fields: components["schemas"]["KeyFields"];
            readonly ordering_instance_ids: components["schemas"]["KeyFields"];
            readonly schema: components["schemas"]["EventTypeSchema"];
            readonly default_statistic: components["schemas"]["EventTypeStatistics"] | null;
            readonly options: components["schemas"]["EventTypeOptions"];
            readonly authorization: components["schemas"]["EventTypeAuthorization"] | null;
            readonly annotations: components["schemas"]["Annotations"];
            readonly labels: components["schemas"]["Labels"];
            readonly compatibility_mode: components["schemas"]["CompatibilityMode"];
            /** @description Left out when there is none. */
            readonly audience?: components["schemas"]["Audience"];
            /** @description Left out when there is none. */
            readonly event_owner_selector?: components["schemas"]["EventOwnerSelector"];
            readonly created_at: components["schemas"]["Time"];
            readonly updated_at: components["schemas"]["Time"];
        };
        /**
         * @description UUID of an event. Give an event that is published again the same one.
         * @example 5e4a1b6c-0a3e-4b53-8f8e-d2b6a3cf1a01
         */
        readonly Eid: string;
        /** @description Context of distributed tracing. */
        readonly SpanContext: {
            readonly [key: string]: string;
        };
        /**
         * @description What a producer may say about an event. Anything else, and anything the broker adds itself, is
         *     refused.
         */
        readonly NewEventMetadata: {
            readonly eid: components["schemas"]["Eid"];
            /**
             * Format: date-time
             * @description When the fact happened, in RFC 3339 with seconds and offset.
             */
            readonly occurred_at: string;
            /** @description The name of the event type, if anything. */
            readonly event_type?: string;
            /** @description The partition, with partition strategy `user_defined`. */
            readonly partition?: string;
            /** @description The flow id of the request unless given. */
            readonly flow_id?: string;
            /** @description The events that caused this one. */
            readonly parent_eids?: readonly components["schemas"]["Eid"][];
            readonly span_ctx?: components["schemas"]["SpanContext"];
            /** @description What the event supersedes others by. Needed by compacting cleanup policies, refused otherwise. */
            readonly partition_compaction_key?: string;
        };
        /**
         * @description What is known about an event when it is consumed. Events that were published in Avro may have
         *     further properties.
         */
        readonly EventMetadata: {
            readonly eid: components["schemas"]["Eid"];
            readonly event_type: components["schemas"]["EventTypeName"];
            /**
             * Format: date-time
             * @description When the fact happened, as the producer wrote it.
             */
            readonly occurred_at: string;
            /** @description When the broker accepted the event. */
            readonly received_at: components["schemas"]["Time"];
            /**
             * @description Newest version of the schema at that time.
             * @example 1.0.0
             */
            readonly version: string;
            readonly partition: string;
            readonly flow_id: string;
            /** @description Who published it, or `unauthenticated`. */
            readonly published_by: string;
            readonly parent_eids?: readonly components["schemas"]["Eid"][];
            readonly span_ctx?: components["schemas"]["SpanContext"];
            readonly partition_compaction_key?: string;
        };
        /**
         * @description What happened to the entity: created, updated, deleted, or a snapshot of it.
         * @enum {string}
         */
        readonly DataOperation: "C" | "U" | "D" | "S";
        /** @description An event of category `undefined`: any object that fits the schema. */
        readonly UndefinedEvent: {
            readonly [key: string]: unknown;
        };
        /** @description An event of category `business`, as it is published. */
        readonly NewBusinessEvent: {
            readonly metadata: components["schemas"]["NewEventMetadata"];
        } & {
            readonly [key: string]: unknown;
        };
        /** @description An event of category `data`, as it is published. */
        readonly NewDataChangeEvent: {
            readonly metadata: components["schemas"]["NewEventMetadata"];
            /** @description Kind of entity. */
            readonly data_type: string;
            readonly data_op: components["schemas"]["DataOperation"];
            /** @description The entity, which fits the schema. */
            readonly data: unknown;
        };
        /** @description An event as it is published, in the form of its event type's category. */
        readonly NewEvent: components["schemas"]["UndefinedEvent"] | components["schemas"]["NewBusinessEvent"] | components["schemas"]["NewDataChangeEvent"];
        /** @description An event of category `business`, as it is consumed. */
        readonly BusinessEvent: {
            readonly metadata: components["schemas"]["EventMetadata"];
        } & {
            readonly [key: string]: unknown;
        };
        /** @description An event of category `data`, as it is consumed. */
        readonly DataChangeEvent: {
            readonly metadata: components["schemas"]["EventMetadata"];
            /** @description Kind of entity. */
            readonly data_type: string;
            readonly data_op: components["schemas"]["DataOperation"];
            /** @description The entity after the change. */
            readonly data: unknown;
        };
        /** @description An event as it is consumed, in the form of its event type's category. */
        readonly Event: components["schemas"]["UndefinedEvent"] | components["schemas"]["BusinessEvent"] | components["schemas"]["DataChangeEvent"];
        /**
         * @description What became of an event: it is in the log, something was wrong with it, or something was wrong with
         *     another one so that it was not sent.
         * @enum {string}
         */
        readonly PublishingStatus: "submitted" | "failed" | "aborted";
        /**
         * @description The last phase that an event was in.
         * @enum {string}
         */
        readonly PublishingStep: "none" | "validating" | "partitioning" | "enriching" | "publishing";
        /** @description The outcome of one published event. */
        readonly BatchItemResponse: {
            readonly publishing_status: components["schemas"]["PublishingStatus"];
            readonly step: components["schemas"]["PublishingStep"];
            /**
             * @description Why it failed, otherwise empty.
             *
             *     In step `validating`: `Event too large: <n> bytes, max size is 999000 bytes`, `No json_schema
             *     found for event type: <name>`, the words of a 403 when the caller may not write events of this
             *     owner, or how the event violates the schema. That takes one line `<pointer>: <text>`, such as
             *     `#/items/0: required key [sku] not found`, or a line `<pointer>: <n> schema violations found`
             *     followed by their lines. The texts are:
             *
             *     - any value: `expected type: <type>, found: <type>`, `expected: null, found: <type>`, `<value> is
             *       not a valid enum value`. The types are those of the broker's language: String, Integer, Long,
             *       Double, BigDecimal, Number, Boolean, JSONObject, JSONArray, Null.
             *     - objects: `required key [<key>] not found`, `extraneous key [<key>] is not permitted`, `property
             *       [<key>] is required` (of a dependency), `minimum size: [<n>], found: [<n>]`, `maximum size:
             *       [<n>], found: [<n>]`
             *     - arrays: `expected minimum item count: <n>, found: <n>`, `expected maximum item count: <n>,
             *       found: <n>`, `expected: [<n>] array items, found: [<n>]`, `array items are not unique`
             *     - strings: `expected minLength: <n>, actual: <n>`, `expected maxLength: <n>, actual: <n>`,
             *       `string [<value>] does not match pattern <pattern>`
             *     - formats: `must be a valid date-time`, also followed by ` Text '<value>' could not be parsed at
             *       index <n>`, and `[<value>] is not a valid alphabetic ISO 4217 currency code`
             *     - numbers: `<value> is not greater or equal to <bound>`, `<value> is not less or equal to
             *       <bound>`, `<value> is not greater than <bound>`, `<value> is not less than <bound>`, `<value>
             *       is not a multiple of <factor>`
             *     - combinations, with the pointer `#` twice: `#: only <n> subschema matches out of <n>`, `#: no
             *       subschema matched out of the total <n> subschemas`, `#: <n> subschemas matched instead of one`
             *     - `not`: `subject must not be valid against schema <schema>`
             *
             *     One text has no space after its pointer: `#/metadata/occurred_at:must be a valid date-time`.
             *
             *     In step `partitioning`: `field <name> doesn't exist.`, `Failed to resolve partition. Invalid
             *     partition specified when publishing event: <partition>`, `Failed to resolve partition. Failed to
             *     get partition from event metadata`. In step `enriching`: `enrichment error`. In step
             *     `publishing`: `internal error`, `timed out`, `interrupted`. None of these three says that the
             *     event is not stored, now or later.
             *
             *     In Avro, always in step `publishing`: `event type does not match`, `EventType "<name>" has no
             *     schema with version "<version>"`, `Cannot calculate hash value for partitioning: partition keys
             *     not set.`, `Payload must be empty to delete events.`
             * @example #: required key [order_number] not found
             * @example #: 2 schema violations found
             *     #: required key [order_number] not found
             *     #/total: expected type: Number, found: String
             * @example #/metadata/occurred_at:must be a valid date-time
             * @example Failed to resolve partition. Failed to get partition from event metadata
             * @example timed out
             */
            readonly detail: string;
            /** @description The `metadata.eid` of the event, empty when there was none. */
            readonly eid: string;
            /** @description The chosen partition, `null` before one was chosen. */
            readonly partition: string | null;
        };
        /**
         * @description A position in a partition: after the event that it came with. To clients it is opaque, but for
         *     `BEGIN` (in any case), which is before the oldest event that is available.
         * @example 001-0001-000000000000000042
         * @example BEGIN
         */
        readonly Offset: string;
        /** @description An ordered log of an event type, and what can be read of it. */
        readonly Partition: {
            /** @example 0 */
            readonly partition: string;
            /** @example 001-0001-000000000000000000 */
            readonly oldest_available_offset: string;
            /**
             * @description Offset of the last event, or one before the first where there is none.
             * @example 001-0001-000000000000000042
             * @example 001-0001--1
             */
            readonly newest_available_offset: string;
            /** @description Events after the given position. Left out without one. */
            readonly unconsumed_events?: number;
        };
        /** @description A position in a partition. */
        readonly Cursor: {
            /** @example 0 */
            readonly partition: string;
            readonly offset: components["schemas"]["Offset"];
        };
        /** @description Two positions in the same partition. */
        readonly CursorPair: {
            readonly initial_cursor: components["schemas"]["Cursor"];
            readonly final_cursor: components["schemas"]["Cursor"];
        };
        /** @description Two positions, and how many offsets the second is after the first. */
        readonly CursorDistance: {
            readonly initial_cursor: components["schemas"]["Cursor"];
            readonly final_cursor: components["schemas"]["Cursor"];
            readonly distance: number;
        };
        /** @description A position, and by how many offsets to move it. */
        readonly CursorShift: {
            /** @example 0 */
            readonly partition: string;
            readonly offset: components["schemas"]["Offset"];
            /**
             * @description Negative moves back.
             * @default 0
             */
            readonly shift?: number;
        };
        /** @description A partition, and how many events in it follow a position. */
        readonly CursorLag: {
            /** @example 0 */
            readonly partition: string;
            readonly oldest_available_offset: string;
            readonly newest_available_offset: string;
            readonly unconsumed_events: number;
        };
        /** @description A position in a partition of one of several event types. */
        readonly SubscriptionCursorWithoutToken: {
            readonly event_type: components["schemas"]["EventTypeName"];
            /** @example 0 */
            readonly partition: string;
            readonly offset: components["schemas"]["Offset"];
        };
        /** @description A position as a stream gives it, to be committed as it is. */
        readonly SubscriptionCursor: {
            readonly event_type: components["schemas"]["EventTypeName"];
            /** @example 0 */
            readonly partition: string;
            readonly offset: components["schemas"]["Offset"];
            /** @description Must be there. The broker does not look at it. */
            readonly cursor_token: string;
        };
        /** @description What became of one cursor of a commit. */
        readonly CursorCommitResult: {
            /** @description As it was sent. */
            readonly cursor: components["schemas"]["SubscriptionCursor"];
            /**
             * @description `outdated`: the present position was not before this one; nothing changed.
             * @enum {string}
             */
            readonly result: "committed" | "outdated";
        };
        /** @description A partition of one of several event types. */
        readonly EventTypePartition: {
            readonly event_type: components["schemas"]["EventTypeName"];
            /** @example 0 */
            readonly partition: string;
        };
        /** @description A part of an event type's history that lies in one storage. */
        readonly Timeline: {
            /** Format: uuid */
            readonly id: string;
            readonly event_type: components["schemas"]["EventTypeName"];
            /** @description The second part of the offsets in this timeline. */
            readonly order: number;
            readonly storage_id: string;
            /** @description Name of the topic in the storage. */
            readonly topic: string;
            readonly created_at: string;
            /** @description When publishing into it began. */
            readonly switched_at: string | null;
            /** @description When its events are dropped, once it is closed. */
            readonly cleaned_up_at: string | null;
            /** @description The last offsets of a closed timeline; `null` while events are published into it. */
            readonly latest_position: {
                /** @description By the number of the partition. */
                readonly offsets: readonly number[];
            } | null;
        };
        /**
         * @description Where the first stream starts, when it opens. At the oldest event, after the newest, or at
         *     `initial_cursors`.
         * @enum {string}
         */
        readonly ReadFrom: "begin" | "end" | "cursors";
        /** @description Who may administer and read. */
        readonly SubscriptionAuthorization: {
            readonly admins: components["schemas"]["AuthorizationAttributes"];
            readonly readers: components["schemas"]["AuthorizationAttributes"];
        };
        /** @description A subscription as a client sends it. What is left out gets its default. */
        readonly NewSubscription: {
            readonly owning_application: string;
            readonly event_types: readonly string[];
            /** @default default */
            readonly consumer_group?: string;
            /** @default end */
            readonly read_from?: components["schemas"]["ReadFrom"];
            /**
             * @description One for each partition of each event type, with `read_from` `cursors`.
             * @default []
             */
            readonly initial_cursors?: readonly components["schemas"]["SubscriptionCursorWithoutToken"][];
            /**
             * @description Without it everyone may do everything.
             * @default null
             */
            readonly authorization?: components["schemas"]["SubscriptionAuthorization"] | null;
            /** @default {} */
            readonly annotations?: components["schemas"]["Annotations"] | null;
            /** @default {} */
            readonly labels?: components["schemas"]["Labels"] | null;
        };
        /** @description A subscription as the broker gives it. */
        readonly Subscription: {
            /** Format: uuid */
            readonly id: string;
            readonly owning_application: string;
            /** @description Sorted by name. */
            readonly event_types: readonly string[];
            readonly consumer_group: string;
            readonly read_from: components["schemas"]["ReadFrom"];
            readonly initial_cursors: readonly components["schemas"]["SubscriptionCursorWithoutToken"][];
            readonly authorization: components["schemas"]["SubscriptionAuthorization"] | null;
            readonly annotations: components["schemas"]["Annotations"];
            readonly labels: components["schemas"]["Labels"];
            readonly created_at: components["schemas"]["Time"];
            readonly updated_at: components["schemas"]["Time"];
            /** @description Who streams what. Left out unless asked for. */
            readonly status?: readonly components["schemas"]["SubscriptionEventTypeStats"][];
        };
        /** @description One page of subscriptions. A full page has a `next` link even if nothing follows. */
        readonly SubscriptionList: {
            readonly items: readonly components["schemas"]["Subscription"][];
            readonly _links: components["schemas"]["PaginationLinks"];
        };
        /** @description How far a subscription has come. */
        readonly SubscriptionStats: {
            readonly items: readonly components["schemas"]["SubscriptionEventTypeStats"][];
        };
        /** @description How far a subscription has come in one event type. */
        readonly SubscriptionEventTypeStats: {
            readonly event_type: components["schemas"]["EventTypeName"];
            readonly partitions: readonly components["schemas"]["SubscriptionPartitionStats"][];
        };
        /**
         * @description Nobody streams the partition, or one stream is giving it to another, or one stream has it.
         * @enum {string}
         */
        readonly PartitionState: "unassigned" | "reassigning" | "assigned";
        /** @description How far a subscription has come in one partition. */
        readonly SubscriptionPartitionStats: {
            readonly partition: string;
            readonly state: components["schemas"]["PartitionState"];
            /** @description Events after the committed position. Left out before the first stream. */
            readonly unconsumed_events?: number;
            /** @description Age of the first of these events, if asked for and found. */
            readonly consumer_lag_seconds?: number;
            /** @description The stream that has it; `null`, or empty before the first stream. */
            readonly stream_id: string | null;
            /**
             * @description Whether the broker shared it out or the stream asked for it. Left out when there is no stream.
             * @enum {string}
             */
            readonly assignment_type?: "auto" | "direct";
        };
        /** @description One line of a subscription stream. */
        readonly StreamBatch: {
            /** @description The position after the events. */
            readonly cursor: components["schemas"]["SubscriptionCursor"];
            /** @description The events in order. Left out when there are none. */
            readonly events?: readonly components["schemas"]["Event"][];
            /** @description A remark about the stream. Left out when there is none. */
            readonly info?: {
                /**
                 * @description Remarks within a stream:
                 *
                 *     - `Stream started`: the first batch, unless the stream closes with it. May go on with `;
                 *       skipped events due to retention time passed, count: <n>`, when events after the committed
                 *       position were gone, and then with `; Auto DLQ failed commits tracking: {<event
                 *       type>:<partition> failedCommitsCount=<n> lastDeadLetterOffset=<offset or null>}, ...`, when
                 *       the subscription has annotations for dead letters.
                 *     - `Auto DLQ failed commits tracking: ...` alone: the stream has got other partitions.
                 *     - `Stream parameters are causing overflow`: the broker holds more events for the stream than
                 *       its memory is meant for, and sends a batch that is not full.
                 *
                 *     Remarks of the last batch, which has no events:
                 *
                 *     - `Stream timeout reached`: `stream_timeout` is over.
                 *     - `Commit timeout reached`: sent events stayed uncommitted for `commit_timeout`.
                 *     - `Stream limit in events reached: <n>`: so many events are committed, at least
                 *       `stream_limit`.
                 *     - `Resetting subscription cursors`: cursors are reset, or partitions are added.
                 *     - `Consumption is blocked`: the application or event type is on the blacklist.
                 *
                 *     A stream ends without a remark when every partition reached `stream_keep_alive_limit`, a
                 *     partition that it has to give up was not committed in time, no partition was assigned to it,
                 *     the caller lost the right to read, or something failed. The text is put into the line as it
                 *     is, without the escapes of JSON.
                 * @example Stream started
                 * @example Stream started; skipped events due to retention time passed, count: 5
                 * @example Stream started; Auto DLQ failed commits tracking: {order.placed:0 failedCommitsCount=2 lastDeadLetterOffset=null}
                 * @example Auto DLQ failed commits tracking: {order.placed:0 failedCommitsCount=0 lastDeadLetterOffset=001-0001-000000000000000042}
                 * @example Stream parameters are causing overflow
                 * @example Stream timeout reached
                 * @example Commit timeout reached
                 * @example Stream limit in events reached: 100
                 * @example Resetting subscription cursors
                 * @example Consumption is blocked
                 * @example The broker is shutting down
                 */
                readonly debug?: string;
            };
        };
        /** @description One line of a low-level stream. */
        readonly EventStreamBatch: {
            /** @description The position after the events. */
            readonly cursor: components["schemas"]["Cursor"];
            /** @description The events in order. Left out when there are none. */
            readonly events?: readonly components["schemas"]["Event"][];
        };
        /**
         * @description The parameters of a subscription stream, as in the query of `streamSubscription`, and the partitions
         *     wanted.
         */
        readonly StreamRequest: {
            /** @default 1 */
            readonly batch_limit?: number;
            /** @default 0 */
            readonly stream_limit?: number;
            /** @default 0 */
            readonly batch_timespan?: number;
            /** @default 30 */
            readonly batch_flush_timeout?: number;
            readonly stream_timeout?: number;
            /** @default 0 */
            readonly stream_keep_alive_limit?: number;
            /** @default 10 */
            readonly max_uncommitted_events?: number;
            /** @default 60 */
            readonly commit_timeout?: number;
            /**
             * @description The partitions wanted, each once. Empty leaves it to the broker.
             * @default []
             */
            readonly partitions?: readonly components["schemas"]["EventTypePartition"][];
        };
        /** @description A cluster that can hold events, as a client sends it. */
        readonly NewStorage: {
            /** @example kafka-2 */
            readonly id: string;
            /** @enum {string} */
            readonly storage_type: "kafka";
            readonly kafka_configuration: components["schemas"]["KafkaConfiguration"];
            /** @default false */
            readonly default?: boolean;
        };
        /** @description A cluster that holds events. */
        readonly Storage: {
            readonly id: string;
            /** @enum {string} */
            readonly storage_type: "kafka";
            readonly kafka_configuration: components["schemas"]["KafkaConfiguration"];
            /** @description Whether new event types go here. */
            readonly default: boolean;
        };
        /** @description Where a Kafka cluster is. */
        readonly KafkaConfiguration: {
            readonly zookeeper_connection: {
                /** @example zookeeper */
                readonly type: string;
                readonly addresses: readonly {
                    /** @example zookeeper.example.org */
                    readonly address: string;
                    /** @example 2181 */
                    readonly port: number;
                }[];
                readonly path?: string;
            };
        };
        /** @description Who may not consume and who may not publish. */
        readonly Blacklist: {
            readonly consumers: components["schemas"]["BlockedNames"];
            readonly producers: components["schemas"]["BlockedNames"];
        };
        readonly BlockedNames: {
            readonly event_types: readonly string[];
            readonly apps: readonly string[];
        };
        /** @description A switch of the broker. */
        readonly Feature: {
            /** @enum {string} */
            readonly feature: "disable_event_type_creation" | "disable_event_type_deletion" | "delete_event_type_with_subscriptions" | "event_type_deletion_only_admins" | "disable_subscription_creation" | "remote_tokeninfo" | "kpi_collection" | "audit_log_collection" | "disable_db_write_operations" | "force_event_type_authz" | "force_subscription_authz" | "repartitioning" | "event_owner_selector_authz" | "access_log_enabled" | "token_subscriptions_iteration" | "return_body_on_create_update_event_type" | "validate_subscription_owning_application" | "validate_event_type_owning_application" | "skip_misplaced_events" | "dlq_redrive_event_type_attachment_job" | "force_data_lake_annotations";
            readonly enabled: boolean;
        };
        /** @description One version of a binary format. */
        readonly AvroSchema: {
            readonly avro_schema: {
                readonly [key: string]: unknown;
            };
            /** @example 1 */
            readonly version: string;
        };
        readonly Version: {
            /** @description The revision of the source; `null` when it is not known. */
            readonly scm_source: {
                readonly author: string;
                readonly revision: string;
                readonly status: string;
                readonly url: string;
            } | null;
        };
        /** @description Named measurements, by kind. */
        readonly Metrics: {
            readonly version: string;
            readonly gauges: {
                readonly [key: string]: unknown;
            };
            readonly counters: {
                readonly [key: string]: unknown;
            };
            readonly histograms: {
                readonly [key: string]: unknown;
            };
            readonly meters: {
                readonly [key: string]: unknown;
            };
            readonly timers: {
                readonly [key: string]: unknown;
            };
        };
        /** @description Where a list goes on. A link is left out where there is nothing. */
        readonly PaginationLinks: {
            readonly prev?: components["schemas"]["Link"];
            readonly next?: components["schemas"]["Link"];
        };
        readonly Link: {
            /**
             * @description Path and query on this broker.
             * @example /subscriptions?offset=20&limit=20
             * @example /event-types/order.placed/schemas?offset=20&limit=20
             */
            readonly href: string;
        };
        /**
         * Format: date-time
         * @description ISO 8601 in UTC, with milliseconds.
         * @example 2024-04-11T09:26:00.123Z
         */
        readonly Time: string;
    };
    responses: {
        /** @description It is done. The body is empty. */
        readonly Done: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content?: never;
        };
        /**
         * @description The outcome of each event, at the position it has in the request. Some or all could not be stored;
         *     those that are `submitted` were. In Avro this is the answer to a failed check as well.
         */
        readonly PartlyPublished: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                /**
                 * @example [
                 *       {
                 *         "publishing_status": "submitted",
                 *         "step": "publishing",
                 *         "detail": "",
                 *         "eid": "5e4a1b6c-0a3e-4b53-8f8e-d2b6a3cf1a01",
                 *         "partition": "0"
                 *       },
                 *       {
                 *         "publishing_status": "failed",
                 *         "step": "publishing",
                 *         "detail": "timed out",
                 *         "eid": "5e4a1b6c-0a3e-4b53-8f8e-d2b6a3cf1a02",
                 *         "partition": "1"
                 *       }
                 *     ]
                 */
                readonly "application/json": readonly components["schemas"]["BatchItemResponse"][];
            };
        };
        /**
         * @description The stream, which is open before there is an event. The schema describes one line of the body: a
         *     JSON object ended by a line feed. After this answer nothing but the end of the body tells of an
         *     error.
         */
        readonly SubscriptionStream: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly "X-Nakadi-StreamId": components["headers"]["StreamId"];
                readonly "Content-Encoding": components["headers"]["ContentEncoding"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/x-json-stream": components["schemas"]["StreamBatch"];
            };
        };
        /** @description The metrics. */
        readonly Metrics: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["Metrics"];
            };
        };
        /** @description The request cannot be read; the text of `detail` is mostly the framework's. */
        readonly BadRequest: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The body is not a batch of events, or an event lacks what is read from it before it is judged: its
         *     metadata, its eid or its compaction key. Positions count characters; one after `at pos` counts from
         *     the beginning of its object. A body in Avro that cannot be read has mostly no detail.
         */
        readonly UnreadableEvents: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body cannot be read, or lacks something; then the problem lists what it lacks. */
        readonly ConstraintViolation: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["ConstraintViolationProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description The broker wants an access token, and there is none or an invalid one. */
        readonly Unauthorized: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller lacks a right, or the access token a scope. */
        readonly Forbidden: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller is no Nakadi admin. */
        readonly AdminsOnly: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller is no Nakadi admin. */
        readonly StorageAdminsOnly: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The application or the event type is on the blacklist, or the caller lacks a right. */
        readonly Blocked: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The application or the subscription is on the blacklist, or the caller lacks a right. */
        readonly SubscriptionBlocked: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The client accepts no content type that there is, or a request that is not a POST names a content
         *     encoding. In the latter case the answer has this body, but no content type.
         */
        readonly NotAcceptable: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than the broker takes, compressed or not. How much that is, is its own affair. */
        readonly BodyTooLarge: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The content type of the body is not JSON; the text of `detail` is the framework's. */
        readonly UnsupportedMediaType: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The broker failed. Some failures say how, in their own words. */
        readonly InternalError: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The broker cannot do this at present; repeating the request later may succeed. */
        readonly Unavailable: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The stream could not be set up at present. */
        readonly StreamUnavailable: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such event type. */
        readonly EventTypeNotFound: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such event type. */
        readonly TimelineEventTypeNotFound: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such event type, or no such version of its schema. */
        readonly SchemaNotFound: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such subscription. */
        readonly SubscriptionNotFound: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such format, or no such version of it. */
        readonly AvroSchemaNotFound: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The definition is invalid. */
        readonly InvalidEventType: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
            };
        };
        /**
         * @description The schema is no schema, breaks a rule, or may not follow the present one.
         *
         *     What a JSON schema may not change is told as `Invalid schema: <path>: <message>`, with more of
         *     `<path>: <message>` after commas. The paths are such as `#/`, `#/required`, `#/properties/a/maxLength`
         *     and `#/items/0`; the messages are:
         *
         *     - `schema types must be the same`: another kind of schema
         *     - `schema types cannot be narrowed`: a type where there was an empty schema (mode `compatible`)
         *     - `schema properties cannot be removed`
         *     - `required array changed`: fewer required properties, in mode `compatible` also more
         *     - `change not allowed`: `additionalProperties` or `additionalItems` changed, or a schema inside the
         *       schema came or went
         *     - `the number of schema items cannot be changed`: `items` is a list of another length
         *     - `schema dependencies array cannot be changed`, `schema dependencies cannot be changed` and
         *       `dependency schema removed`: `dependencies` changed
         *     - `schema composition method changed`: another one of `allOf`, `anyOf` and `oneOf`
         *     - `sub schema changed`: another number of members of `allOf`, `anyOf` or `oneOf`
         *     - `change to attribute value not allowed`: another bound, such as `maxLength`, `minimum` or `pattern`
         *     - `enum array changed`
         *     - `null`: another `id`
         *
         *     What follows `schema must be a valid json`, `schema must be a valid json-schema`, `invalid regex
         *     pattern in the schema`, `failed to parse avro schema` and `Failed to evolve avro schema due to` are
         *     the words of the libraries that read the schema.
         */
        readonly InvalidSchema: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The offset is none, which the broker reports as if it had failed itself, or it has failed. */
        readonly UnconvertibleCursor: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A position is invalid, or unknown to the broker. */
        readonly CursorOperationRefused: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The stream cannot start at a position: it is invalid, beyond the last event, or its events are gone.
         *     Where the broker no longer knows the cursor in question, the text has `null` in its place.
         */
        readonly CursorNotReadable: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description All partitions have a stream each, other streams have the partitions asked for, or cursors are being
         *     reset.
         */
        readonly NoStreamPossible: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A parameter is out of its bounds, or the partitions are not the subscription's. */
        readonly InvalidStreamRequest: {
            headers: {
                readonly "X-Flow-Id": components["headers"]["FlowId"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Identifies the request in logs. The answer repeats it. */
        readonly FlowId: string;
        /**
         * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
         *     that is not what it says is a 400.
         */
        readonly ContentEncoding: string;
        /** @description With `gzip` the answer is compressed, and every batch can be decompressed as it arrives. */
        readonly AcceptEncoding: string;
        /** @description Name of the event type. */
        readonly EventTypeName: string;
        /** @description Version of the schema, or `latest`. */
        readonly SchemaVersion: string;
        /** @description Id of the subscription. Anything that is no UUID is simply not found. */
        readonly SubscriptionId: string;
        /** @description Id of the storage. */
        readonly StorageId: string;
        /** @description Name of the format. */
        readonly AvroSchemaName: string;
        /** @description How many items to skip. */
        readonly Offset: number;
        /** @description Most items of a page. */
        readonly Limit: number;
        /** @description Indent the JSON. */
        readonly Pretty: boolean;
        /** @description Most events in a batch. */
        readonly BatchLimit: number;
        /**
         * @description Events that are sent before the stream ends, which it does when they are committed; 0 means no
         *     limit.
         */
        readonly StreamLimit: number;
        /**
         * @description Seconds of event time, by the time of receipt, that one batch may span; 0 means any. Batches that
         *     are cut so do not keep to `batch_limit`.
         */
        readonly BatchTimespan: number;
        /**
         * @description Seconds after which a partition's batch is sent although it is not full, or empty. In a low-level
         *     stream 0 means the default.
         */
        readonly BatchFlushTimeout: number;
        /**
         * @description Seconds after which the broker closes the stream. A value outside 1 .. 4200 counts as none, and then
         *     it is a random number from 3000 to 4199, so that streams which opened together do not close
         *     together.
         */
        readonly StreamTimeout: number;
        /** @description Empty batches in a row, on every partition, after which the stream ends; 0 means never. */
        readonly StreamKeepAliveLimit: number;
        /** @description Most events that are sent and not yet committed, over all partitions of the stream. */
        readonly MaxUncommittedEvents: number;
        /**
         * @description Seconds within which sent events must be committed, counted from the last commit. 0 means the
         *     longest that the broker allows.
         */
        readonly CommitTimeout: number;
    };
    requestBodies: {
        readonly NewEventType: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewEventType"];
            };
        };
        readonly NewSubscription: {
            readonly content: {
                /**
                 * @example {
                 *       "owning_application": "billing",
                 *       "event_types": [
                 *         "order.placed"
                 *       ],
                 *       "read_from": "begin"
                 *     }
                 */
                readonly "application/json": components["schemas"]["NewSubscription"];
            };
        };
    };
    headers: {
        /** @description The flow id of the request, or a new one. */
        readonly FlowId: string;
        /** @description `gzip` for a client that accepts it. */
        readonly ContentEncoding: string;
        /** @description Reminds the owner of the rules for data access, and of what cleanup policy `compact` means. */
        readonly EventTypeWarning: string;
        /** @description Path of the subscription. */
        readonly SubscriptionLocation: string;
        /** @description Id of the stream, to be sent along with commits. */
        readonly StreamId: string;
    };
    pathItems: never;
}
export interface operations {
    readonly listEventTypes: {
        readonly parameters: {
            readonly query?: {
                /** @description Only event types whose `authorization.writers` has this entry, as `data_type:value`. */
                readonly writer?: string;
                /** @description Only event types of this application. */
                readonly owning_application?: string;
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The event types. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["EventType"][];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly createEventType: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: components["requestBodies"]["NewEventType"];
        readonly responses: {
            /**
             * @description The event type exists now. The body is empty, unless the feature
             *     `return_body_on_create_update_event_type` is on.
             */
            readonly 201: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly Warning: components["headers"]["EventTypeWarning"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventType"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** @description Another event type has this name. */
            readonly 409: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["InvalidEventType"];
            readonly 500: components["responses"]["InternalError"];
            /** @description The feature `disable_event_type_creation` is on. */
            readonly 501: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getEventType: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The event type. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventType"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly updateEventType: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: components["requestBodies"]["NewEventType"];
        readonly responses: {
            /**
             * @description The event type is changed. The body is empty, unless the feature
             *     `return_body_on_create_update_event_type` is on.
             */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly Warning: components["headers"]["EventTypeWarning"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventType"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            /** @description The definition is invalid in itself, as it is on creation, or as a change of the present one. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly deleteEventType: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            /** @description The caller may not delete this event type, or nobody may delete any. */
            readonly 403: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            /** @description There are subscriptions to the event type. */
            readonly 409: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly listSchemas: {
        readonly parameters: {
            readonly query?: {
                /** @description How many items to skip. */
                readonly offset?: components["parameters"]["Offset"];
                /** @description Most items of a page. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One page of schemas. A page beyond the end is empty. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventTypeSchemaList"];
                };
            };
            /** @description The page is not one. */
            readonly 400: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly createSchema: {
        readonly parameters: {
            readonly query?: {
                /** @description Find the schema instead of adding it. */
                readonly fetch?: boolean;
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewEventTypeSchema"];
            };
        };
        readonly responses: {
            /** @description The schema is the newest one; the body is empty. With `fetch`, the schema that was found. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventTypeSchema"];
                };
            };
            readonly 400: components["responses"]["ConstraintViolation"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** @description There is no such event type, or with `fetch` no such schema. */
            readonly 404: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["InvalidSchema"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
                /** @description Version of the schema, or `latest`. */
                readonly version: components["parameters"]["SchemaVersion"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The schema. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventTypeSchema"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["SchemaNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly checkSchemaCompatibility: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
                /** @description Version of the schema, or `latest`. */
                readonly version: components["parameters"]["SchemaVersion"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description The text of the schema. */
                    readonly schema: string;
                };
            };
        };
        readonly responses: {
            /** @description The verdict, which may be negative. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CompatibilityCheck"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["SchemaNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["InvalidSchema"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly listPartitions: {
        readonly parameters: {
            readonly query?: {
                /** @description Positions to count from, at most one per partition. */
                readonly cursors?: string;
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The partitions. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["Partition"][];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            /** @description The cursors are not a list of positions in these partitions. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["UnconvertibleCursor"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getPartition: {
        readonly parameters: {
            readonly query?: {
                /** @description The position to count unconsumed events from. */
                readonly consumed_offset?: string;
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
                /** @description Name of the partition. */
                readonly partition: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The partition. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Partition"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            /** @description There is no such event type, or it has no such partition. */
            readonly 404: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 406: components["responses"]["NotAcceptable"];
            /** @description The offset does not belong to a partition of the event type. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["UnconvertibleCursor"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly setPartitionCount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly partition_count: number;
                };
            };
        };
        readonly responses: {
            readonly 204: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            /** @description The number is not possible. Nakadi itself answers 500 with the same texts. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly measureCursorDistances: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": readonly components["schemas"]["CursorPair"][];
            };
        };
        readonly responses: {
            /** @description The pairs in the same order, with their distances. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["CursorDistance"][];
                };
            };
            readonly 400: components["responses"]["ConstraintViolation"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["CursorOperationRefused"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly shiftCursors: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": readonly components["schemas"]["CursorShift"][];
            };
        };
        readonly responses: {
            /** @description The new positions in the same order. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["Cursor"][];
                };
            };
            readonly 400: components["responses"]["ConstraintViolation"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["CursorOperationRefused"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly measureCursorsLag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": readonly components["schemas"]["Cursor"][];
            };
        };
        readonly responses: {
            /** @description The partitions of the given positions, with the number of events that follow. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["CursorLag"][];
                };
            };
            readonly 400: components["responses"]["ConstraintViolation"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["CursorOperationRefused"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly listTimelines: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The timelines. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["Timeline"][];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TimelineEventTypeNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly createTimeline: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @example default */
                    readonly storage_id: string;
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["TimelineEventTypeNotFound"];
            /** @description Somebody else is doing it. */
            readonly 409: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            /** @description The storage does not exist, or the event type is compacted and cannot move. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly streamEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description Most events in a batch. */
                readonly batch_limit?: components["parameters"]["BatchLimit"];
                /**
                 * @description Events after which the broker ends the stream; 0 means never. Not lower than `batch_limit`
                 *     otherwise.
                 */
                readonly stream_limit?: number;
                /**
                 * @description Seconds after which a partition's batch is sent although it is not full, or empty. In a low-level
                 *     stream 0 means the default.
                 */
                readonly batch_flush_timeout?: components["parameters"]["BatchFlushTimeout"];
                /**
                 * @description Seconds after which the broker ends the stream. A value outside 1 .. 4200 counts as none. Not
                 *     lower than `batch_flush_timeout`, also when that has its default.
                 */
                readonly stream_timeout?: number;
                /** @description Empty batches in a row, on every partition, after which the stream ends; 0 means never. */
                readonly stream_keep_alive_limit?: components["parameters"]["StreamKeepAliveLimit"];
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /** @description The positions to read on from, at most one per partition. */
                readonly "X-nakadi-cursors"?: string;
                /** @description With `gzip` the answer is compressed, and every batch can be decompressed as it arrives. */
                readonly "Accept-Encoding"?: components["parameters"]["AcceptEncoding"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /**
             * @description The stream, which is open before there is an event. The schema describes one line of the body: a
             *     JSON object ended by a line feed.
             */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly "Content-Encoding": components["headers"]["ContentEncoding"];
                    /**
                     * @description Announces the deprecation.
                     * @example 299 - nakadi - the Low-level API is deprecated and will be removed from a future release. Please consider migrating to the Subscriptions API.
                     */
                    readonly Warning?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-json-stream": components["schemas"]["EventStreamBatch"];
                };
            };
            /** @description A parameter is not a number, or the header is not a list of cursors. */
            readonly 400: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Blocked"];
            /** @description There is no such event type. */
            readonly 404: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 412: components["responses"]["CursorNotReadable"];
            /** @description The parameters contradict each other. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly publishEvents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description Gives all events of the request to one subscription only: `consumer_subscription_id=<UUID>`. The
                 *     other subscriptions of the event type skip them, and low-level streams never carry them. The
                 *     name of the tag may be written in any case.
                 */
                readonly "X-CONSUMER-TAG"?: string;
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        /** @description The events. An empty array is fine and does nothing. */
        readonly requestBody: {
            readonly content: {
                readonly "application/json": readonly components["schemas"]["NewEvent"][];
                readonly "application/avro-binary": string;
            };
        };
        readonly responses: {
            /** @description All events are published. The body is empty. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 207: components["responses"]["PartlyPublished"];
            readonly 400: components["responses"]["UnreadableEvents"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Blocked"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 413: components["responses"]["BodyTooLarge"];
            /**
             * @description Nothing is published. As JSON, the outcome of each event; as a problem, what is wrong with the
             *     request's consumer tag.
             */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["BatchItemResponse"][];
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly deleteEvents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path: {
                /** @description Name of the event type. */
                readonly name: components["parameters"]["EventTypeName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": readonly components["schemas"]["UndefinedEvent"][];
                readonly "application/avro-binary": string;
            };
        };
        readonly responses: {
            /** @description All keys are marked. The body is empty. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 207: components["responses"]["PartlyPublished"];
            readonly 400: components["responses"]["UnreadableEvents"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Blocked"];
            readonly 404: components["responses"]["EventTypeNotFound"];
            readonly 413: components["responses"]["BodyTooLarge"];
            /**
             * @description Nothing is deleted. As JSON, the outcome of each event; with cleanup policy `delete` all of them
             *     are `aborted`. The same in Avro is a problem.
             */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["BatchItemResponse"][];
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly listSubscriptions: {
        readonly parameters: {
            readonly query?: {
                /** @description Only subscriptions of this application. */
                readonly owning_application?: string;
                /** @description Only subscriptions to all of these event types. May be repeated, or a list separated by commas. */
                readonly event_type?: readonly string[];
                /** @description Only subscriptions whose `authorization.readers` has this entry, as `data_type:value`. */
                readonly reader?: string;
                /**
                 * @description Add `status` to each subscription. It does not count events, and for a subscription to several
                 *     event types it repeats the partitions of all under each.
                 */
                readonly show_status?: boolean;
                /** @description How many items to skip. */
                readonly offset?: components["parameters"]["Offset"];
                /** @description Most items of a page. */
                readonly limit?: components["parameters"]["Limit"];
                /**
                 * @description Which page to give, as a link of another page says it: `new` for the first one, otherwise the id
                 *     of a subscription after a letter that says which side of it: `F` after it, `W` from it on, `B`
                 *     before it, `I` up to it.
                 */
                readonly token?: string;
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One page of subscriptions. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SubscriptionList"];
                };
            };
            /** @description The page is not one. */
            readonly 400: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly createSubscription: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: components["requestBodies"]["NewSubscription"];
        readonly responses: {
            /** @description The subscription that exists. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly Location: components["headers"]["SubscriptionLocation"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description The subscription that was created. */
            readonly 201: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly Location: components["headers"]["SubscriptionLocation"];
                    readonly "Content-Location": components["headers"]["SubscriptionLocation"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Subscription"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            /** @description The subscription is invalid. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            /**
             * @description Creation is switched off (`disable_subscription_creation`), or the broker cannot write at
             *     present.
             */
            readonly 503: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getSubscription: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The subscription. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Subscription"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["SubscriptionNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly updateSubscription: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: components["requestBodies"]["NewSubscription"];
        readonly responses: {
            readonly 204: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["SubscriptionNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            /** @description The subscription is invalid, or would change what cannot change. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly deleteSubscription: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 204: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["SubscriptionNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getSubscriptionStats: {
        readonly parameters: {
            readonly query?: {
                /**
                 * @description Add `consumer_lag_seconds`. Takes longer, up to 30 seconds; the value is left out where it
                 *     cannot be found in time.
                 */
                readonly show_time_lag?: boolean;
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The state of every partition. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SubscriptionStats"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["SubscriptionNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getSubscriptionCursors: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One position per partition, each with a new token. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["SubscriptionCursor"][];
                    };
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["SubscriptionBlocked"];
            readonly 404: components["responses"]["SubscriptionNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly commitCursors: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /** @description The stream that the cursors came from, as that stream's answer named it. */
                readonly "X-Nakadi-StreamId": string;
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly items: readonly components["schemas"]["SubscriptionCursor"][];
                };
            };
        };
        readonly responses: {
            /** @description Some of the positions were outdated. The results come in the order of the request. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["CursorCommitResult"][];
                    };
                };
            };
            /** @description All positions are committed. There is no body. */
            readonly 204: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["SubscriptionBlocked"];
            readonly 404: components["responses"]["SubscriptionNotFound"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description The cursors are invalid, or not this stream's to commit. For more texts about cursors see the 412
             *     of `streamSubscription`.
             */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly resetCursors: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly items: readonly components["schemas"]["SubscriptionCursorWithoutToken"][];
                };
            };
        };
        readonly responses: {
            readonly 204: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["SubscriptionNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            /** @description Another reset is going on. */
            readonly 409: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description The positions are invalid or cannot be read. For more texts about cursors see the 412 of
             *     `streamSubscription`.
             */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
                };
            };
            /** @description The streams did not close in time, or the broker failed. */
            readonly 500: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly streamSubscription: {
        readonly parameters: {
            readonly query?: {
                /** @description Most events in a batch. */
                readonly batch_limit?: components["parameters"]["BatchLimit"];
                /**
                 * @description Events that are sent before the stream ends, which it does when they are committed; 0 means no
                 *     limit.
                 */
                readonly stream_limit?: components["parameters"]["StreamLimit"];
                /**
                 * @description Seconds of event time, by the time of receipt, that one batch may span; 0 means any. Batches that
                 *     are cut so do not keep to `batch_limit`.
                 */
                readonly batch_timespan?: components["parameters"]["BatchTimespan"];
                /**
                 * @description Seconds after which a partition's batch is sent although it is not full, or empty. In a low-level
                 *     stream 0 means the default.
                 */
                readonly batch_flush_timeout?: components["parameters"]["BatchFlushTimeout"];
                /**
                 * @description Seconds after which the broker closes the stream. A value outside 1 .. 4200 counts as none, and then
                 *     it is a random number from 3000 to 4199, so that streams which opened together do not close
                 *     together.
                 */
                readonly stream_timeout?: components["parameters"]["StreamTimeout"];
                /** @description Empty batches in a row, on every partition, after which the stream ends; 0 means never. */
                readonly stream_keep_alive_limit?: components["parameters"]["StreamKeepAliveLimit"];
                /** @description Most events that are sent and not yet committed, over all partitions of the stream. */
                readonly max_uncommitted_events?: components["parameters"]["MaxUncommittedEvents"];
                /**
                 * @description Seconds within which sent events must be committed, counted from the last commit. 0 means the
                 *     longest that the broker allows.
                 */
                readonly commit_timeout?: components["parameters"]["CommitTimeout"];
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /** @description With `gzip` the answer is compressed, and every batch can be decompressed as it arrives. */
                readonly "Accept-Encoding"?: components["parameters"]["AcceptEncoding"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["SubscriptionStream"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Blocked"];
            readonly 404: components["responses"]["SubscriptionNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 409: components["responses"]["NoStreamPossible"];
            readonly 422: components["responses"]["InvalidStreamRequest"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["StreamUnavailable"];
        };
    };
    readonly streamSubscriptionPartitions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
                /** @description With `gzip` the answer is compressed, and every batch can be decompressed as it arrives. */
                readonly "Accept-Encoding"?: components["parameters"]["AcceptEncoding"];
            };
            readonly path: {
                /** @description Id of the subscription. Anything that is no UUID is simply not found. */
                readonly subscription_id: components["parameters"]["SubscriptionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["StreamRequest"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["SubscriptionStream"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Blocked"];
            readonly 404: components["responses"]["SubscriptionNotFound"];
            readonly 409: components["responses"]["NoStreamPossible"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 422: components["responses"]["InvalidStreamRequest"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["StreamUnavailable"];
        };
    };
    readonly listStorages: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The storages. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": readonly components["schemas"]["Storage"][];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["StorageAdminsOnly"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly createStorage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewStorage"];
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["StorageAdminsOnly"];
            /** @description Another storage has this id. */
            readonly 409: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            /** @description The storage is malformed. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getStorage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the storage. */
                readonly id: components["parameters"]["StorageId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The storage. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Storage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["StorageAdminsOnly"];
            /** @description There is no such storage. */
            readonly 404: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly deleteStorage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the storage. */
                readonly id: components["parameters"]["StorageId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 204: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            /** @description The caller is no Nakadi admin, or the storage is in use. */
            readonly 403: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such storage. */
            readonly 404: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly setDefaultStorage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Id of the storage. */
                readonly id: components["parameters"]["StorageId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The storage. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Storage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["StorageAdminsOnly"];
            /** @description There is no such storage. */
            readonly 404: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getBlacklist: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The blocked applications and event types. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Blacklist"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["AdminsOnly"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly addToBlacklist: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Who is blocked from what, in upper case. */
                readonly blacklist_type: "CONSUMER_APP" | "CONSUMER_ET" | "PRODUCER_APP" | "PRODUCER_ET";
                /** @description Name of an application (`..._APP`) or of an event type (`..._ET`). */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 204: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["AdminsOnly"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly removeFromBlacklist: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Who is blocked from what, in upper case. */
                readonly blacklist_type: "CONSUMER_APP" | "CONSUMER_ET" | "PRODUCER_APP" | "PRODUCER_ET";
                /** @description Name of an application (`..._APP`) or of an event type (`..._ET`). */
                readonly name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 204: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["AdminsOnly"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly listFeatures: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All features. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["Feature"][];
                    };
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["AdminsOnly"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly setFeature: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Feature"];
            };
        };
        readonly responses: {
            readonly 204: components["responses"]["Done"];
            readonly 400: components["responses"]["ConstraintViolation"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["AdminsOnly"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getAdmins: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The Nakadi admins, with the one that the broker is configured with in every list. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventTypeAuthorization"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["AdminsOnly"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly setAdmins: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
                /**
                 * @description How the body is compressed: `gzip` or `zstd`. With any other value the body is read as it is. A body
                 *     that is not what it says is a 400.
                 */
                readonly "Content-Encoding"?: components["parameters"]["ContentEncoding"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["EventTypeAuthorization"];
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["Done"];
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["AdminsOnly"];
            readonly 413: components["responses"]["BodyTooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            /** @description A list is missing or empty. */
            readonly 422: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
                };
            };
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly listPartitionStrategies: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The strategies that an event type may choose from. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "hash",
                     *       "user_defined",
                     *       "random"
                     *     ]
                     */
                    readonly "application/json": readonly components["schemas"]["PartitionStrategy"][];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly listEnrichmentStrategies: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The strategies that an event type may choose from. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "metadata_enrichment"
                     *     ]
                     */
                    readonly "application/json": readonly components["schemas"]["EnrichmentStrategy"][];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly listAvroSchemas: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the format. */
                readonly name: components["parameters"]["AvroSchemaName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All versions. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly items: readonly components["schemas"]["AvroSchema"][];
                    };
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["AvroSchemaNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getAvroSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path: {
                /** @description Name of the format. */
                readonly name: components["parameters"]["AvroSchemaName"];
                /** @description Version of the format, counted from 0. */
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The Avro schema. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AvroSchema"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["AvroSchemaNotFound"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The node is up. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": "OK";
                };
            };
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getVersion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The source, if it is known. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Version"];
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getMetrics: {
        readonly parameters: {
            readonly query?: {
                /** @description Indent the JSON. */
                readonly pretty?: components["parameters"]["Pretty"];
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Metrics"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getRequestMetrics: {
        readonly parameters: {
            readonly query?: {
                /** @description Indent the JSON. */
                readonly pretty?: components["parameters"]["Pretty"];
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Metrics"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getStreamMetrics: {
        readonly parameters: {
            readonly query?: {
                /** @description Indent the JSON. */
                readonly pretty?: components["parameters"]["Pretty"];
            };
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["Metrics"];
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getPrometheusMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The metrics, in the text format of Prometheus. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 500: components["responses"]["InternalError"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
    readonly getApiDefinition: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Identifies the request in logs. The answer repeats it. */
                readonly "X-Flow-Id"?: components["parameters"]["FlowId"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The node's own OpenAPI document. */
            readonly 200: {
                headers: {
                    readonly "X-Flow-Id": components["headers"]["FlowId"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
            readonly 401: components["responses"]["Unauthorized"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 406: components["responses"]["NotAcceptable"];
            readonly 503: components["responses"]["Unavailable"];
        };
    };
}
