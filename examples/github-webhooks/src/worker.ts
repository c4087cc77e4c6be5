// One consuming process: a stream of the shared subscription, through the generated consumer. The parent (consume.ts)
// starts two of them. It tells the parent which events it has processed, and commits them.

import { createClient } from '@rioni/client'
import { importClients } from './generated-clients.ts'

/** What a worker is told when it is started. */
export interface WorkerOptions {
  readonly baseUrl: string
  readonly subscriptionId: string
  readonly clientsFolder: string
  /** Dies like `kill -9` after so many events: when the last batch is processed, and before it is committed. */
  readonly crashAfterEvents?: number
}

/** What a worker tells its parent. */
export type WorkerMessage =
  | { readonly kind: 'holding' }
  | { readonly kind: 'processed'; readonly eids: readonly string[] }

const options: WorkerOptions = JSON.parse(process.argv[2] ?? '')
const { EventsConsumer } = await importClients(options.clientsFolder)
const consumer = new EventsConsumer(createClient({ baseUrl: options.baseUrl }), {
  subscriptionId: options.subscriptionId,
  batchLimit: 10,
  maxUncommittedEvents: 40,
  batchFlushTimeoutSeconds: 1,
  commitTimeoutSeconds: 3,
})

// The parent says `go` once both streams are open, so that neither finishes before the other has begun.
const go = new Promise<void>((resolve) => process.once('message', () => resolve()))
process.once('disconnect', () => void consumer.close())

let processed = 0
for await (const batch of consumer) {
  if (processed === 0) {
    await tell({ kind: 'holding' })
    await go
  }
  await tell({ kind: 'processed', eids: batch.events.map(({ metadata }) => metadata.eid) })
  processed += batch.events.length
  if (options.crashAfterEvents !== undefined && processed >= options.crashAfterEvents) {
    process.kill(process.pid, 'SIGKILL')
  }
  await batch.commit()
}

function tell(message: WorkerMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error ? reject(error) : resolve()))
  })
}
