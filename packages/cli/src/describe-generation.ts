// What `rioni generate` has done, or with `--check` would do, in the words of standard output.

import { join } from 'node:path'
import type { ProjectResult } from '@rioni/codegen'
import { printable } from './printable.ts'

/** One line per file that changed, then the numbers. */
export function describeChanges(result: ProjectResult, out: string): string {
  const { written, removed, unchanged } = changesOf(result, out)
  const lines = [
    ...written.map((file) => `written ${printable(file)}`),
    ...removed.map((file) => `removed ${printable(file)}`),
    `${written.length} written, ${unchanged.length} unchanged, ${removed.length} removed`,
  ]
  return `${lines.join('\n')}\n`
}

/** One line per file that would change. */
export function describeStale(result: ProjectResult, out: string): string {
  return staleFiles(result, out)
    .map((file) => `stale ${printable(file)}\n`)
    .join('')
}

/** The files that would change, sorted. */
export function staleFiles(result: ProjectResult, out: string): readonly string[] {
  const { written, removed } = changesOf(result, out)
  return [...written, ...removed].sort()
}

/**
 * Everything in one JSON document, in which paths are relative to the working folder. Of a check it says what would be
 * written and removed.
 */
export function toJson(
  result: ProjectResult,
  { out, check }: { readonly out: string; readonly check: boolean },
): string {
  const { generated, lost, proof, diagnostics, lockFile, lockChange } = result
  const document = {
    check,
    generated,
    ...changesOf(result, out),
    lock: { file: lockFile, change: lockChange },
    lost,
    proof,
    diagnostics,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** The generated files by what happened to them, the lock file with them. */
function changesOf(
  { generated, written, removed, unchanged, lockFile, lockChange }: ProjectResult,
  out: string,
): Readonly<Record<'written' | 'removed' | 'unchanged', readonly string[]>> {
  const inOut = (files: readonly string[]): readonly string[] => files.map((file) => join(out, file))
  const lockWhere = (change: ProjectResult['lockChange']): readonly string[] =>
    generated > 0 && change === lockChange ? [lockFile] : []
  return {
    written: [...inOut(written), ...lockWhere('written')],
    removed: inOut(removed),
    unchanged: [...inOut(unchanged), ...lockWhere('unchanged')],
  }
}
