// Who may do what. A resource carries lists of attributes, a caller has attributes, and a right is given to
// whoever has one attribute of the right's list.
//
// Nakadi leaves the meaning of an attribute to a plug-in; this file is ours. The table of rights follows
// section "Authorization" of the Nakadi manual.

import type { AuthorizationAttribute, EventType, Subscription } from '@rioni/protocol'
import { withDefaultAdmin } from './settings.ts'
import type { BrokerState } from './state.ts'

/** What a caller may be allowed to do with a resource. */
export type Right = 'VIEW' | 'READ' | 'WRITE' | 'ADMIN'

/** Who makes a request. */
export interface Principal {
  /** The name of the caller; `unauthenticated` while authentication is off. It is the application of blacklists. */
  readonly subject: string
  /** The realm of the token, such as `/employees`; empty when it has none. */
  readonly realm: string
  /** What the caller is; `all` stands for every attribute there could be, as while authentication is off. */
  readonly attributes: 'all' | readonly AuthorizationAttribute[]
}

/** The caller of every request while authentication is off: may do everything, and is a Nakadi admin. */
export const anyone: Principal = { subject: 'unauthenticated', realm: '', attributes: 'all' }

/** The lists of an `authorization` section; a list that the kind of resource does not have is left out. */
export interface AuthorizationLists {
  readonly admins: readonly AuthorizationAttribute[]
  readonly readers: readonly AuthorizationAttribute[]
  readonly writers?: readonly AuthorizationAttribute[]
}

/** What the broker is configured with beside its state. */
export interface AuthorizationPolicy {
  /** A Nakadi admin that `/settings/admins` cannot remove. */
  readonly defaultAdmin: AuthorizationAttribute
  /** Who may read every event type and subscription whatever its section says. */
  readonly allDataReaders: readonly AuthorizationAttribute[]
}

/** A right that a caller lacks, and on what. */
export interface Denial {
  readonly right: Right
  readonly resource: `event-type:${string}` | `subscription:${string}` | `event:${string}`
}

/** A question of rights: who asks, in which state, under which policy. */
export interface Caller {
  readonly principal: Principal
  readonly state: BrokerState
  readonly policy: AuthorizationPolicy
}

/** Whether a caller has one of these attributes. `*`:`*` is had by everyone. */
export function hasAnyOf({ attributes }: Principal, wanted: readonly AuthorizationAttribute[]): boolean {
  if (attributes === 'all') return true
  return wanted.some(
    ({ data_type, value }) =>
      (data_type === '*' && value === '*') ||
      attributes.some((own) => own.data_type === data_type && own.value === value),
  )
}

/** Whether a caller is a Nakadi admin for this kind of operation. */
export function isNakadiAdmin({ principal, state, policy }: Caller, right: Exclude<Right, 'VIEW'>): boolean {
  const admins = withDefaultAdmin(state.settings.admins, policy.defaultAdmin)
  return hasAnyOf(principal, listOf(admins, right))
}

/** Says which of these rights on an event type the caller lacks first; undefined when none. */
export function missingEventTypeRight(
  caller: Caller,
  { name, authorization }: Pick<EventType, 'name' | 'authorization'>,
  rights: readonly Right[],
): Denial | undefined {
  const right = rights.find((wanted) => !permits(caller, authorization, wanted))
  return right && { right, resource: `event-type:${name}` }
}

/** Says which of these rights on a subscription the caller lacks first; undefined when none. */
export function missingSubscriptionRight(
  caller: Caller,
  { id, authorization }: Pick<Subscription, 'id' | 'authorization'>,
  rights: readonly Right[],
): Denial | undefined {
  const right = rights.find((wanted) => !permits(caller, authorization, wanted))
  return right && { right, resource: `subscription:${id}` }
}

/** An attribute that says whose an event is. It is written and read by whoever has it. */
export interface EventOwner {
  readonly name: string
  readonly value: string
}

/** Whether a caller may publish, or be given, events of this owner. Events without one are everyone's. */
export function mayTouchEventsOf(principal: Principal, owner: EventOwner | undefined): boolean {
  return owner === undefined || hasAnyOf(principal, [{ data_type: owner.name, value: owner.value }])
}

/** The text of a refusal. */
export function denialText({ right, resource }: Denial): string {
  return `Access on ${right} ${resource} denied`
}

function permits(caller: Caller, lists: AuthorizationLists | null | undefined, right: Right): boolean {
  if (lists === null || lists === undefined) return true
  if (hasAnyOf(caller.principal, listOf(lists, right))) return true
  switch (right) {
    case 'VIEW':
      return isNakadiAdmin(caller, 'ADMIN') || readsAllData(caller)
    case 'READ':
      return readsAllData(caller)
    case 'WRITE':
      return false
    case 'ADMIN':
      return isNakadiAdmin(caller, 'WRITE')
  }
}

function readsAllData({ principal, policy }: Caller): boolean {
  return hasAnyOf(principal, policy.allDataReaders)
}

function listOf(lists: AuthorizationLists, right: Right): readonly AuthorizationAttribute[] {
  const { admins, readers, writers = [] } = lists
  switch (right) {
    case 'VIEW':
      return [...admins, ...readers, ...writers]
    case 'READ':
      return readers
    case 'WRITE':
      return writers
    case 'ADMIN':
      return admins
  }
}
