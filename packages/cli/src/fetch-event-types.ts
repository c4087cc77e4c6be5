import type { Client, NakadiErrorCode } from '@rioni/client'
import type { EventType } from '@rioni/protocol'
import type { Environment } from './environment.ts'
import { explainError } from './explain-error.ts'
import { progressOn } from './progress.ts'
import { report, reportError } from './report.ts'

/** What the registry has of some event types. */
export interface FetchedEventTypes {
  /** By name; those that the registry does not have are not in it. */
  readonly eventTypes: ReadonlyMap<string, EventType>
  /** Why the registry did not tell about others, by name. It was reported. */
  readonly untold: ReadonlyMap<string, string>
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
  const untold = new Map<string, string>()
  const rest = names.values()
  const tell = progressOn(environment, (done, total) => `asked about ${done} of ${total} event types`)
  let done = 0
  async function work(): Promise<void> {
    for (const name of rest) {
      done += 1
      tell(done, names.length)
      try {
        eventTypes.set(name, await fetchEventType(client, name))
      } catch (error) {
        const isOfThisOne = error instanceof NakadiError && !FAILURES_OF_ALL.has(error.code)
        if (!isOfThisOne && !(error instanceof UnreadableAnswer)) throw error
        if (isOfThisOne && error.code === 'not-found') continue
        untold.set(name, explainError(error).message)
        report(environment, `${name} cannot be compared`)
        reportError(environment, error)
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return { eventTypes, untold }
}

/** The registry has answered, and what it has answered is no event type. */
class UnreadableAnswer extends Error {}

async function fetchEventType(client: Client, name: string): Promise<EventType> {
  const { separateReadable } = await import('@rioni/codegen')
  const [eventType] = separateReadable([await client.eventTypes.get(name)]).readable
  if (eventType !== undefined) return eventType
  throw new UnreadableAnswer(`the registry describes ${name} in a way that is no event type`)
}
