// Step 5: two processes share one subscription over all event types. One of them is killed half-way; the broker gives
// its partitions to the other, which receives what was not committed once more.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Client } from '@rioni/client'
import type { WorkerMessage, WorkerOptions } from './worker.ts'

/** What arrived at the two workers together. */
export interface Consumed {
  /** Times that each event was processed, by its id. */
  readonly times: ReadonlyMap<string, number>
}

/** What the consumption needs to know. */
export interface ConsumeOptions {
  readonly client: Client
  readonly worker: WorkerOptions
  /** The events to wait for. */
  readonly expected: ReadonlySet<string>
  /** Gives up when no event has arrived for so long. */
  readonly patienceMs: number
  readonly onProgress: (line: string) => void
}

/** Consumes until every expected event has arrived, or none has for `patienceMs`. */
export async function consumeWithTwoWorkers(options: ConsumeOptions): Promise<Consumed> {
  const { client, worker, expected, onProgress } = options
  const times = new Map<string, number>()
  const crashAfterEvents = Math.floor(expected.size / 4)
  const survivor = startWorker(worker)
  const victim = startWorker({ ...worker, crashAfterEvents })
  const complete = collect([survivor, victim], times, options)

  await Promise.all([survivor, victim].map(holding))
  onProgress(`two streams are open: ${await assignment(client, worker.subscriptionId)}`)
  const victimDied = once(victim, 'exit')
  for (const each of [survivor, victim]) each.send('go')

  await Promise.race([victimDied, complete])
  onProgress(
    `killed one stream (${victim.signalCode}) with ${times.size} of ${expected.size} events processed`,
  )
  await complete
  onProgress(`one stream is left: ${await assignment(client, worker.subscriptionId)}`)
  await stopWorker(survivor)
  return { times }
}

/** The partitions that each stream of the subscription holds, in words. */
async function assignment(client: Client, subscriptionId: string): Promise<string> {
  const { items } = await client.subscriptions.stats(subscriptionId)
  const held = new Map<string, number>()
  for (const { partitions } of items) {
    for (const { stream_id: stream } of partitions) {
      if (stream) held.set(stream, (held.get(stream) ?? 0) + 1)
    }
  }
  return [...held.values()].map((count) => `${count} partitions`).join(' and ') || 'no partition is assigned'
}

/** Counts what the workers process; resolves when everything expected has arrived, or nothing has for too long. */
function collect(
  workers: readonly ChildProcess[],
  times: Map<string, number>,
  { expected, patienceMs }: ConsumeOptions,
): Promise<void> {
  return new Promise((resolve) => {
    let missing = expected.size
    let patience = setTimeout(resolve, patienceMs)
    for (const worker of workers) {
      worker.on('message', (message: WorkerMessage) => {
        if (message.kind !== 'processed') return
        clearTimeout(patience)
        patience = setTimeout(resolve, patienceMs)
        for (const eid of message.eids) {
          if (expected.has(eid) && !times.has(eid)) missing -= 1
          times.set(eid, (times.get(eid) ?? 0) + 1)
        }
        if (missing > 0) return
        clearTimeout(patience)
        resolve()
      })
    }
  })
}

/** Resolves when the worker holds its first batch; rejects when it ends before that. */
function holding(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('exit', (code) => reject(new Error(`a consuming process ended with exit code ${code}`)))
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'holding') resolve()
    })
  })
}

function startWorker(options: WorkerOptions): ChildProcess {
  return fork(fileURLToPath(new URL('worker.js', import.meta.url)), [JSON.stringify(options)])
}

/** Lets the worker finish and commit what it has in hand. */
async function stopWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  const exited = once(worker, 'exit')
  worker.disconnect()
  await exited
}
