// The outside world of a command, in memory.

import { Readable, Writable } from 'node:stream'
import type { Environment } from 'rioni'

/** An environment, and what a test sees of it. */
export interface MemoryEnvironment {
  readonly environment: Environment
  /** What the command has written so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Asks the command to stop, as SIGINT does. */
  readonly stop: () => void
  /** Resolves as soon as standard output holds `text`. */
  readonly printed: (text: string) => Promise<void>
  /** The same for standard error. */
  readonly told: (text: string) => Promise<void>
}

/** What goes in. */
export interface MemoryInput {
  readonly stdin?: Readable | string
  readonly env?: Readonly<Record<string, string>>
}

/** Creates an environment for one run. */
export function createMemoryEnvironment({ stdin = '', env = {} }: MemoryInput = {}): MemoryEnvironment {
  const stopRequest = new AbortController()
  const stdout = createMemoryOutput()
  const stderr = createMemoryOutput()
  return {
    environment: {
      stdin: typeof stdin === 'string' ? Readable.from([Buffer.from(stdin)]) : stdin,
      stdout: stdout.stream,
      stderr: stderr.stream,
      env,
      signal: stopRequest.signal,
    },
    stdout: stdout.text,
    stderr: stderr.text,
    stop: () => stopRequest.abort(),
    printed: stdout.printed,
    told: stderr.printed,
  }
}

function createMemoryOutput() {
  let content = ''
  let waiting: { readonly text: string; readonly resolve: () => void }[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      content += String(chunk)
      for (const { resolve } of waiting.filter(({ text }) => content.includes(text))) resolve()
      waiting = waiting.filter(({ text }) => !content.includes(text))
      done()
    },
  })
  return {
    stream,
    text: () => content,
    printed: (text: string) =>
      new Promise<void>((resolve) => {
        if (content.includes(text)) resolve()
        else waiting.push({ text, resolve })
      }),
  }
}
