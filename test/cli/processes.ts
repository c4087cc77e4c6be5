// The command line as a real process, with real pipes and signals.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** Path of the program, as built. */
export const main = join(
  dirname(createRequire(import.meta.url).resolve('rioni/package.json')),
  'bin/rioni.js',
)

/** A process that has ended. */
interface EndedProcess {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined
  readonly stderr: string
}

/** A running process. */
export interface RunningProcess {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly kill: (signal: NodeJS.Signals) => void
  /** Resolves as soon as standard error holds `text`. */
  readonly told: (text: string) => Promise<void>
  readonly ended: Promise<EndedProcess>
}

/** Where a process runs, beside what it inherits. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Starts `rioni` with the given arguments. */
export function startRioni(argv: readonly string[], surroundings: Surroundings = {}): RunningProcess {
  return start(process.execPath, [main, ...argv], surroundings)
}

/**
 * Runs a shell pipeline in which `rioni` is the program, with or without `npx`, and in which any failing part fails the
 * whole.
 */
export function startShell(script: string, surroundings: Surroundings = {}): RunningProcess {
  const program = `rioni() { '${process.execPath}' '${main}' "$@"; }; npx() { "$@"; }`
  return start('bash', ['-o', 'pipefail', '-c', `${program}; ${script}`], surroundings)
}

/** The lines of a process as they come. */
export function linesOf({ stdout }: RunningProcess): AsyncIterable<string> {
  return createInterface({ input: stdout })
}

/** The first line of a process. The rest of its output is dropped. */
export async function firstLine(running: RunningProcess): Promise<string> {
  for await (const line of linesOf(running)) return line
  throw new Error(`no output; standard error: ${(await running.ended).stderr}`)
}

/** All output of a process, once it has ended. */
export async function outputOf(running: RunningProcess): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of running.stdout) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function start(program: string, argv: readonly string[], { env, cwd }: Surroundings): RunningProcess {
  const child = spawn(program, argv, {
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // A process may end before it has read its input.
  child.stdin.on('error', () => {})
  const stderr = collect(child)
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    kill: (signal) => child.kill(signal),
    told: async (text) => {
      while (!stderr.text().includes(text)) await once(child.stderr, 'data')
    },
    ended: once(child, 'close').then(() => ({
      exitCode: child.exitCode ?? undefined,
      stderr: stderr.text(),
    })),
  }
}

function collect(child: ChildProcessByStdio<Writable, Readable, Readable>): { text: () => string } {
  let text = ''
  child.stderr.on('data', (chunk) => {
    text += String(chunk)
  })
  return { text: () => text }
}
