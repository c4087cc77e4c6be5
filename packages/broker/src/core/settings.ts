// The switches of the whole broker: features, the blacklist, and who its admins are.

import type { AuthorizationAttribute, EventTypeAuthorization } from '@rioni/protocol'

/** Every feature that can be switched, by its name on the wire, in the order in which they are listed. */
export const FEATURE_NAMES = [
  'disable_event_type_creation',
  'disable_event_type_deletion',
  'delete_event_type_with_subscriptions',
  'event_type_deletion_only_admins',
  'disable_subscription_creation',
  'remote_tokeninfo',
  'kpi_collection',
  'audit_log_collection',
  'disable_db_write_operations',
  'force_event_type_authz',
  'force_subscription_authz',
  'repartitioning',
  'event_owner_selector_authz',
  'access_log_enabled',
  'token_subscriptions_iteration',
  'return_body_on_create_update_event_type',
  'validate_subscription_owning_application',
  'validate_event_type_owning_application',
  'skip_misplaced_events',
  'dlq_redrive_event_type_attachment_job',
  'force_data_lake_annotations',
] as const

/** A switch of the broker. */
export type FeatureName = (typeof FEATURE_NAMES)[number]

/** Features that Nakadi keeps under other names than those on the wire. */
const OTHER_IDS: Partial<Readonly<Record<FeatureName, string>>> = {
  token_subscriptions_iteration: 'token_subscription_iteration',
  validate_subscription_owning_application: 'validate_subscription_owning_app',
  validate_event_type_owning_application: 'validate_event_type_owning_app',
}

/** The id of a feature, by which the audit log calls it. */
export function featureId(feature: FeatureName): string {
  return OTHER_IDS[feature] ?? feature
}

/** What can be blocked from what, as it stands in the path of a blacklist request. */
export const BLACKLIST_TYPES = ['CONSUMER_APP', 'CONSUMER_ET', 'PRODUCER_APP', 'PRODUCER_ET'] as const

/** Who is blocked from what: an application or an event type, from consuming or from publishing. */
export type BlacklistType = (typeof BLACKLIST_TYPES)[number]

/** The settings of a broker. */
export interface Settings {
  /** The features that are on. */
  readonly features: ReadonlySet<FeatureName>
  /** The blocked names of each kind. */
  readonly blacklist: Readonly<Record<BlacklistType, ReadonlySet<string>>>
  /** The Nakadi admins as they were set, without the one that the broker is configured with. */
  readonly admins: EventTypeAuthorization
}

/** Everything off, nobody blocked, no admin but the configured one. */
export const initialSettings: Settings = {
  features: new Set(),
  blacklist: {
    CONSUMER_APP: new Set(),
    CONSUMER_ET: new Set(),
    PRODUCER_APP: new Set(),
    PRODUCER_ET: new Set(),
  },
  admins: { admins: [], readers: [], writers: [] },
}

/** The admins with the configured one in every list. */
export function withDefaultAdmin(
  { admins, readers, writers }: EventTypeAuthorization,
  defaultAdmin: AuthorizationAttribute,
): EventTypeAuthorization {
  const add = (list: readonly AuthorizationAttribute[]) => [...without(list, defaultAdmin), defaultAdmin]
  return { admins: add(admins), readers: add(readers), writers: add(writers) }
}

/** The admins without the configured one, which is never stored. */
export function withoutDefaultAdmin(
  { admins, readers, writers }: EventTypeAuthorization,
  defaultAdmin: AuthorizationAttribute,
): EventTypeAuthorization {
  return {
    admins: without(admins, defaultAdmin),
    readers: without(readers, defaultAdmin),
    writers: without(writers, defaultAdmin),
  }
}

/** Whether a consumer is blocked, by its application or by the event type that it asks for. */
export function blocksConsumer(
  { blacklist }: Settings,
  { app, eventType }: { readonly app: string; readonly eventType: string | undefined },
): boolean {
  return blacklist.CONSUMER_APP.has(app) || (eventType !== undefined && blacklist.CONSUMER_ET.has(eventType))
}

/** Whether a producer is blocked, by its application or by the event type that it publishes. */
export function blocksProducer(
  { blacklist }: Settings,
  { app, eventType }: { readonly app: string; readonly eventType: string },
): boolean {
  return blacklist.PRODUCER_APP.has(app) || blacklist.PRODUCER_ET.has(eventType)
}

function without(
  list: readonly AuthorizationAttribute[],
  { data_type, value }: AuthorizationAttribute,
): readonly AuthorizationAttribute[] {
  return list.filter((other) => other.data_type !== data_type || other.value !== value)
}
