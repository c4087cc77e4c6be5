import type { SubscriptionCursor } from '@rioni/protocol'
import { pause } from '../clock.ts'
import type { Client } from '../create-client.ts'
import { asNakadiError, NakadiError } from '../error.ts'
import type { CommitEvent } from '../observe/diagnostics.ts'
import { commitAttemptMs, decideCommitRetry } from './commit-retry.ts'
import type { CommitAnswer } from './committer.ts'

/** A commit of one stream, and until when it makes sense. */
export interface CommitRequest {
  readonly subscriptionId: string
  readonly streamId: string
  readonly cursors: readonly SubscriptionCursor[]
  /** When the commit timeout of the oldest batch passes, in milliseconds since the epoch. */
  readonly deadline: number
  /** Gives the commit up. */
  readonly signal: AbortSignal
  /** Makes further attempts pointless, but not the one under way. */
  readonly replaced: AbortSignal
}

/**
 * Sends a commit, again and again while the commit timeout of its oldest batch leaves time for it. Never
 * rejects.
 */
export async function sendCommit(
  client: Client,
  request: CommitRequest,
): Promise<CommitAnswer | NakadiError> {
  const { reporter, instrumentation, broker } = client.observation
  if (instrumentation === undefined && !reporter.wants('commit')) return sendPatiently(client, request)
  const startedAt = client.clock.now()
  const { subscriptionId, streamId, cursors } = request
  const watched = { subscriptionId, cursors: cursors.length }
  const end = instrumentation?.committing({ ...watched, broker })
  const answer = await sendPatiently(client, request)
  const durationMs = client.clock.now() - startedAt
  const event: CommitEvent = { ...watched, streamId, durationMs, ...resultOf(answer) }
  end?.(event)
  reporter.report('commit', event)
  return answer
}

function resultOf(answer: CommitAnswer | NakadiError): Pick<CommitEvent, 'result' | 'outdated' | 'error'> {
  if (answer instanceof Error) return { result: 'failed', outdated: 0, error: answer.toJSON() }
  if (answer.kind === 'refused') return { result: 'refused', outdated: 0 }
  const outdated = answer.results.filter(({ result }) => result === 'outdated')
  return { result: 'accepted', outdated: outdated.length }
}

async function sendPatiently(client: Client, request: CommitRequest): Promise<CommitAnswer | NakadiError> {
  const { clock, random } = client
  const { deadline, signal, replaced } = request
  for (let attempt = 1; ; attempt++) {
    const answer = await sendOnce(client, request, commitAttemptMs(clock.now(), deadline))
    if (!(answer instanceof Error) || !answer.retryable) return answer
    const decision = decideCommitRetry({ attempt, at: clock.now(), deadline }, random)
    if (decision.kind === 'give-up') return answer
    await pause(clock, decision.delayMs, AbortSignal.any([signal, replaced]))
    if (signal.aborted || replaced.aborted) return answer
  }
}

async function sendOnce(
  client: Client,
  { subscriptionId, streamId, cursors, signal }: CommitRequest,
  timeoutMs: number,
): Promise<CommitAnswer | NakadiError> {
  const controller = new AbortController()
  const abort = () => controller.abort(new Error(`no answer within ${timeoutMs} ms`))
  const cancel = client.clock.after(timeoutMs, abort)
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  try {
    const commit = { subscriptionId, streamId, cursors }
    return { kind: 'accepted', results: await client.commitCursors(commit, { signal: controller.signal }) }
  } catch (cause) {
    const error = asNakadiError(cause)
    if (controller.signal.aborted) return unanswered(error, timeoutMs)
    return error.problem?.status === 422 ? { kind: 'refused' } : error
  } finally {
    cancel()
    signal.removeEventListener('abort', abort)
  }
}

function unanswered(cause: NakadiError, timeoutMs: number): NakadiError {
  return new NakadiError({
    code: 'timeout',
    outcome: 'unknown',
    retryable: true,
    message: `commitCursors: no answer within ${timeoutMs} ms. The broker may have committed; if it has not, the events are delivered again.`,
    attempts: cause.attempts,
    flowId: cause.flowId,
    cause,
  })
}
