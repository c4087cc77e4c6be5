// Step 5: two processes share one subscription over all event types. One of them is killed half-way, when it has
// processed a batch and not yet committed it; the broker gives its partitions to the other, which gets that batch again.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Client } from '@rioni/client'
import type { WorkerMessage, WorkerOptions } from './worker.ts'

/** What the consumption needs to know. */
export interface ConsumeOptions {
  readonly client: Client
  readonly worker: Omit<WorkerOptions, 'commitTimeoutSeconds'>
  /** Ids of the events to wait for. */
  readonly expected: ReadonlySet<string>
  /** Gives up when no event has arrived for so long. */
  readonly patienceMs: number
  readonly onProgress: (line: string) => void
}

/** Times that each event was processed, by its id. */
export type Arrivals = ReadonlyMap<string, number>

/** Consumes until every expected event has arrived, or none has for `patienceMs`. */
export async function consumeWithTwoWorkers(options: ConsumeOptions): Promise<Arrivals> {
  const { client, worker, expected, patienceMs, onProgress } = options
  const arrivals = createArrivals(expected, patienceMs)

  const survivor = startWorker({ ...worker, commitTimeoutSeconds: 60 })
  await isReceiving(survivor)
  const victim = startWorker({ ...worker, commitTimeoutSeconds: 3 })
  await isReceiving(victim)
  onProgress(`two streams are open: ${await assignment(client, worker.subscriptionId)}`)

  const isHalfWay = () => arrivals.times.size >= expected.size / 2
  recordArrivals(survivor, arrivals, { diesIf: () => false })
  recordArrivals(victim, arrivals, { diesIf: isHalfWay })
  const victimDied = once(victim, 'exit').then(() => {
    onProgress(
      `killed one stream (${victim.signalCode}) with ${arrivals.times.size} of ${expected.size} events processed`,
    )
  })
  for (const each of [survivor, victim]) each.send('go on')

  await arrivals.complete
  onProgress(
    `all events have arrived; ${await assignment(client, worker.subscriptionId)} on the stream that is left`,
  )
  victim.kill()
  await victimDied
  await stopWorker(survivor)
  return arrivals.times
}

/** The partitions that each stream of the subscription holds, in words. */
async function assignment(client: Client, subscriptionId: string): Promise<string> {
  const { items } = await client.subscriptions.stats(subscriptionId)
  const held = new Map<string, number>()
  for (const { stream_id: stream } of items.flatMap(({ partitions }) => partitions)) {
    if (stream) held.set(stream, (held.get(stream) ?? 0) + 1)
  }
  return [...held.values()].map((count) => `${count} partitions`).join(' and ')
}

interface ArrivalsLog {
  readonly times: Map<string, number>
  /** Resolves when all expected events have arrived, or none has for too long. */
  readonly complete: Promise<void>
  add(eids: readonly string[]): void
}

function createArrivals(expected: ReadonlySet<string>, patienceMs: number): ArrivalsLog {
  const times = new Map<string, number>()
  const missing = new Set(expected)
  let finish = (): void => undefined
  const complete = new Promise<void>((resolve) => {
    finish = resolve
  })
  let patience = setTimeout(finish, patienceMs)
  return {
    times,
    complete,
    add(eids) {
      for (const eid of eids) {
        times.set(eid, (times.get(eid) ?? 0) + 1)
        missing.delete(eid)
      }
      clearTimeout(patience)
      if (missing.size === 0) finish()
      else patience = setTimeout(finish, patienceMs)
    },
  }
}

/** Takes note of every batch that a worker has processed, and then either lets it commit or kills it before that. */
function recordArrivals(
  worker: ChildProcess,
  arrivals: ArrivalsLog,
  { diesIf }: { diesIf: () => boolean },
): void {
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind !== 'processed') return
    arrivals.add(message.eids)
    if (diesIf()) worker.kill('SIGKILL')
    else worker.send('go on')
  })
}

function startWorker(options: WorkerOptions): ChildProcess {
  return fork(fileURLToPath(new URL('worker.js', import.meta.url)), [JSON.stringify(options)])
}

/** Resolves when the worker holds its first batch; rejects when it ends before that. */
function isReceiving(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('exit', (code) => reject(new Error(`a consuming process ended with exit code ${code}`)))
  })
}

/** Lets the worker finish and commit what it has in hand. */
async function stopWorker(worker: ChildProcess): Promise<void> {
  const exited = once(worker, 'exit')
  worker.disconnect()
  await exited
}
