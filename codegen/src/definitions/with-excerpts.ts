import { readFileSync } from 'node:fs'
import type { Diagnostic } from '../diagnostic.ts'
import { parsePointer } from '../schema/json-pointer.ts'

/** Adds the lines that findings stand at, with their numbers, where the files can be read. Each file is read once. */
export async function withExcerpts<T extends Diagnostic>(
  findings: readonly T[],
): Promise<(T & { readonly line?: number })[]> {
  const { lineFinder } = await import('./source-line.ts')
  const files = new Map<string, ReturnType<typeof lineFinder>>()
  return findings.map((found) => {
    const { file, pointer = '' } = found
    if (file === undefined) return found
    const lineOf = files.get(file) ?? lineFinder(readText(file))
    files.set(file, lineOf)
    const excerpt = lineOf(parsePointer(pointer) ?? [])
    const line = /^(\d+) \|/.exec(excerpt ?? '')?.[1]
    if (excerpt === undefined || line === undefined) return found
    return { ...found, excerpt, line: Number(line) }
  })
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
