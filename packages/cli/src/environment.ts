// What a command may touch of the process it runs in. A test hands in memory; `main.ts` hands in the process itself.

import type { Readable, Writable } from 'node:stream'

/** The outside of one run of the command line. */
export interface Environment {
  /** Bytes piped in; `isTTY` tells that a person is typing them. */
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** Results, and nothing else, so that the output of every command can be piped on. */
  readonly stdout: Writable
  /** Progress, summaries, warnings and errors. */
  readonly stderr: Writable
  /** Environment variables; those read here start with `RIONI_`. */
  readonly env: Readonly<Record<string, string | undefined>>
  /**
   * Aborts when the user asks to stop. A command that reads it promises to stop in good order; one that never does
   * is simply ended by the operating system.
   */
  readonly signal: AbortSignal
}
