import type { AuthorizationAttribute, NewEventType } from '@rioni/protocol'
import { checkSchema } from './check-schema.ts'
import { dataLakeAnnotationViolation } from './data-lake-annotations.ts'

/** The least milliseconds that events of an event type may stay readable: three hours. */
const MIN_RETENTION_TIME = 10_800_000

/** The most milliseconds that events of an event type may stay readable: four days. */
const MAX_RETENTION_TIME = 345_600_000

/** What a broker may demand of event types beyond the rules that always hold. */
export interface EventTypeDemands {
  /** Whether there must be an `authorization`. @default false */
  readonly authorization?: boolean
  /** Whether the annotations must say if a data lake keeps the events. @default false */
  readonly materialization?: boolean
  /** Whether an application may own event types. @default every application may */
  readonly acceptsOwner?: (owningApplication: string) => boolean
}

type Rule = (eventType: NewEventType, demands: EventTypeDemands) => string | undefined

/** In the order of the broker: of several violations it reports the first. */
const RULES: readonly Rule[] = [
  checkRetention,
  checkDataLakeAnnotations,
  checkSchema,
  checkCleanupPolicy,
  checkEnrichment,
  checkPartitioning,
  checkAuthorizationGiven,
  checkAuthorization,
  checkOwningApplication,
  checkOwnerSelector,
]

/**
 * Checks what goes beyond single fields when an event type is created: bounds, the schema, and the fields
 * that must fit together. Gives the detail of the broker's 422, or undefined for a definition that may be
 * stored. Expects a definition that `checkEventType` accepted.
 */
export function checkEventTypeRules(
  eventType: NewEventType,
  demands: EventTypeDemands = {},
): string | undefined {
  for (const rule of RULES) {
    const message = rule(eventType, demands)
    if (message !== undefined) return message
  }
  return undefined
}

/** Events stay readable for three hours to four days. */
export function checkRetention(eventType: NewEventType): string | undefined {
  const time = eventType.options?.retention_time ?? undefined
  if (time === undefined) return undefined
  if (time > MAX_RETENTION_TIME) {
    return `Field "options.retention_time" can not be more than ${MAX_RETENTION_TIME}`
  }
  if (time < MIN_RETENTION_TIME) {
    return `Field "options.retention_time" can not be less than ${MIN_RETENTION_TIME}`
  }
  return undefined
}

/** The annotations for a data lake say enough, and nothing that it does not understand. */
export function checkDataLakeAnnotations(
  { annotations }: NewEventType,
  { materialization = false }: EventTypeDemands,
): string | undefined {
  return dataLakeAnnotationViolation(annotations ?? {}, { required: materialization })
}

/** Events of category `undefined` have no key that could be compacted by. */
export function checkCleanupPolicy(eventType: NewEventType): string | undefined {
  const compacts = (eventType.cleanup_policy ?? 'delete') !== 'delete'
  if (!compacts || eventType.category !== 'undefined') return undefined
  return (
    "cleanup_policy 'compact' and 'compact_and_delete' is not available for 'undefined' " +
    'event type category'
  )
}

function checkEnrichment(eventType: NewEventType): string | undefined {
  const strategies = eventType.enrichment_strategies ?? []
  if (eventType.category === 'undefined') {
    return strategies.length > 0 ? 'must not define enrichment strategy for undefined event type' : undefined
  }
  if (new Set(strategies).size < strategies.length) {
    return 'enrichment strategies must not contain duplicated entries'
  }
  return strategies.includes('metadata_enrichment') ? undefined : 'must define metadata enrichment strategy'
}

/** The partition strategy exists, and the event type has what it needs. */
export function checkPartitioning(eventType: NewEventType): string | undefined {
  // On the wire the strategy is any text or null; only this rule makes it one of the three.
  const strategy: string | null | undefined = eventType.partition_strategy
  switch (strategy) {
    case null:
      return 'partition strategy must not be null'
    case undefined:
    case 'random':
      return undefined
    case 'hash':
      return (eventType.partition_key_fields ?? []).length > 0
        ? undefined
        : "partition_key_fields field should be set for partition strategy 'hash'"
    case 'user_defined':
      return eventType.category === 'undefined'
        ? "'user_defined' partition strategy can't be used for EventType of category 'undefined'"
        : undefined
    default:
      return `partition strategy does not exist: ${strategy}`
  }
}

/** There is an authorization where one is demanded. */
export function checkAuthorizationGiven(
  { authorization }: NewEventType,
  demands: EventTypeDemands,
): string | undefined {
  return demands.authorization && !authorization ? 'Authorization section is mandatory' : undefined
}

/** A section `authorization`, of an event type or of a subscription, which has no writers. */
interface AuthorizationSection {
  readonly admins: readonly AuthorizationAttribute[]
  readonly readers: readonly AuthorizationAttribute[]
  readonly writers?: readonly AuthorizationAttribute[]
}

/** No permission is given to the same attribute twice; subscriptions have the same rule. */
export function checkAuthorization({
  authorization,
}: {
  readonly authorization?: AuthorizationSection | null
}): string | undefined {
  return authorization ? checkAttributes(authorization) : undefined
}

/** The lists of a section, with the names that the broker gives to their permissions. */
const PERMISSIONS = [
  ['ADMIN', 'admins'],
  ['READ', 'readers'],
  ['WRITE', 'writers'],
] as const

function checkAttributes(section: AuthorizationSection): string | undefined {
  const messages = PERMISSIONS.flatMap(([permission, list]) => {
    const attributes = section[list]?.map(({ data_type, value }) => `${data_type}:${value}`) ?? []
    const repeated = repetitions(attributes)
    if (repeated.size === 0) return []
    const listed = [...repeated].join(', ')
    return [`authorization property '${permission}' contains duplicated attribute(s): ${listed}`]
  })
  return messages.length > 0 ? messages.join('; ') : undefined
}

function repetitions(texts: readonly string[]): Set<string> {
  const seen = new Set<string>()
  return new Set(texts.filter((text) => seen.size === seen.add(text).size))
}

/** The owning application is one that may own event types. */
export function checkOwningApplication(
  { owning_application }: NewEventType,
  { acceptsOwner = () => true }: EventTypeDemands,
): string | undefined {
  return acceptsOwner(owning_application)
    ? undefined
    : `Owning application is not valid: ${owning_application}`
}

/** An owner is read from a path or fixed; reading it from `metadata` is reserved. */
export function checkOwnerSelector(eventType: NewEventType): string | undefined {
  return eventType.event_owner_selector?.type === 'metadata'
    ? "event_owner_selector specifying value for type 'metadata' is not supported"
    : undefined
}
