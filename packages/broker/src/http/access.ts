// Refuses what a caller may not do, with the answers that Nakadi gives.

import type { OperationId, Subscription } from '@rioni/protocol'
import {
  type AuthorizationPolicy,
  type Caller,
  type Denial,
  denialText,
  isNakadiAdmin,
  missingEventTypeRight,
  missingSubscriptionRight,
  type Principal,
  type Right,
} from '../core/authorization.ts'
import { blocksConsumer, blocksProducer } from '../core/settings.ts'
import type { EventTypeState } from '../core/state.ts'
import type { CommandLog } from '../storage/command-log.ts'
import {
  type AdminRight,
  BLOCKED,
  OPERATION_RULES,
  type OperationRule,
  STREAM_RULES,
} from './operation-rules.ts'
import { problem } from './problem.ts'

/** Who asks for which resource. */
export interface AskedFor {
  readonly principal: Principal
  readonly path: Readonly<Record<string, string>>
}

/** Decides what callers may do, in the state as it is at the time of asking. */
export interface Access {
  /**
   * The answer to whoever may not carry out an operation: 403 by the blacklist or for a missing right.
   * What does not exist refuses nobody; the handler answers 404.
   */
  refuse(operation: OperationId, asked: AskedFor): Response | undefined
  /** 403 to whoever may not stream: what `refuse` would say, for the operations that look at their parameters before. */
  refuseStream(kind: keyof typeof STREAM_RULES, asked: AskedFor): Response | undefined
  /** 403 for the first of these event types on which the caller lacks a right; unknown names are passed over. */
  refuseEventTypes(
    principal: Principal,
    names: readonly string[],
    rights: readonly Right[],
  ): Response | undefined
  /** 403 when the caller lacks a right on a subscription. */
  refuseSubscription(
    principal: Principal,
    subscription: Subscription,
    rights: readonly Right[],
  ): Response | undefined
  /** Whether the caller is a Nakadi admin for this kind of operation. */
  isNakadiAdmin(principal: Principal, right: AdminRight): boolean
}

/** Creates the guard of a broker. */
export function createAccess(commands: Pick<CommandLog, 'state'>, policy: AuthorizationPolicy): Access {
  const callerOf = (principal: Principal): Caller => ({ principal, state: commands.state, policy })
  return {
    refuse: (operation, { principal, path }) => refuse(OPERATION_RULES[operation], callerOf(principal), path),
    refuseStream: (kind, { principal, path }) => refuse(STREAM_RULES[kind], callerOf(principal), path),
    refuseEventTypes: (principal, names, rights) => refuseEventTypes(callerOf(principal), names, rights),
    refuseSubscription(principal, subscription, rights) {
      const missing = missingSubscriptionRight(callerOf(principal), subscription, rights)
      return missing && denied(missing)
    },
    isNakadiAdmin: (principal, right) => isNakadiAdmin(callerOf(principal), right),
  }
}

function refuse(
  rule: OperationRule,
  caller: Caller,
  path: Readonly<Record<string, string>>,
): Response | undefined {
  switch (rule.of) {
    case 'everyone':
    case 'handler':
      return undefined
    case 'admins':
      return isNakadiAdmin(caller, rule.right) ? undefined : problem(403, rule.refusal)
    case 'eventTypeOfAdmins':
      if (isNakadiAdmin(caller, rule.right)) return undefined
      return denied({ right: 'ADMIN', resource: `event-type:${path['name'] ?? ''}` })
    case 'eventType':
      return refuseOnEventType(rule, caller, path['name'] ?? '')
    case 'subscription':
      return refuseOnSubscription(rule, caller, path['subscription_id'] ?? '')
  }
}

function refuseOnEventType(
  { rights, blacklist }: OperationRule & { readonly of: 'eventType' },
  caller: Caller,
  name: string,
): Response | undefined {
  const { settings } = caller.state
  const who = { app: caller.principal.subject, eventType: name }
  if (blacklist === 'producer' && blocksProducer(settings, who)) return problem(403, BLOCKED)
  if (blacklist === 'consumer' && blocksConsumer(settings, who)) return problem(403, BLOCKED)
  return refuseEventTypes(caller, [name], rights)
}

function refuseOnSubscription(
  { rights, eventTypeRights = [], blocked }: OperationRule & { readonly of: 'subscription' },
  caller: Caller,
  id: string,
): Response | undefined {
  const { settings, subscriptions } = caller.state
  const subscription = subscriptions.get(id)?.subscription
  const names = subscription?.event_types ?? []
  // The blacklist looks at the first event type of a subscription alone, as Nakadi does.
  const who = { app: caller.principal.subject, eventType: names[0] }
  if (blocked !== undefined && blocksConsumer(settings, who)) return problem(403, blocked)
  if (subscription === undefined) return undefined
  const missing = missingSubscriptionRight(caller, subscription, rights)
  return missing === undefined ? refuseEventTypes(caller, names, eventTypeRights) : denied(missing)
}

function refuseEventTypes(
  caller: Caller,
  names: readonly string[],
  rights: readonly Right[],
): Response | undefined {
  for (const name of names) {
    const found: EventTypeState | undefined = caller.state.eventTypes.get(name)
    const missing = found && missingEventTypeRight(caller, found.eventType, rights)
    if (missing !== undefined) return denied(missing)
  }
  return undefined
}

function denied(denial: Denial): Response {
  return problem(403, denialText(denial))
}
