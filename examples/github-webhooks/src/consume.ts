// Step 5: two processes share one subscription over all event types. One of them is killed half-way, when it has
// processed a batch and not yet committed it; the broker gives its partitions to the other, which gets that batch again.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Client } from '@rioni/client'
import { type Arrivals, createArrivals } from './arrivals.ts'
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

/** What came of it. */
export interface Consumed {
  /** Times that each event was processed, by its id. */
  readonly times: ReadonlyMap<string, number>
  /** Whether one of the streams was killed before everything had arrived. */
  readonly killed: boolean
}

/** The killed stream's partitions are free after so long; the other one must last. */
const COMMIT_TIMEOUTS = { survivor: 60, victim: 3 }

/** Consumes until every expected event has arrived, or none has for `patienceMs`. */
export async function consumeWithTwoWorkers(options: ConsumeOptions): Promise<Consumed> {
  const { client, worker, expected, onProgress } = options
  const arrivals = createArrivals(options)
  const survivor = startWorker({ ...worker, commitTimeoutSeconds: COMMIT_TIMEOUTS.survivor })
  await isReceiving(survivor)
  const victim = startWorker({ ...worker, commitTimeoutSeconds: COMMIT_TIMEOUTS.victim })
  await isReceiving(victim)
  onProgress(`two streams are open: ${await assignment(client, worker.subscriptionId)}`)

  let killed = false
  recordArrivals(survivor, arrivals, () => letCommit(survivor))
  recordArrivals(victim, arrivals, () => {
    const isHalfWay = arrivals.times.size >= expected.size / 2
    if (!isHalfWay || killed) return letCommit(victim)
    killed = true
    victim.process.kill('SIGKILL')
    onProgress(`killed one stream with ${arrivals.times.size} of ${expected.size} events processed`)
  })
  for (const each of [survivor, victim]) letCommit(each)

  await Promise.race([arrivals.complete, failure(survivor)])
  onProgress(`done: ${await assignment(client, worker.subscriptionId)} on the stream that is left`)
  victim.process.kill('SIGKILL')
  survivor.process.disconnect()
  await Promise.all([survivor.ended, victim.ended])
  return { times: arrivals.times, killed }
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

interface Worker {
  readonly process: ChildProcess
  /** Resolves with what is to be said of its end. */
  readonly ended: Promise<string>
}

function startWorker(options: WorkerOptions): Worker {
  const process = fork(fileURLToPath(new URL('worker.js', import.meta.url)), [JSON.stringify(options)])
  const ended = once(process, 'exit').then(([code, signal]) => `ended with ${signal ?? `exit code ${code}`}`)
  return { process, ended }
}

/** Rejects when the worker ends. */
async function failure({ ended }: Worker): Promise<never> {
  throw new Error(`a consuming process ${await ended} before all events had arrived`)
}

/** Resolves when the worker holds its first batch. It waits for an answer before it goes on. */
async function isReceiving(worker: Worker): Promise<void> {
  await Promise.race([once(worker.process, 'message'), failure(worker)])
}

/** Takes note of every batch that a worker has processed, before it may commit. */
function recordArrivals({ process }: Worker, arrivals: Arrivals, next: () => void): void {
  process.on('message', (message: WorkerMessage) => {
    if (message.kind !== 'processed') return
    arrivals.add(message.eids)
    next()
  })
}

/** Lets the worker go on. That it may be dead by now is told by its `exit`, not here. */
function letCommit({ process }: Worker): void {
  process.send('go on', () => undefined)
}
