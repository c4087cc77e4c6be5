/** The id of an event, which its publisher gave it; undefined for events that have none. */
export function eidOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null || !('metadata' in event)) return undefined
  const { metadata } = event
  if (typeof metadata !== 'object' || metadata === null || !('eid' in metadata)) return undefined
  return typeof metadata.eid === 'string' ? metadata.eid : undefined
}
