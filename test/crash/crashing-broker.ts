/** A broker process on a data directory that is killed and started again. */

import { once } from 'node:events'
import { firstLine, type RunningProcess, startRioni } from '../cli/processes.ts'

/** A broker that answers. */
export interface CrashingBroker {
  readonly url: string
  /** Ends it at once, whatever it is doing. Resolves when it is gone. */
  kill(): Promise<void>
}

/** Starts a broker. Rejects when it does not come up. */
export async function startBroker(directory: string): Promise<CrashingBroker> {
  const running: RunningProcess = startRioni(['broker', '--port', '0', '--data', directory])
  const line = await firstLine(running)
  return {
    url: line.replace('listening on ', ''),
    async kill() {
      running.kill('SIGKILL')
      await running.ended
    },
  }
}

/** Starts a broker and kills it before it answers. */
export async function killWhileStarting(directory: string): Promise<void> {
  const running = startRioni(['broker', '--port', '0', '--data', directory, '--log-level', 'debug'])
  await Promise.race([running.told('opening the storage'), running.ended, once(running.stdout, 'data')])
  running.kill('SIGKILL')
  await running.ended
}
