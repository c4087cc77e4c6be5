// All schemas of a folder: generated, proved, compiled together.

import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Diagnostic, formatProof, type Proof } from '@rioni/codegen'
import { compilers, createProject } from '../codegen/project.ts'
import { type Attempt, createGenerator, isDefect } from './attempt.ts'
import { readSchemaFolder } from './schema-files.ts'

/** Something to look at, and the schema that it is about. */
export interface Finding {
  readonly place: string
  readonly kind: 'not generated' | 'does not compile' | 'defect' | 'types alone' | 'remark'
  readonly message: string
}

/** The one schema of all that has the most of something. */
export interface Most {
  readonly place: string
  readonly value: number
}

/** What came of the schemas of a folder. */
export interface FolderResult {
  /** The package that the folder is part of and its version, or the name of the folder. */
  readonly name: string
  readonly found: number
  readonly generated: number
  /** Those with a validator. */
  readonly validated: number
  readonly remarked: number
  readonly compiled: number
  readonly proof: Proof
  readonly slowestMs: Most
  readonly peakMb: Most
  readonly findings: readonly Finding[]
}

/** How schemas are tried. */
export interface TryOptions {
  /** Time that one schema may take. */
  readonly limitMs: number
  /** Whether every supported compiler compiles the code, and not the newest alone. */
  readonly withAllCompilers: boolean
}

/** Tries all schemas of a folder. Writes to standard error how far it is. */
export async function tryFolder(
  folder: string,
  { limitMs, withAllCompilers }: TryOptions,
): Promise<FolderResult> {
  const { found, definitions, diagnostics, placeOf } = await readSchemaFolder(folder)
  const project = createProject()
  const generator = createGenerator(limitMs)
  const findings: Finding[] = diagnostics.map(({ file = '', message }) => ({
    place: file,
    kind: 'not generated',
    message,
  }))
  const attempts: (Attempt & { readonly place: string; readonly index: number })[] = []
  try {
    for (const [index, definition] of definitions.entries()) {
      const place = placeOf(definition) ?? ''
      if (index % PROGRESS_EVERY === 0) process.stderr.write(`\r${folder}: ${index} of ${found} `)
      try {
        const attempt = await generator.attempt(definition)
        for (const { path, content } of attempt.files) project.write(`src/s${index}/${path}`, content)
        attempts.push({ ...attempt, files: attempt.files.map(withoutContent), place, index })
        findings.push(...findingsOf(place, attempt))
      } catch (error) {
        findings.push({ place, kind: 'not generated', message: String(error) })
      }
    }
    process.stderr.write(`\r${folder}: compiling ${attempts.length} \n`)
    const wrong = new Map<number, string>()
    for (const { name, path } of withAllCompilers ? compilers : compilers.slice(0, 1)) {
      const errors = attempts.length === 0 ? [] : errorsOf(await project.compile(path))
      for (const [index, message] of errors) wrong.set(index, `${name}: ${message}`)
    }
    for (const [index, message] of wrong) {
      const place = attempts.find((attempt) => attempt.index === index)?.place ?? ''
      findings.push({ place, kind: 'does not compile', message })
    }
    const generated = attempts.filter(({ files }) => files.length > 0)
    return {
      name: nameOf(folder),
      found,
      generated: generated.length,
      validated: generated.filter(hasValidator).length,
      remarked: generated.filter((attempt) => attempt.diagnostics.length > 0).length,
      compiled: generated.length - wrong.size,
      proof: sumOf(generated.map(({ proof }) => proof)),
      slowestMs: mostOf(attempts.map(({ place, ms }) => ({ place, value: ms }))),
      peakMb: mostOf(attempts.map(({ place, peakMb }) => ({ place, value: peakMb }))),
      findings,
    }
  } finally {
    generator.close()
    project.remove()
  }
}

/** Schemas between two words about how far it is. */
const PROGRESS_EVERY = 50

function withoutContent({ path }: { readonly path: string }): { path: string; content: string } {
  return { path, content: '' }
}

function hasValidator({ files }: Attempt): boolean {
  return files.some(({ path }) => path.endsWith('.validator.ts'))
}

function findingsOf(place: string, attempt: Attempt): Finding[] {
  const kindOf = (diagnostic: Diagnostic): Finding['kind'] => {
    if (isDefect(diagnostic)) return 'defect'
    if (diagnostic.severity === 'error') return 'not generated'
    return diagnostic.message.includes('types alone') ? 'types alone' : 'remark'
  }
  const findings = attempt.diagnostics.map((each) => ({ place, kind: kindOf(each), message: each.message }))
  const { documents, accepted, mutants, refused } = attempt.proof
  if (documents === accepted && mutants === refused) return findings
  return [...findings, { place, kind: 'defect', message: formatProof(attempt.proof) }]
}

/** The first thing that the compiler says about each schema that it does not like. */
function errorsOf(output: string): ReadonlyMap<number, string> {
  const errors = new Map<number, string>()
  for (const line of output.split('\n')) {
    const index = /^src\/s(\d+)\//.exec(line)?.[1]
    if (index !== undefined) {
      if (!errors.has(Number(index))) errors.set(Number(index), line)
    } else if (/^\S/.test(line)) errors.set(-1, line)
  }
  return errors
}

function sumOf(proofs: readonly Proof[]): Proof {
  const sum = (key: keyof Proof): number => proofs.reduce((total, proof) => total + proof[key], 0)
  return {
    documents: sum('documents'),
    accepted: sum('accepted'),
    mutants: sum('mutants'),
    refused: sum('refused'),
    structural: sum('structural'),
    refusedByTypes: sum('refusedByTypes'),
  }
}

/** The first of those that have the most. */
function mostOf(all: readonly Most[]): Most {
  return all.reduce((most, each) => (each.value > most.value ? each : most), { place: '', value: 0 })
}

/** Looks for a `package.json` above a folder. */
function nameOf(folder: string): string {
  const file = join(folder, 'package.json')
  if (existsSync(file)) {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string }
    if (name !== undefined) return `${name} ${version ?? ''}`.trim()
  }
  return basename(folder) === '' || dirname(folder) === folder ? folder : basename(folder)
}
