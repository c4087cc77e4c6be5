// One step of a plan onto the registry, so that it may be tried again at any time and takes nothing of somebody else away.

import type { Client } from '@rioni/client'
import type { Decision, PlanStep } from '@rioni/codegen'
import type { EventType, NewEventType, NewSubscription, Subscription } from '@rioni/protocol'

/**
 * Creates or changes what a step is about. Before a change the registry is asked once more: what is not as the plan found
 * it was changed by somebody else, and is left alone. After a failure it is asked, too: what is as it should be was carried
 * out although the answer was lost, or somebody else did the same.
 *
 * @throws Error when it was changed meanwhile
 * @throws NakadiError when the broker refuses it, or cannot be asked
 */
export async function carryOut(client: Client, step: PlanStep): Promise<void> {
  if (step.subject === 'event-type') await apply(await eventTypeTarget(client, step.name), step.decision)
  else await apply(await subscriptionTarget(client, step.decision), step.decision)
}

/** The thing in the registry that a step is about. */
interface Target<New, Stored> {
  /** Undefined when it is not there. */
  fetch(): Promise<Stored | undefined>
  create(wanted: New): Promise<unknown>
  update(wanted: Stored): Promise<unknown>
  /** What is to be done for it now. */
  decide(wanted: New | Stored, current: Stored | undefined): Decision<New, Stored>
}

async function apply<New, Stored>(
  target: Target<New, Stored>,
  decision: Decision<New, Stored>,
): Promise<void> {
  if (decision.action !== 'create' && decision.action !== 'update') return
  const before = await target.fetch()
  if (target.decide(decision.wanted, before).action === 'none') return
  const planned = decision.action === 'update' ? decision.base : undefined
  if (!(await isSame(before, planned))) throw new Error(CHANGED_MEANWHILE)
  try {
    if (decision.action === 'create') await target.create(decision.wanted)
    else await target.update(decision.wanted)
  } catch (error) {
    if (!(await isPossiblyDone(error))) throw error
    if (target.decide(decision.wanted, await target.fetch()).action !== 'none') throw error
  }
}

const CHANGED_MEANWHILE =
  'somebody else has changed it since the plan was made; run the command again to see the plan that fits'

async function isSame(first: unknown, second: unknown): Promise<boolean> {
  const { canonicalText } = await import('@rioni/event-types')
  return canonicalText(first ?? null) === canonicalText(second ?? null)
}

/** Whether the failure leaves open that the registry has it all the same. */
async function isPossiblyDone(error: unknown): Promise<boolean> {
  const { NakadiError } = await import('@rioni/client')
  return error instanceof NakadiError && (error.outcome === 'unknown' || error.code === 'conflict')
}

async function eventTypeTarget(
  { eventTypes }: Client,
  name: string,
): Promise<Target<NewEventType, EventType>> {
  const { decideEventType } = await import('@rioni/codegen')
  return {
    fetch: () => eventTypes.get(name).catch(absentWhenNotFound),
    create: (wanted) => eventTypes.create(wanted),
    update: (wanted) => eventTypes.update(name, wanted),
    decide: decideEventType,
  }
}

async function subscriptionTarget(
  { subscriptions }: Client,
  decision: Decision<NewSubscription, Subscription>,
): Promise<Target<NewSubscription, Subscription>> {
  const { decideSubscription } = await import('@rioni/codegen')
  const id = decision.action === 'update' ? decision.base.id : undefined
  return {
    // Creating one a second time answers the first one, so there is nothing to ask before.
    fetch: async () => (id === undefined ? undefined : subscriptions.get(id).catch(absentWhenNotFound)),
    create: (wanted) => subscriptions.createOrGet(wanted),
    update: (wanted) => subscriptions.update(wanted.id, wanted),
    decide: (wanted, current) => decideSubscription(wanted, current, []),
  }
}

async function absentWhenNotFound(error: unknown): Promise<undefined> {
  const { NakadiError } = await import('@rioni/client')
  if (error instanceof NakadiError && error.code === 'not-found') return undefined
  throw error
}
