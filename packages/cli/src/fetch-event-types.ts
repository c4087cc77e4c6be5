import type { Client, NakadiErrorCode } from '@rioni/client'
import type { EventType } from '@rioni/protocol'
import type { Environment } from './environment.ts'
import { progressOn } from './progress.ts'
import { report, reportError } from './report.ts'

/** What the registry has of some event types. */
export interface FetchedEventTypes {
  /** By name; those that the registry does not have are not in it. */
  readonly eventTypes: ReadonlyMap<string, EventType>
  /** Names of event types that the registry would not tell about. Why was reported. */
  readonly untold: readonly string[]
}

/** Requests under way at the same time. */
const CONCURRENCY = 8

/** Failures of the connection, which would be the same for every event type. */
const FAILURES_OF_ALL: ReadonlySet<NakadiErrorCode> = new Set<NakadiErrorCode>([
  'aborted',
  'invalid-argument',
  'protocol',
  'token',
  'unauthorized',
  'unreachable',
])

/**
 * Asks the registry about event types one by one, some at a time, so that one that must not be read hides no other.
 *
 * @throws NakadiError when nothing at all can be asked
 */
export async function fetchEventTypes(
  environment: Environment,
  client: Client,
  names: readonly string[],
): Promise<FetchedEventTypes> {
  const { NakadiError } = await import('@rioni/client')
  const eventTypes = new Map<string, EventType>()
  const untold: string[] = []
  const rest = names.values()
  const tell = progressOn(environment, (done, total) => `asked about ${done} of ${total} event types`)
  let done = 0
  async function work(): Promise<void> {
    for (const name of rest) {
      done += 1
      tell(done, names.length)
      try {
        eventTypes.set(name, await client.eventTypes.get(name))
      } catch (error) {
        if (!(error instanceof NakadiError) || FAILURES_OF_ALL.has(error.code)) throw error
        if (error.code === 'not-found') continue
        untold.push(name)
        report(environment, `${name} cannot be compared`)
        reportError(environment, error)
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return { eventTypes, untold: untold.sort() }
}
