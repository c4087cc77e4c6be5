import type { Subscription } from '@rioni/protocol'
import type { Applier, SubscriptionOwner } from './commands.ts'
import type { BrokerState, EventTypeState, Timeline, Timelines } from './state.ts'
import { startTimeline, storageOf } from './timelines.ts'

/** Creates an event type with its first schema and its first timeline, unless the name is taken. */
export const createEventType: Applier<'createEventType'> = (state, command, at) => {
  const { eventType, partitions, topic } = command
  if (state.eventTypes.has(eventType.name)) return [state, { kind: 'exists' }]
  const storageId = storageOf(eventType.cleanup_policy, state)
  const created: EventTypeState = {
    eventType,
    schemas: [eventType.schema],
    revision: 0,
    partitions,
    timelines: [startTimeline({ order: 1, storageId, topic }, at)],
  }
  return [withEventType(state, created), { kind: 'created' }]
}

/** Replaces the definition of an event type, unless it is no longer the one that the change was meant for. */
export const updateEventType: Applier<'updateEventType'> = (state, { eventType, revision }) => {
  const existing = state.eventTypes.get(eventType.name)
  if (existing === undefined) return [state, { kind: 'unknownEventType' }]
  if (existing.revision !== revision) return [state, { kind: 'outdated' }]
  const isNewVersion = existing.schemas.at(-1)?.version !== eventType.schema.version
  const schemas = isNewVersion ? [...existing.schemas, eventType.schema] : existing.schemas
  const longer = eventType.options.retention_time - existing.eventType.options.retention_time
  const timelines = shiftCleanup(existing.timelines, longer)
  const updated = { ...existing, eventType, schemas, timelines, revision: revision + 1 }
  return [withEventType(state, updated), { kind: 'updated' }]
}

/** Closed timelines live as much longer as events do from now on. */
function shiftCleanup(timelines: Timelines, ms: number): Timelines {
  const [first, ...others] = timelines
  const shift = (timeline: Timeline): Timeline => {
    const { cleanedUpAt, deleted } = timeline
    return cleanedUpAt === null || deleted ? timeline : { ...timeline, cleanedUpAt: cleanedUpAt + ms }
  }
  return ms === 0 ? timelines : [shift(first), ...others.map(shift)]
}

/** Removes an event type with its subscriptions, unless one of these must be kept. */
export const deleteEventType: Applier<'deleteEventType'> = (state, { name, deletableSubscriptions }) => {
  const existing = state.eventTypes.get(name)
  if (existing === undefined) return [state, { kind: 'unknownEventType' }]
  const subscribed = subscriptionsTo(state, name)
  if (!subscribed.every((subscription) => isDeletable(subscription, deletableSubscriptions))) {
    return [state, { kind: 'hasSubscriptions' }]
  }
  const eventTypes = new Map(state.eventTypes)
  eventTypes.delete(name)
  const subscriptions = new Map(state.subscriptions)
  for (const { id } of subscribed) subscriptions.delete(id)
  const topics = existing.timelines.filter(({ deleted }) => !deleted).map(({ topic }) => topic)
  return [
    { ...state, eventTypes, subscriptions },
    { kind: 'deleted', topics },
  ]
}

/** The subscriptions that contain an event type, among others perhaps. */
export function subscriptionsTo(state: BrokerState, eventType: string): readonly Subscription[] {
  return [...state.subscriptions.values()]
    .map(({ subscription }) => subscription)
    .filter(({ event_types }) => event_types.includes(eventType))
}

/** The state with one event type put in or replaced. */
export function withEventType(state: BrokerState, eventType: EventTypeState): BrokerState {
  const eventTypes = new Map(state.eventTypes)
  eventTypes.set(eventType.eventType.name, eventType)
  return { ...state, eventTypes }
}

function isDeletable(subscription: Subscription, deletable: 'all' | SubscriptionOwner): boolean {
  if (deletable === 'all') return true
  return (
    subscription.owning_application === deletable.owning_application &&
    subscription.consumer_group === deletable.consumer_group
  )
}
