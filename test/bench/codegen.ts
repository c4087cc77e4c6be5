// Generating code for a thousand event types: all that there is to generate, the types alone, and a run in which nothing
// has changed. Beside them, json-schema-to-typescript alone makes types of the same schemas in one process, as it does
// when it is called in a loop. The schemas are those of GitHub's webhooks, 15 KB on average, each several times under
// other names.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { type Measurement, measurement } from './bench.ts'

const EVENT_TYPES = 1_000
/** A run without changes is short, so the best of several counts. */
const ROUNDS = 3

type JsonObject = Readonly<Record<string, unknown>>

const require = createRequire(import.meta.url)
const { definitions }: { readonly definitions: Readonly<Record<string, JsonObject>> } =
  require('@octokit/webhooks-schemas')

/** Seconds of whole processes, start-up included, and how often the peer takes them. */
export async function codegen(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rioni-bench-'))
  try {
    writeSchemas(folder)
    const alone = timeOf([fileURLToPath(new URL('./codegen-baseline.js', import.meta.url)), folder])
    const types = timeOf(generate(folder, 'types', ['--no-validators', '--no-examples']))
    const everything = timeOf(generate(folder, 'everything', []))
    const unchanged = Math.min(
      ...Array.from({ length: ROUNDS }, () => timeOf(generate(folder, 'everything', []))),
    )
    return [
      measurement('generate types', 'ms', types, alone),
      measurement('generate everything', 'ms', everything, alone),
      measurement('generate, unchanged', 'ms', unchanged, alone),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function generate(folder: string, out: string, flags: readonly string[]): readonly string[] {
  const program = fileURLToPath(new URL('../../../packages/cli/bin/rioni.js', import.meta.url))
  return [program, 'generate', '--from', join(folder, 'schemas'), '--out', join(folder, out), ...flags]
}

/** Milliseconds from the start of a process to its end. */
function timeOf(argv: readonly string[]): number {
  const startedAt = performance.now()
  const { status, stderr } = spawnSync(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] })
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr}`)
  return performance.now() - startedAt
}

function writeSchemas(folder: string): void {
  mkdirSync(join(folder, 'schemas'))
  const names = Object.keys(definitions)
  for (let index = 0; index < EVENT_TYPES; index++) {
    const name = names[index % names.length] ?? ''
    const eventType = {
      name: `copy-${Math.floor(index / names.length)}.${name.replaceAll('$', '.')}`,
      owning_application: 'github',
      category: 'business',
      enrichment_strategies: ['metadata_enrichment'],
      schema: { type: 'json_schema', schema: standAlone(name) },
    }
    writeFileSync(join(folder, 'schemas', `${index}.json`), JSON.stringify(eventType))
  }
}

/** A definition with a copy of those that it reaches. */
function standAlone(name: string): JsonObject {
  const reached: Record<string, JsonObject> = {}
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, member] of Object.entries(value)) {
      if (key === '$ref' && typeof member === 'string') reach(member.replace('#/definitions/', ''))
      else visit(member)
    }
  }
  const reach = (target: string): void => {
    if (target in reached) return
    reached[target] = definitions[target] ?? {}
    visit(reached[target])
  }
  visit(definitions[name])
  return { ...definitions[name], $schema: 'http://json-schema.org/draft-07/schema#', definitions: reached }
}
