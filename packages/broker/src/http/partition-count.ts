import { MAX_PARTITION_COUNT } from '@rioni/event-types'
import { subscriptionsTo } from '../core/event-type-commands.ts'
import { partitionNames } from '../core/partition-names.ts'
import { closeStreams } from '../streaming/close-streams.ts'
import { initialPositions } from '../streaming/initial-positions.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { inMaintenance, problem, readOnlyMode, unknownEventType } from './problem.ts'
import { fieldsOf, missing, optionalInteger, type ReadBody, readWith } from './read-fields.ts'
import { readValidBody } from './read-valid-body.ts'
import { empty } from './response.ts'

/** Adds partitions to event types. */
export function createPartitionCountHandlers(context: BrokerContext): Handlers {
  return { setPartitionCount: (request) => setPartitionCount(request, context) }
}

/** The event type that carries events back from the dead letter queue. Its partitions belong to other topologies. */
const REDRIVE_EVENT_TYPE = 'nakadi.dead.letter.redrive'

/** Streams may wait for commits for one commit timeout; the rest is for them to end. */
const GRACE_SECONDS = 1

/**
 * Gives an event type so many partitions. The answer comes when all streams of its subscriptions have ended:
 * those that come after them know the new partitions. Asking again for the same number is no error, since
 * the first request may have been broken off.
 */
async function setPartitionCount(request: RoutedRequest, context: BrokerContext): Promise<Response> {
  const { state } = context.storage.commands
  const name = request.path['name'] ?? ''
  const read = readValidBody(request, readPartitionCount)
  if (!read.ok) return read.response
  if (state.settings.features.has('disable_db_write_operations')) return readOnlyMode()
  if (name === REDRIVE_EVENT_TYPE) return problem(422, `Repartitioning ${name} event type is not supported`)
  if (read.value > MAX_PARTITION_COUNT) {
    return problem(422, `Number of partitions should not be more than ${MAX_PARTITION_COUNT}`)
  }
  const eventType = state.eventTypes.get(name)
  if (eventType === undefined) return unknownEventType(name)
  if (read.value < eventType.partitions.length) return fewerPartitions()
  // Only as long as partitions are added: a switch of timelines need not wait for streams.
  const outcome = await context.publishingLock.share(name, () => extend(name, read.value, context))
  if (outcome === undefined) return inMaintenance(name)
  if (outcome !== 'extended') return outcome
  return (await restartStreams(name, context)) ? empty(204) : problem(500, 'Timeout closing streams')
}

function readPartitionCount(body: unknown): ReadBody<number> {
  return readWith(() => {
    const count = optionalInteger(fieldsOf(body, '').get('partition_count'), 'partition_count')
    return count === undefined
      ? { kind: 'invalid', violations: [missing('partition_count')] }
      : { kind: 'read', value: count }
  })
}

/** Adds the partitions, or says why not. */
async function extend(name: string, count: number, context: BrokerContext): Promise<'extended' | Response> {
  const { clock, storage } = context
  const partitions = partitionNames(count)
  const timelines = storage.commands.state.eventTypes.get(name)?.timelines ?? []
  // The topics first: a partition that can be seen can be published to.
  const topics = timelines.filter(({ deleted }) => !deleted).map(({ topic }) => topic)
  await Promise.all(topics.map((topic) => storage.events.addPartitions(topic, partitions)))
  await initializeSubscriptions(name, context)
  const outcome = await storage.commands.propose({ type: 'addPartitions', name, partitions }, clock.now())
  switch (outcome.kind) {
    case 'unknownEventType':
      return unknownEventType(name)
    case 'fewerPartitions':
      return fewerPartitions()
    case 'extended':
      return outcome.kind
  }
}

/** A subscription that has had no stream yet starts where it would start now, and not in the future. */
async function initializeSubscriptions(eventType: string, { clock, storage }: BrokerContext): Promise<void> {
  const { state } = storage.commands
  for (const { id: subscriptionId } of subscriptionsTo(state, eventType)) {
    const found = state.subscriptions.get(subscriptionId)
    if (found === undefined) continue
    const startAt = await initialPositions(found, storage)
    await storage.commands.propose({ type: 'initializePositions', subscriptionId, startAt }, clock.now())
  }
}

/** Closes all streams of all subscriptions to an event type. Says whether they ended in time. */
async function restartStreams(eventType: string, context: BrokerContext): Promise<boolean> {
  const { clock, limits, storage } = context
  const timeoutMs = (limits.maxCommitTimeoutSeconds + GRACE_SECONDS) * 1000
  const restarts = subscriptionsTo(storage.commands.state, eventType).map(async ({ id: subscriptionId }) => {
    const closed = await closeStreams(subscriptionId, timeoutMs, context)
    // Whoever else is closing them lets new ones in, and these see the new partitions.
    if (closed === 'alreadyClosing' || closed === 'unknownSubscription') return true
    await storage.commands.propose({ type: 'resumeStreams', subscriptionId, cursors: [] }, clock.now())
    return closed === 'closed'
  })
  return (await Promise.all(restarts)).every((inTime) => inTime)
}

function fewerPartitions(): Response {
  return problem(422, 'Number of partitions can not decrease')
}
