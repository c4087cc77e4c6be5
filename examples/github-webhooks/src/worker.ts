// One consuming process: a stream of the shared subscription, through the generated consumer. The parent (consume.ts)
// starts two of them. A batch is committed when the parent has taken note of its events, and not before.

import { once } from 'node:events'
import { createClient } from '@rioni/client'
import { importClients } from './generated-clients.ts'

/** What a worker is told when it is started. */
export interface WorkerOptions {
  readonly baseUrl: string
  readonly subscriptionId: string
  readonly clientsFolder: string
  /** After so long without a commit the broker gives the partitions of this stream to another. */
  readonly commitTimeoutSeconds: number
}

/** What a worker tells its parent; it goes on when the parent has answered. */
export type WorkerMessage =
  | { readonly kind: 'receiving' }
  | { readonly kind: 'processed'; readonly eids: readonly string[] }

const options: WorkerOptions = JSON.parse(process.argv[2] ?? '')
const { EventsConsumer } = await importClients(options.clientsFolder)
const consumer = new EventsConsumer(createClient({ baseUrl: options.baseUrl }), {
  subscriptionId: options.subscriptionId,
  commitTimeoutSeconds: options.commitTimeoutSeconds,
  batchLimit: 10,
  maxUncommittedEvents: 40,
  batchFlushTimeoutSeconds: 1,
})
process.once('disconnect', () => void consumer.close())

let isFirst = true
for await (const batch of consumer) {
  if (isFirst) await tell({ kind: 'receiving' })
  isFirst = false
  await tell({ kind: 'processed', eids: batch.events.map(({ metadata }) => metadata.eid) })
  await batch.commit()
}

async function tell(message: WorkerMessage): Promise<void> {
  const answered = once(process, 'message')
  process.send?.(message)
  await answered
}
