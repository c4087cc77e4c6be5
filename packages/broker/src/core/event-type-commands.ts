import type { Applier } from './commands.ts'

/** Creates an event type with its first timeline, unless the name is taken. */
export const createEventType: Applier<'createEventType'> = (state, command) => {
  const { eventType, partitions, topic } = command
  if (state.eventTypes.has(eventType.name)) return [state, { kind: 'exists' }]
  const eventTypes = new Map(state.eventTypes)
  eventTypes.set(eventType.name, { eventType, partitions, timelines: [{ order: 1, topic }] })
  return [{ ...state, eventTypes }, { kind: 'created' }]
}

/** Removes an event type that no subscription contains. */
export const deleteEventType: Applier<'deleteEventType'> = (state, command) => {
  const existing = state.eventTypes.get(command.name)
  if (existing === undefined) return [state, { kind: 'unknownEventType' }]
  for (const { subscription } of state.subscriptions.values()) {
    if (subscription.event_types.includes(command.name)) return [state, { kind: 'hasSubscriptions' }]
  }
  const eventTypes = new Map(state.eventTypes)
  eventTypes.delete(command.name)
  const topics = existing.timelines.map((timeline) => timeline.topic)
  return [
    { ...state, eventTypes },
    { kind: 'deleted', topics },
  ]
}
