import {
  type OperationId,
  operationPath,
  operations,
  type PathParameters,
  parseProblem,
  type QueryValue,
} from '@rioni/protocol'
import type { Clock } from '../clock.ts'
import { NakadiError, type NakadiErrorInit, partsOfError } from '../error.ts'
import type { Reporter } from '../observe/reporter.ts'
import type { Random } from '../random.ts'
import { parseRetryAfter } from '../retry.ts'
import type { Transport, TransportResponse } from '../transport/transport.ts'
import { acceptedTypes } from './answers.ts'
import { readText } from './body.ts'
import { type Deadline, startDeadline, unlessAborted } from './deadline.ts'
import {
  failureOfAbort,
  failureOfStatus,
  failureOfTimeout,
  failureOfTransport,
  type RequestLabel,
} from './failure.ts'
import { redactError, redactText } from './redact.ts'
import type { Tokens } from './tokens.ts'

/** What every request of a client has in common. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly userAgent: string
  readonly tokens: Tokens
  readonly transport: Transport
  readonly clock: Clock
  readonly random: Random
  readonly reporter: Reporter
  /** Time for one attempt: to the last byte of an answer, or to the headers of a stream. */
  readonly requestTimeoutMs: number
}

/** What one request has of its own. */
export interface OperationRequest<Id extends OperationId> {
  readonly operation: Id
  readonly parameters: PathParameters<Id>
  readonly query?: Readonly<Record<string, QueryValue>>
  /** JSON text, or its bytes, which may be compressed. */
  readonly body?: string | Uint8Array | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  readonly flowId: string
  /** Whether the answer is a stream that may stay open for hours. @default false */
  readonly lasts?: boolean
}

/** Success, or the reason why not as data: whoever retries decides what becomes of it. */
export type Exchanged<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: NakadiErrorInit }

/** An answer with one of the operation's own statuses, whose body has not been read. */
export interface OpenAnswer {
  readonly label: RequestLabel
  readonly response: TransportResponse
  readonly deadline: Deadline
  /** What no error may show, those of the body included. */
  readonly secrets: readonly string[]
}

/** Enough for any explanation; an error page of gigabytes must not fill the memory. */
const maxErrorBytes = 65_536

/**
 * Sends a request once (twice if its token is refused) and lets `receive` read the answer. A status
 * that is none of the operation's answers is a failure. The deadline of an answer that was received is
 * released by `receive`, because a stream outlives this call; after a failure everything is given up
 * here, so that no connection waits for somebody to read an answer.
 *
 * @throws NakadiError only if the arguments make no URL.
 */
export async function exchange<Id extends OperationId, T>(
  endpoint: Endpoint,
  request: OperationRequest<Id>,
  receive: (answer: OpenAnswer) => Promise<Exchanged<T>>,
): Promise<Exchanged<T>> {
  const label = labelOf(endpoint, request)
  const { reporter, clock } = endpoint
  if (!reporter.wants('request')) return exchangeOnce({ endpoint, request, label, receive })
  const startedAt = clock.now()
  let status: number | undefined
  const result = await exchangeOnce({
    endpoint,
    request,
    label,
    receive: (answer) => {
      status = answer.response.status
      return receive(answer)
    },
  })
  reporter.report('request', {
    ...label,
    flowId: request.flowId,
    status: status ?? (result.ok ? undefined : result.failure.problem?.status),
    durationMs: clock.now() - startedAt,
    ...(!result.ok && { failure: { code: result.failure.code, message: result.failure.message } }),
  })
  return result
}

interface Exchange<Id extends OperationId, T> {
  readonly endpoint: Endpoint
  readonly request: OperationRequest<Id>
  readonly label: RequestLabel
  readonly receive: (answer: OpenAnswer) => Promise<Exchanged<T>>
}

async function exchangeOnce<Id extends OperationId, T>({
  endpoint,
  request,
  label,
  receive,
}: Exchange<Id, T>): Promise<Exchanged<T>> {
  const deadline = startDeadline(endpoint.clock, endpoint.requestTimeoutMs, request.signal)
  const progress: Progress = { sent: false, tokens: [] }
  try {
    const response = await sendAuthorized({ endpoint, request, label, deadline, progress })
    const result: Exchanged<T> = isAnswer(request.operation, response)
      ? await receive({ label, response, deadline, secrets: progress.tokens })
      : { ok: false, failure: await refusal({ endpoint, label, response, progress }) }
    if (!result.ok) deadline.abandon()
    return result
  } catch (error) {
    deadline.abandon()
    if (error instanceof NakadiError) return { ok: false, failure: partsOfError(error) }
    const cause = redactError(error, progress.tokens)
    return { ok: false, failure: interruption({ endpoint, label, deadline, progress, error: cause }) }
  }
}

function labelOf<Id extends OperationId>(endpoint: Endpoint, request: OperationRequest<Id>): RequestLabel {
  const { operation, parameters, query } = request
  try {
    const url = endpoint.baseUrl + operationPath(operation, parameters, query)
    return { operation, method: operations[operation].method, url }
  } catch (cause) {
    throw new NakadiError({
      code: 'invalid-argument',
      message: `${operation}: ${cause instanceof Error ? cause.message : String(cause)}. Nothing was sent.`,
      outcome: 'not-sent',
      cause,
    })
  }
}

/** How far a request has come, and which tokens no error may show. */
interface Progress {
  sent: boolean
  readonly tokens: string[]
}

interface Sending<Id extends OperationId> {
  readonly endpoint: Endpoint
  readonly request: OperationRequest<Id>
  readonly label: RequestLabel
  readonly deadline: Deadline
  readonly progress: Progress
}

/** Asks for another token once when the first is refused, because a cached one may just have expired. */
async function sendAuthorized<Id extends OperationId>(sending: Sending<Id>): Promise<TransportResponse> {
  const { tokens } = sending.endpoint
  const { signal } = sending.deadline
  signal.throwIfAborted()
  const current = tokens.current()
  const token = current instanceof Promise ? await unlessAborted(current, signal) : current
  const response = await send(sending, token)
  if (response.status !== 401 || token === undefined) return response
  const renewed = await unlessAborted(tokens.renewed(token), signal)
  if (renewed === undefined) return response
  await readText(response.body, maxErrorBytes)
  return await send(sending, renewed)
}

function send<Id extends OperationId>(
  { endpoint, request, label, deadline, progress }: Sending<Id>,
  token: string | undefined,
): Promise<TransportResponse> {
  progress.sent = true
  if (token !== undefined) progress.tokens.push(token)
  return endpoint.transport.request({
    method: label.method,
    url: label.url,
    headers: {
      accept: acceptedTypes(request.operation),
      'user-agent': endpoint.userAgent,
      'x-flow-id': request.flowId,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...request.headers,
    },
    body: request.body,
    signal: deadline.signal,
    kind: request.lasts === true ? 'stream' : 'exchange',
  })
}

/** A status may be both: publishing answers 422 with items, and with a problem when it is about headers. */
function isAnswer(operation: OperationId, { status, headers }: TransportResponse): boolean {
  const answers: readonly number[] = operations[operation].answers
  return answers.includes(status) && !/problem\+json/i.test(headers['content-type'] ?? '')
}

interface Refusal {
  readonly endpoint: Endpoint
  readonly label: RequestLabel
  readonly response: TransportResponse
  readonly progress: Progress
}

async function refusal({ endpoint, label, response, progress }: Refusal): Promise<NakadiErrorInit> {
  const { status, headers } = response
  // The status says enough when the connection breaks before the explanation is complete.
  const { text } = await readText(response.body, maxErrorBytes).catch(() => ({ text: '' }))
  // Some proxies print the request they refused into their error page.
  const body = redactText(text, progress.tokens)
  const problem = parseProblem({ status, contentType: headers['content-type'], body })
  return {
    ...failureOfStatus(label, status, problem),
    retryAfterMs: parseRetryAfter(headers['retry-after'], endpoint.clock.now()),
  }
}

interface Interruption {
  readonly endpoint: Endpoint
  readonly label: RequestLabel
  readonly deadline: Deadline
  readonly progress: Progress
  readonly error: unknown
}

function interruption({ endpoint, label, deadline, progress, error }: Interruption): NakadiErrorInit {
  const ended = deadline.ended()
  if (ended === 'aborted') return failureOfAbort(label, progress.sent, error)
  if (ended === 'expired') return failureOfTimeout(label, endpoint.requestTimeoutMs, progress.sent)
  return failureOfTransport(label, error)
}
