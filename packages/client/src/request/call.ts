import type { OperationId } from '@rioni/protocol'
import { pause } from '../clock.ts'
import { type EarlierFailure, NakadiError, type NakadiErrorInit } from '../error.ts'
import {
  decideRetry,
  type FailedAttempt,
  fullRetryBudget,
  type RetryPolicy,
  reward,
  spend,
} from '../retry.ts'
import {
  type AnswerBodies,
  answersText,
  type CallableOperation,
  isRepeatable,
  mayAnswerEmpty,
} from './answers.ts'
import { readText } from './body.ts'
import {
  type Endpoint,
  type Exchanged,
  exchange,
  type OpenAnswer,
  type OperationRequest,
} from './exchange.ts'
import { failureOfAnswer } from './failure.ts'

/** What any call takes beside its own arguments. */
export interface CallOptions {
  /** Ends the call with code `aborted`. */
  readonly signal?: AbortSignal
  /** `X-Flow-Id` of the request. @default a new UUID */
  readonly flowId?: string
}

/** One call of an operation. */
interface CallRequest<Id extends OperationId> extends Omit<OperationRequest<Id>, 'flowId' | 'signal'> {
  readonly options?: CallOptions | undefined
  /** Whether to send it again although it may have been carried out. @default as the operation allows */
  readonly repeatable?: boolean
}

/** The answer to a call. */
interface Answer<Id extends CallableOperation> {
  readonly status: number
  readonly body: AnswerBodies[Id]
  readonly attempts: number
  /** Whether an earlier attempt may have been carried out too. */
  readonly maybeRepeated: boolean
}

/** Calls an operation, with retries. Rejects with NakadiError. */
export type Call = <Id extends CallableOperation>(request: CallRequest<Id>) => Promise<Answer<Id>>

/** Far above any answer of the API, far below what endangers the process. */
const maxAnswerBytes = 64 * 1024 * 1024

/** Makes the function that all resources of one client share, and with it their retry budget. */
export function createCall(endpoint: Endpoint, policy: RetryPolicy): Call {
  let budget = fullRetryBudget
  const { clock, random } = endpoint

  return async <Id extends CallableOperation>(request: CallRequest<Id>) => {
    const { signal, flowId = random.uuid() } = request.options ?? {}
    const repeatable = request.repeatable ?? isRepeatable(request.operation)
    let [maybeDone, lastCost] = [false, 0]
    const earlier: EarlierFailure[] = []
    for (let attempt = 1; ; attempt++) {
      const result = await exchange(endpoint, { ...request, signal, flowId }, receiveBody<Id>)
      if (result.ok) {
        budget = reward(budget, lastCost)
        return { ...result.value, attempts: attempt, maybeRepeated: maybeDone }
      }
      maybeDone ||= result.failure.outcome === 'unknown'
      const failed = { ...failedAttempt(result.failure), attempt, repeatable }
      const decision = decideRetry(failed, budget, { policy, random })
      if (decision.kind === 'give-up') {
        throw new NakadiError({
          ...result.failure,
          ...(maybeDone && { outcome: 'unknown' }),
          flowId,
          attempts: attempt,
          earlier,
        })
      }
      const { code, outcome, message } = result.failure
      earlier.push({ code, outcome, message })
      budget = spend(budget, decision.cost)
      lastCost = decision.cost
      await pause(clock, decision.delayMs, signal)
    }
  }
}

function failedAttempt(failure: NakadiErrorInit): Omit<FailedAttempt, 'attempt' | 'repeatable'> {
  const { code, outcome, retryable = false, retryAfterMs } = failure
  const kind = code === 'rate-limited' ? 'throttled' : code === 'timeout' ? 'timeout' : 'other'
  return { kind, outcome, retryable, retryAfterMs }
}

type ReceivedBody<Id extends CallableOperation> = Pick<Answer<Id>, 'status' | 'body'>

async function receiveBody<Id extends CallableOperation>({
  label,
  response,
  deadline,
}: OpenAnswer): Promise<Exchanged<ReceivedBody<Id>>> {
  const { status } = response
  const { text, truncated } = await readText(response.body, maxAnswerBytes)
  deadline.release()
  if (truncated) return refuse(`a body of more than ${maxAnswerBytes} bytes`)
  if (text === '' && !mayAnswerEmpty(label.operation)) return refuse('an empty body')
  try {
    const body = parseBody(label.operation, text) as AnswerBodies[Id]
    return { ok: true, value: { status, body } }
  } catch {
    return refuse(`a body that is not JSON (${response.headers['content-type'] ?? 'no content type'})`)
  }

  function refuse(what: string): Exchanged<never> {
    return { ok: false, failure: failureOfAnswer(label, status, what) }
  }
}

function parseBody(operation: OperationId, text: string): unknown {
  if (answersText(operation)) return text
  return text === '' ? undefined : JSON.parse(text)
}
