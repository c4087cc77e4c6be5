// The process: its streams, its signals and its exit code. Everything else is in `run.ts`.

import { optimiseLess } from './optimise-less.ts'
import { run } from './run.ts'

const stopRequest = new AbortController()

/** Takes SIGINT and SIGTERM over: the first asks the command to stop in good order, the second ends the process. */
function takeOverSignals(): void {
  for (const [name, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(name, () => {
      if (stopRequest.signal.aborted) process.exit(128 + number)
      stopRequest.abort()
    })
  }
}

let signalsTakenOver = false

// Each write reports its own failure; without a listener the stream would end the process with a stack trace as well.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

// Here and not in the command: it holds for the whole process, which elsewhere is that of somebody else.
if (process.argv[2] === 'generate') optimiseLess()

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  // Only a command that asks for the signal replaces the operating system's way to end a process: work that never
  // looks at the signal stays interruptible.
  get signal() {
    if (!signalsTakenOver) takeOverSignals()
    signalsTakenOver = true
    return stopRequest.signal
  },
})
