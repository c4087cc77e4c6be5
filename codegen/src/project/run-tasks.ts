// Many event types on several threads. Names were decided before, so each can be generated anywhere and in any order.

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { EventResult, EventTask } from '../event-task.ts'
import { shareTasks } from './share-tasks.ts'

/** Called with each result as it comes, in any order. */
export type OnResult = (index: number, result: EventResult) => void

/** Event types per thread below which starting another thread takes longer than it saves. */
const TASKS_PER_THREAD = 40

/** Most threads: more of them wait for the one that writes the files. */
const MAX_THREADS = 4

/** Generates event types. What a result holds is freed as soon as the callback returns. */
export async function runTasks(tasks: readonly EventTask[], onResult: OnResult): Promise<void> {
  const threads = Math.min(MAX_THREADS, availableParallelism(), Math.floor(tasks.length / TASKS_PER_THREAD))
  if (threads > 1 && WORKER.pathname.endsWith('.js')) return runOnThreads(tasks, threads, onResult)
  const { generateEvent } = await import('../generate-event.ts')
  for (const [index, task] of tasks.entries()) onResult(index, await generateEvent(task))
}

/** What one event type needs is garbage when the next one comes: with room for it, it is collected once and not copied. */
const YOUNG_MB = 64

/** The module of a thread; a `.ts` file where sources run unbuilt, which threads of Node 20 cannot load. */
const WORKER = new URL(import.meta.url.replace('run-tasks.', 'task-worker.'))

async function runOnThreads(tasks: readonly EventTask[], threads: number, onResult: OnResult): Promise<void> {
  const nextTask = shareTasks(tasks.length, threads)
  const workers = Array.from(
    { length: threads },
    () => new Worker(WORKER, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } }),
  )
  try {
    await Promise.all(
      workers.map((worker, thread) => serve(worker, { tasks, next: () => nextTask(thread), onResult })),
    )
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

interface Serving {
  readonly tasks: readonly EventTask[]
  /** The number of the next task; undefined when there are no more. */
  next(): number | undefined
  readonly onResult: OnResult
}

/** Hands tasks to one thread until there are no more; a thread has two at a time, so that it never waits for the next. */
function serve(worker: Worker, { tasks, next, onResult }: Serving): Promise<void> {
  return new Promise((resolve, reject) => {
    let open = 0
    const handOut = (): void => {
      const index = next()
      if (index !== undefined) {
        open += 1
        worker.postMessage({ index, task: tasks[index] })
      } else if (open === 0) resolve()
    }
    worker.on('message', ({ index, result }: { readonly index: number; readonly result: EventResult }) => {
      open -= 1
      try {
        onResult(index, result)
      } catch (error) {
        reject(error)
      }
      handOut()
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('a thread of the generator ended before its work was done')))
    handOut()
    handOut()
  })
}
