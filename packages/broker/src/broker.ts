// The broker: its parts put together, and the frame around every request.

import { type Job, startJobs } from './background/job-runner.ts'
import { retentionJob } from './background/retention.ts'
import { timelineCleanupJob } from './background/timeline-cleanup.ts'
import type { Clock } from './clock.ts'
import { createContext } from './create-context.ts'
import { newReference } from './failure-reference.ts'
import { withAcceptableProblem } from './http/accept.ts'
import { createRoute } from './http/app.ts'
import { compressed } from './http/compress.ts'
import type { RequestNotes } from './http/handler.ts'
import { refuseEncoding } from './http/inflate.ts'
import { problem, shuttingDown } from './http/problem.ts'
import { type BrokerOptions, normalizeBrokerOptions } from './options.ts'
import { alphanumeric } from './random.ts'
import { startUp } from './start-up.ts'
import { whenCompleted } from './system-events/completed-response.ts'

/** A broker that speaks the Nakadi API. */
export interface Broker {
  /**
   * Answers one HTTP request. Never rejects: a failure is a response with a problem document. The
   * scheme, host and port of the URL do not matter.
   */
  fetch(request: Request): Promise<Response>
  /**
   * Stops what runs in the background, ends all streams, those too that are just being opened, waits for the
   * requests that are at work, and closes the storage. Requests after that are answered 503. Closing again
   * does nothing.
   *
   * With a grace period the streams first say that they end, and then wait for commits of what they have
   * sent, each for its commit timeout and none for longer than the grace period. In this time the broker
   * answers all but health checks and requests for streams, which are 503.
   */
  close(options?: CloseOptions): Promise<void>
}

/** How to close. */
export interface CloseOptions {
  /** How long streams may wait for commits, in milliseconds. @default 0, which ends them at once */
  readonly graceMs?: number
}

const FLOW_ID_LENGTH = 24

/** Creates a broker. It needs no port and no file; adapters bring it to HTTP. */
export function createBroker(options: BrokerOptions = {}): Broker {
  const complete = normalizeBrokerOptions(options)
  const { clock, observer, random } = complete
  const context = createContext(complete)
  const { gate, metrics, recorder, storage, streams, systemLog } = context
  const route = createRoute(context)
  // Creating what is missing may fail; the broker serves all the same.
  const started = startUp(complete).catch((error: unknown) => {
    observer.onInternalError(error, newReference(random))
  })
  const background: readonly Job[] = [retentionJob(context), timelineCleanupJob(context)]
  const jobs = startJobs(background, clock, (error, job) => {
    observer.onInternalError(new Error(`The job ${job} failed.`, { cause: error }), newReference(random))
  })
  let closing: Promise<void> | undefined
  let isClosed = false

  async function answer(request: Request, notes: RequestNotes): Promise<Response> {
    notes.path = new URL(request.url).pathname
    if (isClosed) return shuttingDown()
    await started
    if (isSuspicious(notes.path)) return problem(400, 'The path of the request was rejected')
    return refuseEncoding(request) ?? (await route(request, notes))
  }

  /** The answer in the form that the client accepts, which is recorded when it has been sent. */
  async function respond(request: Request, notes: RequestNotes, startedAt: number): Promise<Response> {
    const answered = await answer(request, notes).catch(fail)
    const acceptable = withAcceptableProblem(answered, request.headers.get('Accept'))
    const response = await compressed(acceptable, request)
    if (!recorder.isMeasuring()) return response
    return whenCompleted(response, (responseBytes) => {
      const { status } = response
      const completed = { request, status, durationMs: clock.now() - startedAt, responseBytes }
      recorder.requestCompleted({ ...completed, subject: notes.subject }, notes.flowId)
    })
  }

  function fail(error: unknown): Response {
    const reference = newReference(random)
    observer.onInternalError(error, reference)
    return problem(500, `An internal error happened. Please report it. (${reference})`)
  }

  async function shutdown(graceMs: number): Promise<void> {
    if (graceMs > 0) {
      await within(graceMs, streams.finish(), clock)
    }
    isClosed = true
    await started
    await jobs.stop()
    await streams.shutdown()
    await gate.shut()
    await systemLog.close()
    await storage.close()
  }

  return {
    async fetch(request) {
      const startedAt = clock.now()
      const flowId = request.headers.get('X-Flow-Id') ?? alphanumeric(random, FLOW_ID_LENGTH)
      const notes: RequestNotes = { flowId, path: '', operation: undefined, subject: undefined }
      const response = await respond(request, notes, startedAt).catch(fail)
      response.headers.set('X-Flow-Id', flowId)
      const durationMs = clock.now() - startedAt
      metrics.answered(notes.operation, response.status, durationMs)
      observer.onResponse({ ...notes, method: request.method, status: response.status, durationMs })
      return response
    },
    close({ graceMs = 0 } = {}) {
      closing ??= shutdown(graceMs)
      return closing
    },
  }
}

/** Waits for something, but not for ever. */
async function within(ms: number, work: Promise<void>, clock: Clock): Promise<void> {
  let cancel = () => {}
  const timeUp = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve)
  })
  await Promise.race([work, timeUp])
  cancel()
}

/**
 * Paths that mean different things to different software: empty segments, parameters in a segment, and
 * encoded slashes, backslashes, dots, percent signs, semicolons or null characters. The real broker's firewall
 * rejects them too.
 */
function isSuspicious(path: string): boolean {
  return /\/\/|;|%2f|%5c|%2e|%25|%3b|%00/i.test(path)
}
