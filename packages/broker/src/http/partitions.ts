import type { Partition } from '@rioni/protocol'
import { formatOffset, parseOffset, unconsumedEvents } from '../core/offsets.ts'
import { activeTimeline, type EventTypeState } from '../core/state.ts'
import type { EventLog } from '../storage/event-log.ts'
import type { BrokerContext, Handlers, RoutedRequest } from './handler.ts'
import { problem, unknownEventType } from './problem.ts'
import { json } from './response.ts'

/** Shows the partitions of an event type and the range of offsets that each one has. */
export function createPartitionHandlers(context: BrokerContext): Handlers {
  return {
    listPartitions: (request) => listPartitions(request, context),
    getPartition: (request) => getPartition(request, context),
  }
}

async function listPartitions({ path }: RoutedRequest, { storage }: BrokerContext): Promise<Response> {
  const name = path['name'] ?? ''
  const eventType = storage.commands.state.eventTypes.get(name)
  if (eventType === undefined) return unknownEventType(name)
  const views = eventType.partitions.map((partition) =>
    viewPartition(storage.events, eventType, { partition }),
  )
  return json(200, await Promise.all(views))
}

async function getPartition({ path, query }: RoutedRequest, { storage }: BrokerContext): Promise<Response> {
  const name = path['name'] ?? ''
  const partition = path['partition'] ?? ''
  const consumed = query.get('consumed_offset')
  const eventType = storage.commands.state.eventTypes.get(name)
  if (eventType === undefined) return unknownEventType(name)
  if (!eventType.partitions.includes(partition)) {
    return consumed === null
      ? problem(404, 'partition not found')
      : problem(422, 'invalid consumed_offset or partition')
  }
  if (consumed === null) return json(200, await viewPartition(storage.events, eventType, { partition }))
  if (parseOffset({ partition, offset: consumed }, eventType.timelines[0].order).kind === 'malformed') {
    return problem(422, 'problem converting cursors')
  }
  return json(200, await viewPartition(storage.events, eventType, { partition, consumed }))
}

interface ViewedPartition {
  readonly partition: string
  /** Adds how many events come after this offset. */
  readonly consumed?: string
}

async function viewPartition(
  events: EventLog,
  eventType: EventTypeState,
  { partition, consumed }: ViewedPartition,
): Promise<Partition> {
  const { order, topic } = activeTimeline(eventType)
  const bounds = await events.bounds({ topic, partition })
  return {
    partition,
    oldest_available_offset: formatOffset({ timeline: order, offset: bounds.first }),
    newest_available_offset: formatOffset({ timeline: order, offset: bounds.next - 1 }),
    ...(consumed === undefined ? {} : { unconsumed_events: unconsumedEvents(consumed, bounds) }),
  }
}
