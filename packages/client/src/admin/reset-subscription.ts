import type { SubscriptionCursorWithoutToken, SubscriptionStats } from '@rioni/protocol'
import { checkedNumber } from '../checked-number.ts'
import { NakadiError } from '../error.ts'
import type { AdminContext } from './admin-context.ts'
import type { ResetOptions, ResetTarget } from './reset-target.ts'
import { resolveTarget } from './resolve-target.ts'
import { whileInConflict } from './while-in-conflict.ts'

/** One wish to move a subscription. */
interface Reset {
  readonly id: string
  readonly target: ResetTarget
  readonly options: ResetOptions | undefined
}

/**
 * Moves a subscription. Where `END` and times are is settled before its streams are closed, so what is published
 * meanwhile is delivered. Whether somebody consumes is looked at once, before: it is a guard against mistakes, no lock.
 */
export async function resetSubscription(
  context: AdminContext,
  { id, target, options = {} }: Reset,
): Promise<readonly SubscriptionCursorWithoutToken[]> {
  const patienceMs = checkedNumber('patienceMs', options.patienceMs ?? 65_000, { least: 0 })
  const parameters = { subscription_id: id }
  const { call } = context
  if (options.force !== true) {
    refuseIfConsumed(id, (await call({ operation: 'getSubscriptionStats', parameters, options })).body)
  }
  const cursors = await resolveTarget(context, { id, target, options })
  const body = JSON.stringify({ items: cursors })
  await whileInConflict(context, { patienceMs, signal: options.signal }, () =>
    call({ operation: 'resetCursors', parameters, body, options }),
  )
  return cursors
}

function refuseIfConsumed(id: string, { items }: SubscriptionStats): void {
  const streams = new Set(
    items.flatMap(({ partitions }) => partitions.map(({ stream_id }) => stream_id).filter(Boolean)),
  )
  if (streams.size === 0) return
  throw new NakadiError({
    code: 'conflict',
    outcome: 'not-sent',
    message: `reset: subscription ${id} is being consumed by ${streams.size} streams. Stop its consumers first, or set force to have their streams closed. Nothing was moved.`,
  })
}
