// Generating code for a thousand event types, large ones and typical ones: all that there is to generate, which includes the
// proof; the types alone; and a run in which nothing has changed. Beside them, json-schema-to-typescript alone makes types of
// the same schemas in one process, as it does when it is called in a loop.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { type Measurement, measurement } from './bench.ts'
import { type EventTypeKind, GITHUB_SIZED, TYPICAL, writeDefinitionFiles } from './event-type-files.ts'

const EVENT_TYPES = 1_000
/** A run without changes is short, so the best of several counts. */
const ROUNDS = 3

/**
 * Seconds of whole processes, start-up included, processor time of all their threads and the most memory that they had at
 * a time, beside those of the peer.
 */
export async function codegen(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rioni-bench-'))
  try {
    // One after the other, and removed in the end: ext4 takes its time to make files while many were just removed.
    return [GITHUB_SIZED, TYPICAL].flatMap((kind, index) => compare(kind, join(folder, String(index))))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function compare(kind: EventTypeKind, folder: string): Measurement[] {
  writeDefinitionFiles(join(folder, 'schemas'), kind, EVENT_TYPES)
  const alone = run(folder, [fileURLToPath(new URL('./codegen-baseline.js', import.meta.url)), folder])
  const types = run(folder, generate(folder, 'types', ['--no-validators', '--no-examples', '--no-proof']))
  const everything = run(folder, generate(folder, 'everything', []))
  const [unchanged = everything] = Array.from({ length: ROUNDS }, () =>
    run(folder, generate(folder, 'everything', [])),
  ).sort((left, right) => left.wallMs - right.wallMs)
  const figures = { 'generate everything': everything, 'generate types': types, unchanged }
  return Object.entries(figures).flatMap(([name, { wallMs, processorMs, memoryMb }]) => [
    measurement(`${kind.name}: ${name}`, 'ms', wallMs, alone.wallMs),
    measurement(`${kind.name}: ${name}, processor`, 'ms', processorMs, alone.processorMs),
    measurement(`${kind.name}: ${name}, memory`, 'MB', memoryMb, alone.memoryMb),
  ])
}

function generate(folder: string, out: string, flags: readonly string[]): readonly string[] {
  const program = fileURLToPath(new URL('../../../packages/cli/bin/rioni.js', import.meta.url))
  return [program, 'generate', '--from', join(folder, 'schemas'), '--out', join(folder, out), ...flags]
}

interface Run {
  /** Milliseconds from the start of the process to its end. */
  readonly wallMs: number
  readonly processorMs: number
  readonly memoryMb: number
}

function run(folder: string, argv: readonly string[]): Run {
  const usageFile = join(folder, 'usage.json')
  const preload = new URL('./record-usage.js', import.meta.url).href
  const startedAt = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', preload, ...argv], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, BENCH_USAGE_FILE: usageFile },
  })
  const wallMs = performance.now() - startedAt
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr}`)
  const { userCPUTime, systemCPUTime, maxRSS }: NodeJS.ResourceUsage = JSON.parse(
    readFileSync(usageFile, 'utf8'),
  )
  return { wallMs, processorMs: (userCPUTime + systemCPUTime) / 1_000, memoryMb: maxRSS / 1_024 }
}
