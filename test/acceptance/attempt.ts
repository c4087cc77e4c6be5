// Generating the code of one schema within limits of time and memory.

import { type ChildProcess, fork } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import type { Diagnostic, EventTypeDefinition, GenerateResult } from '@rioni/codegen'

/** What came of a schema. */
export interface Attempt extends Pick<GenerateResult, 'files' | 'diagnostics' | 'proof'> {
  readonly ms: number
  /** The most memory that the process has held so far. */
  readonly peakMb: number
}

/** Generates one schema after the other. */
export interface Generator {
  /** Rejects when the schema takes more time or memory than there is. */
  attempt(definition: EventTypeDefinition): Promise<Attempt>
  close(): void
}

/** Memory for objects that the generator may use, in megabytes. */
const MAX_HEAP_MB = 2048

/**
 * Starts a process that generates; another one takes its place when it had to be ended.
 *
 * @param limitMs - time that one schema may take
 */
export function createGenerator(limitMs: number): Generator {
  let child: ChildProcess | undefined
  const start = (): ChildProcess => {
    const execArgv = [`--max-old-space-size=${MAX_HEAP_MB}`]
    const module = fileURLToPath(new URL('./generating-child.js', import.meta.url))
    return fork(module, { execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  }
  const stop = (): void => {
    child?.removeAllListeners()
    child?.kill('SIGKILL')
    child = undefined
  }
  return {
    close: stop,
    attempt: (definition) =>
      new Promise((resolve, reject) => {
        child ??= start()
        const current = child
        const startedAt = performance.now()
        const fail = (message: string): void => {
          clearTimeout(timer)
          stop()
          reject(new Error(message))
        }
        const timer = setTimeout(fail, limitMs, `took more than ${limitMs / 1000} s`)
        current.once('exit', (code, signal) =>
          fail(
            `the process ended with ${signal ?? code} after ${Math.round(performance.now() - startedAt)} ms`,
          ),
        )
        current.once('message', (attempt: Attempt) => {
          clearTimeout(timer)
          current.removeAllListeners('exit')
          resolve(attempt)
        })
        current.send(definition)
      }),
  }
}

/** Whether a diagnostic says that the generator did something wrong, and not the schema. */
export function isDefect({ message, remedy }: Diagnostic): boolean {
  return `${message} ${remedy ?? ''}`.includes('defect of the generator')
}
