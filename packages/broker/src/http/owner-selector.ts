import type { EventOwnerSelector } from '@rioni/protocol'
import type { EventTypeState } from '../core/state.ts'
import type { BrokerContext } from './handler.ts'

/** How to find the owners of events, if they are looked for at all: the feature is off by default. */
export function ownerSelectorOf(
  { eventType }: EventTypeState,
  { storage }: BrokerContext,
): EventOwnerSelector | undefined {
  const { features } = storage.commands.state.settings
  return features.has('event_owner_selector_authz') ? eventType.event_owner_selector : undefined
}
