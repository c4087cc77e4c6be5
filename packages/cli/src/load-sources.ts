import { join } from 'node:path'
import type { EventTypeDefinition, ProjectSource, SubscriptionDefinition } from '@rioni/codegen'
import type { Environment } from './environment.ts'

/** What the sources of a command hold; files are relative to the working folder. */
export interface LoadedSources {
  readonly eventTypes: readonly EventTypeDefinition[]
  readonly subscriptions: readonly SubscriptionDefinition[]
  /** Whether something is wrong with any of them; what, was reported. */
  readonly hasErrors: boolean
}

/** Reads event types and subscriptions, and reports what is wrong with single ones; the others are there all the same. */
export async function loadSources(
  environment: Environment,
  sources: readonly ProjectSource[],
): Promise<LoadedSources> {
  const { formatDiagnostic, loadDefinitions, loadSubscriptions } = await import('@rioni/codegen')
  const eventTypes: EventTypeDefinition[] = []
  const subscriptions: SubscriptionDefinition[] = []
  let hasErrors = false
  for (const { path, eventTypes: mappings } of sources) {
    const loaded = await loadDefinitions(path, mappings)
    const subscribed = await loadSubscriptions(path)
    for (const diagnostic of [...loaded.diagnostics, ...subscribed.diagnostics]) {
      hasErrors ||= diagnostic.severity === 'error'
      const { file } = diagnostic
      const here = file === undefined ? {} : { file: fileIn(path, file) }
      environment.stderr.write(`${formatDiagnostic({ ...diagnostic, ...here })}\n`)
    }
    eventTypes.push(...loaded.definitions.map((definition) => located(definition, path)))
    subscriptions.push(...subscribed.subscriptions.map((definition) => located(definition, path)))
  }
  return { eventTypes, subscriptions, hasErrors }
}

function located<T extends { readonly origin?: { readonly file: string } }>(
  definition: T,
  source: string,
): T {
  const { origin } = definition
  return origin === undefined
    ? definition
    : { ...definition, origin: { ...origin, file: fileIn(source, origin.file) } }
}

/** The path of a file of a source, which may be that file itself. */
function fileIn(source: string, file: string): string {
  return /\.(json|ya?ml)$/.test(source) ? join(source, '..', file) : join(source, file)
}
