// resolve-target.ts - the cursors that a wish such as "to the end" or "to yesterday noon" stands for.
//
// The broker resets a subscription to offsets and `BEGIN` only, so `END` is looked up among the partitions, and a time is
// searched for (see find-time.ts).

import type { EventTypePartition, Partition, SubscriptionCursorWithoutToken } from '@rioni/protocol'
import { invalidArgument } from '../error.ts'
import type { AdminContext } from './admin-context.ts'
import { findTime } from './find-time.ts'
import type { ResetOptions, ResetTarget } from './reset-target.ts'

/** A place to look up, of one subscription. */
interface Target {
  readonly id: string
  readonly target: ResetTarget
  readonly options: ResetOptions
}

/** One cursor for each partition that is to be moved. */
export async function resolveTarget(
  context: AdminContext,
  { id, target, options }: Target,
): Promise<readonly SubscriptionCursorWithoutToken[]> {
  const { call } = context
  const listPartitions = async (name: string) =>
    (await call({ operation: 'listPartitions', parameters: { name }, options })).body

  if (typeof target === 'object' && 'cursors' in target) {
    if (options.partitions !== undefined)
      throw invalidArgument('partitions goes with begin, end and time; cursors name their own partitions')
    return await resolveEnds(target.cursors, listPartitions)
  }
  const subscription = await call({
    operation: 'getSubscription',
    parameters: { subscription_id: id },
    options,
  })
  const cursors: SubscriptionCursorWithoutToken[] = []
  for (const event_type of subscription.body.event_types) {
    const partitions = (await listPartitions(event_type)).filter(isWanted(event_type, options.partitions))
    const resolve = async (partition: Partition) => {
      const offset = await offsetOf(partition, event_type)
      return { event_type, partition: partition.partition, offset }
    }
    cursors.push(...(await Promise.all(partitions.map(resolve))))
  }
  refuseUnknown(options.partitions, cursors)
  return cursors

  async function offsetOf(partition: Partition, eventType: string): Promise<string> {
    if (target === 'begin') return 'BEGIN'
    if (target === 'end' || !('time' in target)) return partition.newest_available_offset
    return await findTime({ call, eventType, partition, time: target.time, options })
  }
}

type ListPartitions = (eventType: string) => Promise<readonly Partition[]>

async function resolveEnds(
  cursors: readonly SubscriptionCursorWithoutToken[],
  listPartitions: ListPartitions,
): Promise<readonly SubscriptionCursorWithoutToken[]> {
  const names = new Set(cursors.filter(({ offset }) => offset === 'END').map(({ event_type }) => event_type))
  const found = new Map<string, readonly Partition[]>()
  for (const name of names) found.set(name, await listPartitions(name))
  return cursors.map((cursor) => {
    if (cursor.offset !== 'END') return cursor
    const partition = found.get(cursor.event_type)?.find((other) => other.partition === cursor.partition)
    if (partition === undefined) throw noSuchPartition(cursor)
    return { ...cursor, offset: partition.newest_available_offset }
  })
}

function isWanted(
  eventType: string,
  wanted: readonly EventTypePartition[] | undefined,
): (partition: Partition) => boolean {
  return ({ partition }) =>
    wanted === undefined ||
    wanted.some((other) => other.event_type === eventType && other.partition === partition)
}

/** A reset that moves less than was asked for would go unnoticed. */
function refuseUnknown(
  wanted: readonly EventTypePartition[] = [],
  found: readonly EventTypePartition[],
): void {
  const unknown = wanted.find(
    ({ event_type, partition }) =>
      !found.some((other) => other.event_type === event_type && other.partition === partition),
  )
  if (unknown !== undefined) throw noSuchPartition(unknown)
}

function noSuchPartition({ event_type, partition }: EventTypePartition) {
  return invalidArgument(
    `the subscription has no partition ${partition} of event type ${event_type}. Nothing was moved`,
  )
}
