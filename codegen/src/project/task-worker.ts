// A thread that generates event types, one after the other, as they come.

import { parentPort } from 'node:worker_threads'
import type { EventTask } from '../event-task.ts'
import { generateEvent } from '../generate-event.ts'

parentPort?.on('message', async ({ index, task }: { readonly index: number; readonly task: EventTask }) => {
  parentPort?.postMessage({ index, result: await generateEvent(task) })
})
