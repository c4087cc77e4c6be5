import type { CheckFinding } from './check-finding.ts'

/**
 * Findings as workflow commands of GitHub Actions, which shows them at their lines. Section "Workflow commands for GitHub
 * Actions" of the GitHub documentation.
 */
export function githubAnnotations(findings: readonly CheckFinding[]): string {
  return findings
    .map(({ severity, file, line, eventType, message, remedy }) => {
      const properties = [
        ...(file === undefined ? [] : [`file=${escapeProperty(file)}`]),
        ...(line === undefined ? [] : [`line=${line}`]),
        `title=${escapeProperty(eventType)}`,
      ]
      const text = remedy === undefined ? message : `${message}\n${remedy}`
      return `::${severity} ${properties.join(',')}::${escapeText(text)}\n`
    })
    .join('')
}

/** A line break would begin another command. */
function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
