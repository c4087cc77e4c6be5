import type { Broker } from '@rioni/broker'
import type { EventTypeDefinition } from '@rioni/codegen'
import { parseProblem } from '@rioni/protocol'
import type { Environment } from './environment.ts'
import { report, reportError } from './report.ts'

/** Which event types to create where. */
export interface EventTypeCreation {
  readonly broker: Broker
  /** The folder with their definitions. */
  readonly folder: string
}

/**
 * Creates the event types that a folder defines, without going through a port. Those that exist become what their
 * definition says, as far as the rules of evolution allow. Reports everything that is wrong with any of them.
 *
 * @returns whether the broker now knows all of them.
 */
export async function createEventTypes(
  environment: Environment,
  { broker, folder }: EventTypeCreation,
): Promise<boolean> {
  const { formatDiagnostic, loadDefinitions } = await import('@rioni/codegen')
  const { createClient } = await import('@rioni/client')

  const { definitions, diagnostics } = await loadDefinitions(folder)
  for (const diagnostic of diagnostics) environment.stderr.write(`${formatDiagnostic(diagnostic)}\n`)
  let isComplete = diagnostics.every(({ severity }) => severity !== 'error')
  const client = createClient({
    baseUrl: 'http://broker',
    fetch: (url, init) => broker.fetch(new Request(url, init)),
  })
  for (const definition of definitions) {
    try {
      await client.eventTypes.create(definition.eventType).catch((error) => evolve(broker, definition, error))
    } catch (error) {
      isComplete = false
      report(environment, `${placeOf(definition)} cannot be created`)
      reportError(environment, error)
    }
  }
  return isComplete
}

/** An event type that was kept from an earlier run is changed; any other failure stays one. */
async function evolve(broker: Broker, { eventType }: EventTypeDefinition, failure: unknown): Promise<void> {
  const { NakadiError } = await import('@rioni/client')
  if (!(failure instanceof NakadiError) || failure.code !== 'conflict') throw failure
  const request = new Request(`http://broker/event-types/${eventType.name}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(eventType),
  })
  const response = await broker.fetch(request)
  if (response.ok) return
  const { detail, title } = parseProblem({ status: response.status, body: await response.text() })
  throw new Error(detail ?? title)
}

function placeOf({ eventType, origin }: EventTypeDefinition): string {
  return origin === undefined ? eventType.name : `${origin.file}: ${eventType.name}`
}
