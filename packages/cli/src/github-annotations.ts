import type { Diagnostic } from '@rioni/codegen'
import type { Environment } from './environment.ts'

/** What is shown at a line of a file. */
export interface Annotation extends Diagnostic {
  readonly eventType: string
  /** Counted from 1. */
  readonly line?: number
}

/** Whether annotations are wanted: by a flag, or because the run is on GitHub. */
export function isOnGitHub({ env }: Environment, flag: boolean | undefined): boolean {
  return flag === true || env['GITHUB_ACTIONS'] === 'true'
}

/**
 * Findings as workflow commands of GitHub Actions, which shows them at their lines. Section "Workflow commands for GitHub
 * Actions" of the GitHub documentation.
 */
export function githubAnnotations(findings: readonly Annotation[]): string {
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
