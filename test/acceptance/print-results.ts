// What came of the folders, as a table in Markdown with what to look at below it.

import type { Finding, FolderResult, Most } from './try-folder.ts'

const HEADER = [
  'Schemas',
  'Found',
  'Generated',
  'With validator',
  'With remarks',
  'Compiled',
  'Valid accepted',
  'Invalid refused by validators',
  'Wrong structures refused by types',
  'Slowest',
  'Peak memory',
]

/** The table, and under it the findings and the schemas that took the most. */
export function printResults(results: readonly FolderResult[]): string {
  const rule = HEADER.map((_, column) => (column === 0 ? '---' : '---:'))
  const rows = [HEADER, rule, ...results.map(rowOf)].map((cells) => `| ${cells.join(' | ')} |`)
  return [...rows, '', ...results.flatMap(detailsOf)].join('\n')
}

function rowOf(result: FolderResult): readonly string[] {
  const { proof } = result
  return [
    result.name,
    String(result.found),
    percentage(result.generated, result.found),
    percentage(result.validated, result.generated),
    percentage(result.remarked, result.generated),
    percentage(result.compiled, result.generated),
    `${percentage(proof.accepted, proof.documents)} of ${proof.documents}`,
    `${percentage(proof.refused, proof.mutants)} of ${proof.mutants}`,
    `${percentage(proof.refusedByTypes, proof.structural)} of ${proof.structural}`,
    `${(result.slowestMs.value / 1000).toFixed(1)} s`,
    `${Math.round(result.peakMb.value)} MB`,
  ]
}

/** Findings of one kind that are shown. */
const SHOWN = 12

function detailsOf({ name, findings, slowestMs, peakMb }: FolderResult): string[] {
  const kinds: readonly Finding['kind'][] = ['does not compile', 'defect', 'not generated', 'types alone']
  return [
    `${name}: slowest ${most(slowestMs)} ms, peak memory ${most(peakMb)} MB`,
    ...kinds.flatMap((kind) => {
      const all = findings.filter((finding) => finding.kind === kind)
      const shown = all.slice(0, SHOWN).map(({ place, message }) => `  ${kind}: ${place}: ${message}`)
      return all.length > SHOWN ? [...shown, `  ... and ${all.length - SHOWN} more: ${kind}`] : shown
    }),
  ]
}

function most({ place, value }: Most): string {
  return `${place} ${Math.round(value)}`
}

/** Rounded down, so that 100 % means all of them. */
function percentage(part: number, whole: number): string {
  return whole === 0 ? '-' : `${Math.floor((part / whole) * 1000) / 10} %`
}
