/** Kills a broker again and again, and looks whether it has kept what it said it had. */

import { type Random, seededRandom } from '@rioni/broker'
import { createDiskStorage } from '@rioni/broker/disk'
import { type Knowledge, loadBroker, noKnowledge, type SentEvent } from './broker-load.ts'
import { killWhileStarting, startBroker } from './crashing-broker.ts'

/** How often to kill, and what makes it repeat as far as processes do. */
export interface Killing {
  readonly directory: string
  readonly kills: number
  readonly seed: number
}

/** What has been checked. */
export interface KillingReport {
  readonly kills: number
  readonly acknowledged: number
  /** Events that were not acknowledged, were sent again, and are there more than once. */
  readonly duplicates: number
  readonly committedPartitions: number
}

/** Steps of all clients together within one life. */
const MAX_STEPS = 120

/** Kills a broker in the middle of what it does. Rejects when something that was acknowledged is not there. */
export async function killBrokers({ directory, kills, seed }: Killing): Promise<KillingReport> {
  const random = seededRandom(seed)
  const knowledge = noKnowledge()
  for (let kill = 0; kill < kills; kill += 1) await killOnce(directory, knowledge, random)
  return await checkLog(directory, knowledge, kills)
}

async function killOnce(directory: string, knowledge: Knowledge, random: Random): Promise<void> {
  if (random.below(8) === 0) return await killWhileStarting(directory)
  const broker = await startBroker(directory)
  let killed: Promise<void> | undefined
  let left = 1 + random.below(MAX_STEPS)
  const onStep = () => {
    left -= 1
    if (left === 0) killed = broker.kill()
  }
  try {
    await loadBroker(broker.url, knowledge, onStep)
  } finally {
    await (killed ?? broker.kill())
  }
}

/** Reads all that is there. */
async function checkLog(directory: string, knowledge: Knowledge, kills: number): Promise<KillingReport> {
  const storage = await createDiskStorage({ directory })
  try {
    const found = new Map<string, number>()
    for (const { partitions, timelines, eventType } of storage.commands.state.eventTypes.values()) {
      if (eventType.name.startsWith('nakadi.')) continue
      for (const partition of partitions) {
        const of = { topic: timelines[0].topic, partition }
        const range = { from: 0, maxRecords: 1_000_000, maxBytes: 1_000_000_000 }
        const records = await storage.events.read(of, range)
        const eids = records.map(({ value }) => eidOf(value))
        checkOrder(eids, knowledge)
        for (const [index, { offset }] of records.entries()) {
          const seen = knowledge.consumed.get(`${partition}/${offset}`)
          if (seen !== undefined && seen !== eids[index])
            throw new Error(`${partition}/${offset} was ${seen}.`)
        }
        for (const eid of eids) found.set(eid, (found.get(eid) ?? 0) + 1)
      }
    }
    return { kills, ...count(knowledge, found), committedPartitions: knowledge.committed.size }
  } finally {
    await storage.close()
  }
}

function eidOf(value: Uint8Array): string {
  const event = JSON.parse(new TextDecoder().decode(value)) as { readonly metadata: { readonly eid: string } }
  return event.metadata.eid
}

/** Each publisher sends one batch after the other, so its events are in the order of their numbers. */
function checkOrder(eids: readonly string[], { sent }: Knowledge): void {
  const newest = new Map<number, number>()
  for (const eid of new Set(eids)) {
    const event = sent.get(eid)
    if (event === undefined) throw new Error(`Nobody has sent the event ${eid}.`)
    if (event.number < (newest.get(event.publisher) ?? -1))
      throw new Error(`The event ${eid} is out of order.`)
    newest.set(event.publisher, event.number)
  }
}

function count(
  { sent }: Knowledge,
  found: ReadonlyMap<string, number>,
): Pick<KillingReport, 'acknowledged' | 'duplicates'> {
  let acknowledged = 0
  let duplicates = 0
  for (const event of sent.values()) {
    const times = found.get(event.eid) ?? 0
    if (!isRightNumber(event, times))
      throw new Error(`The event ${event.eid} was sent ${event.attempts} times and is there ${times} times.`)
    if (event.isAcknowledged) acknowledged += 1
    duplicates += Math.max(0, times - 1)
  }
  return { acknowledged, duplicates }
}

function isRightNumber({ attempts, isAcknowledged }: SentEvent, times: number): boolean {
  return times <= attempts && (!isAcknowledged || times >= 1)
}
