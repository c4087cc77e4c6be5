import type { Client, NakadiError } from '@rioni/client'
import type { EventType } from '@rioni/protocol'
import type { Environment } from './environment.ts'
import { explainError, isNakadiError } from './explain-error.ts'
import { isFailureOfAll } from './failure-of-all.ts'
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
  const { separateReadable } = await import('@rioni/codegen')
  const eventTypes = new Map<string, EventType>()
  const untold = new Map<string, string>()
  const rest = names.values()
  const tell = progressOn(environment, (done, total) => `asked about ${done} of ${total} event types`)
  let done = 0
  let isOver = false

  async function ask(name: string): Promise<void> {
    const answer = await client.eventTypes.get(name)
    const [eventType] = separateReadable([answer]).readable
    if (eventType !== undefined) eventTypes.set(name, eventType)
    else leaveOut(name, new Error(`the registry describes ${name} in a way that is no event type`))
  }
  function leaveOut(name: string, error: Error): void {
    untold.set(name, explainError(error).message)
    report(environment, `${name} cannot be compared`)
    reportError(environment, error)
  }
  async function work(): Promise<void> {
    for (const name of rest) {
      if (isOver) return
      done += 1
      tell(done, names.length)
      const failure = await ask(name).then(() => undefined, ownFailure)
      if (failure !== undefined && failure.code !== 'not-found') leaveOut(name, failure)
    }
  }
  /** The failure of a request that says nothing about the next one; any other is the end. */
  async function ownFailure(error: unknown): Promise<NakadiError> {
    if (isNakadiError(error) && !isFailureOfAll(error)) return error
    isOver = true
    throw error
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return { eventTypes, untold }
}
