import type { CheckFinding } from './check-finding.ts'

/**
 * Findings as a JUnit report: one test case per event type, which fails with all that was found about it, or has an error
 * when it could not be checked. Nothing in it depends on when or where it was written.
 */
export function junitReport(eventTypes: readonly string[], findings: readonly CheckFinding[]): string {
  const cases = [...new Set([...eventTypes, ...findings.map(({ eventType }) => eventType)])].sort()
  const lines = cases.flatMap((eventType) => {
    const found = findings.filter((finding) => finding.eventType === eventType)
    const open = `    <testcase classname="rioni check" name="${escapeXml(eventType)}"`
    if (found.length === 0) return [`${open}/>`]
    return [`${open}>`, ...found.map(failureOf), '    </testcase>']
  })
  const countOf = (isCounted: (finding: CheckFinding) => boolean) =>
    new Set(findings.filter(isCounted).map(({ eventType }) => eventType)).size
  const counts = `tests="${cases.length}" failures="${countOf(isFailure)}" errors="${countOf(isError)}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="rioni check" ${counts}>`,
    ...lines,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function isError({ kind }: CheckFinding): boolean {
  return kind === 'untold'
}

function isFailure(finding: CheckFinding): boolean {
  return !isError(finding)
}

function failureOf(finding: CheckFinding): string {
  const { kind, message, remedy, file, line } = finding
  const element = isError(finding) ? 'error' : 'failure'
  const place = file === undefined ? [] : [line === undefined ? file : `${file}:${line}`]
  const text = [message, ...place, ...(remedy === undefined ? [] : [remedy])].join('\n')
  return `      <${element} type="${kind}" message="${escapeXml(message)}">${escapeXml(text)}</${element}>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for content and attributes. Characters that XML 1.0 has no way to write (section 2.2) become `?`. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
