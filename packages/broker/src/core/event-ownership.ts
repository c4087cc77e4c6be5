// Whose an event is, by the `event_owner_selector` of its event type. It decides who may publish the event and
// who is given it.

import { type AvroEventMetadata, parsePropertyPath, partitionKeys, type ReadEvent } from '@rioni/event-types'
import type { EventType } from '@rioni/protocol'
import { denialText, type EventOwner, mayTouchEventsOf, type Principal } from './authorization.ts'
import { eidOf } from './batch-items.ts'

/** Who owns an event, if anyone does, or why the caller may not publish it. */
export type OwnershipClaim = { readonly owner?: EventOwner } | { readonly error: string }

/** Decides about one event. */
export type Claim = (event: ReadEvent) => OwnershipClaim

type Selector = EventType['event_owner_selector']

/** Makes what decides about the JSON events of a publisher. Without a selector they belong to nobody. */
export function createClaim(selector: Selector, principal: Principal): Claim {
  const ownerOf = createOwnerOf(selector)
  return (published) => claimFor(ownerOf(published), principal, eidOf(published.event))
}

/** The same for an event in Avro, which names the value itself unless it is the same for all. */
export function claimOfAvro(
  selector: Selector,
  principal: Principal,
  { eid, event_owner }: AvroEventMetadata,
): OwnershipClaim {
  const value = selector?.type === 'static' ? selector.value : event_owner
  const hasOwner = selector !== undefined && value !== undefined && value !== null
  return claimFor(hasOwner ? { name: selector.name, value } : undefined, principal, eid)
}

function claimFor(owner: EventOwner | undefined, principal: Principal, eid: string): OwnershipClaim {
  if (owner === undefined) return {}
  if (mayTouchEventsOf(principal, owner)) return { owner }
  return { error: denialText({ right: 'WRITE', resource: `event:${eid}` }) }
}

/** A path that leads nowhere is no mistake: the event then belongs to nobody. */
function createOwnerOf(selector: Selector): (event: ReadEvent) => EventOwner | undefined {
  if (selector === undefined) return () => undefined
  const { name, type, value } = selector
  if (type === 'static') return () => ({ name, value })
  const path = parsePropertyPath(value)
  return (event) => {
    const found = partitionKeys([path], event)
    const [owner] = 'keys' in found ? found.keys : []
    return owner === undefined ? undefined : { name, value: owner }
  }
}
