// What a command has changed, for those who keep a record of changes. Pure: it compares the state before a
// command with the state after it.

import type { EventType, Subscription } from '@rioni/protocol'
import type { Command, Outcomes } from './commands.ts'
import { featureId } from './settings.ts'
import type { BrokerState } from './state.ts'

/** One resource that is not what it was. Its kind is told as the audit log tells it. */
export type Change =
  | ChangeOf<'event_type', EventType>
  | ChangeOf<'subscription', Subscription>
  | ChangeOf<'timeline' | 'storage' | 'feature' | 'admins' | 'cursors' | 'blacklist_entry', object>

interface ChangeOf<Type extends string, Resource> {
  readonly resourceType: Type
  readonly resourceId: string
  /** Undefined where the resource did not exist, or is not recorded. */
  readonly before: Resource | undefined
  /** Undefined where the resource no longer exists. */
  readonly after: Resource | undefined
}

/** The state around a command. */
export interface Around {
  readonly before: BrokerState
  readonly after: BrokerState
}

/** The resources that a command has changed. What streams do by themselves is no change of a resource. */
export function changesOf(
  command: Command,
  outcome: Outcomes[keyof Outcomes],
  around: Around,
): readonly Change[] {
  switch (command.type) {
    case 'createEventType':
      return eventTypeChange(command.eventType.name, around)
    case 'updateEventType':
      return eventTypeChange(command.eventType.name, around)
    case 'addPartitions':
      return eventTypeChange(command.name, around)
    case 'deleteEventType':
      return [...eventTypeChange(command.name, around), ...deletedSubscriptions(around)]
    case 'createSubscription':
      return subscriptionChange(command.subscription.id, around)
    case 'updateSubscription':
    case 'deleteSubscription':
      return subscriptionChange(command.id, around)
    case 'resumeStreams':
      return cursorsChange(command, outcome, around)
    case 'createTimeline':
      return newTimeline(command.name, around)
    case 'createStorage':
      return storageChange(command.storage.id, around)
    case 'deleteStorage':
    case 'setDefaultStorage':
      return storageChange(command.id, around)
    default:
      return settingsChange(command, around)
  }
}

function settingsChange(command: Command, { before, after }: Around): readonly Change[] {
  if (before.settings === after.settings) return []
  switch (command.type) {
    case 'setFeature': {
      const { feature } = command
      const shown = ({ settings }: BrokerState) => ({ feature, enabled: settings.features.has(feature) })
      return changed({
        resourceType: 'feature',
        resourceId: featureId(feature),
        before: shown(before),
        after: shown(after),
      })
    }
    case 'setAdmins': {
      const [old, now] = [before.settings.admins, after.settings.admins]
      return changed({ resourceType: 'admins', resourceId: '-', before: old, after: now })
    }
    case 'addToBlacklist':
    case 'removeFromBlacklist': {
      const { blacklist: type, name } = command
      const shown = ({ settings }: BrokerState) =>
        settings.blacklist[type].has(name) ? { type, name } : undefined
      return changed({
        resourceType: 'blacklist_entry',
        resourceId: `${type}:${name}`,
        before: shown(before),
        after: shown(after),
      })
    }
    default:
      return []
  }
}

function eventTypeChange(name: string, { before, after }: Around): readonly Change[] {
  return changed({
    resourceType: 'event_type',
    resourceId: name,
    before: before.eventTypes.get(name)?.eventType,
    after: after.eventTypes.get(name)?.eventType,
  })
}

function subscriptionChange(id: string, { before, after }: Around): readonly Change[] {
  return changed({
    resourceType: 'subscription',
    resourceId: id,
    before: before.subscriptions.get(id)?.subscription,
    after: after.subscriptions.get(id)?.subscription,
  })
}

function deletedSubscriptions(around: Around): readonly Change[] {
  const deleted = [...around.before.subscriptions.keys()].filter((id) => !around.after.subscriptions.has(id))
  return deleted.flatMap((id) => subscriptionChange(id, around))
}

/** All positions that the subscription had, and those that it was given. */
function cursorsChange(
  { subscriptionId, cursors }: Command<'resumeStreams'>,
  { kind }: Outcomes[keyof Outcomes],
  { before }: Around,
): readonly Change[] {
  if (kind !== 'resumed' || cursors.length === 0) return []
  const positions = before.subscriptions.get(subscriptionId)?.positions ?? []
  const old = positions.map(({ partition, committed, event_type }) => ({
    partition,
    offset: committed,
    event_type,
  }))
  const given = cursors.map(({ partition, offset, event_type }) => ({ partition, offset, event_type }))
  return changed({
    resourceType: 'cursors',
    resourceId: subscriptionId,
    before: { items: old },
    after: { items: given },
  })
}

function newTimeline(name: string, { before, after }: Around): readonly Change[] {
  const [known, timelines] = [before, after].map(({ eventTypes }) => eventTypes.get(name)?.timelines ?? [])
  const created = timelines?.find(({ id }) => !known?.some((timeline) => timeline.id === id))
  if (created === undefined) return []
  const { id, order, storageId: storage_id, topic } = created
  const view = { id, event_type: name, order, storage_id, topic }
  return changed({ resourceType: 'timeline', resourceId: id, before: undefined, after: view })
}

function storageChange(id: string, { before, after }: Around): readonly Change[] {
  const shown = ({ storages }: BrokerState) => {
    const storage = storages.get(id)
    return storage && { id, storage_type: storage.storageType, default: storage.isDefault }
  }
  if (before.storages.get(id) === after.storages.get(id)) return []
  return changed({ resourceType: 'storage', resourceId: id, before: shown(before), after: shown(after) })
}

function changed(change: Change): readonly Change[] {
  return change.before === change.after ? [] : [change]
}
