import { jsonValueOf, type Storage } from '@rioni/broker'

/**
 * Reads every event of an event type from a broker's storage as JSON, oldest first; of events that were stored at the
 * same time, those of the first partition come first. Deletions are no events.
 *
 * @throws Error when there is no such event type
 */
export async function publishedEvents<E>({ commands, events }: Storage, name: string): Promise<E[]> {
  const eventType = commands.state.eventTypes.get(name)
  if (eventType === undefined) throw new Error(`There is no event type ${name} to have published events of.`)
  const everything = { from: 0, maxRecords: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER }
  const logs = eventType.timelines.flatMap(({ topic }) =>
    eventType.partitions.map((partition) => events.read({ topic, partition }, everything)),
  )
  const records = (await Promise.all(logs)).flat().toSorted((a, b) => a.at - b.at)
  const decoder = new TextDecoder()
  return records
    .filter(({ value }) => value.byteLength > 0)
    .map((record) => JSON.parse(decoder.decode(jsonValueOf(record, eventType.schemas))))
}
