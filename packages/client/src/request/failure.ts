// failure.ts - what a failed request means: its code, its outcome, and a message with a remedy.
//
// Pure: statuses, problems and network errors in, the parts of a NakadiError out.

import type { OperationId, Problem } from '@rioni/protocol'
import type { NakadiErrorCode, NakadiErrorInit, RequestOutcome } from '../error.ts'

/** The request that failed, as messages name it. */
export interface RequestLabel {
  readonly operation: OperationId
  readonly method: string
  /** Never contains a token or a password: those are not allowed in a base URL. */
  readonly url: string
}

type Meaning = Pick<NakadiErrorInit, 'code' | 'outcome' | 'retryable'> & { readonly remedy: string }

const refused = { outcome: 'rejected', retryable: false } as const

const meaningOfStatus: Readonly<Record<number, Meaning>> = {
  401: {
    ...refused,
    code: 'unauthorized',
    remedy: 'The broker does not accept the token; check where it comes from and whether it has expired.',
  },
  403: {
    ...refused,
    code: 'forbidden',
    remedy:
      'The token is valid but may not do this; check the authorization of the event type or subscription.',
  },
  404: {
    ...refused,
    code: 'not-found',
    remedy: 'Check the name or id, and that baseUrl is the right broker.',
  },
  409: {
    ...refused,
    code: 'conflict',
    retryable: false,
    remedy: 'It collides with the present state on the broker; read it again before repeating.',
  },
  410: { ...refused, code: 'not-found', remedy: 'It existed once and is gone.' },
  412: {
    ...refused,
    code: 'invalid-cursor',
    remedy: 'The position cannot be read any more; reset the cursors to one that can.',
  },
  429: { ...refused, code: 'rate-limited', retryable: true, remedy: 'Send less, or later.' },
  501: { ...refused, code: 'server-error', remedy: 'The feature is switched off on this broker.' },
  502: {
    code: 'unavailable',
    outcome: 'unknown',
    retryable: true,
    remedy: 'A proxy could not reach the broker; look at both.',
  },
  503: {
    ...refused,
    code: 'unavailable',
    retryable: true,
    remedy: 'The broker cannot do this at the moment; look at its health if it lasts.',
  },
  504: {
    code: 'unavailable',
    outcome: 'unknown',
    retryable: true,
    remedy: 'The broker did not answer a proxy in time; look at both.',
  },
}

/** What a status outside of the operation's answers means. */
export function failureOfStatus(label: RequestLabel, status: number, problem: Problem): NakadiErrorInit {
  const { remedy, ...meaning } = statusMeaning(label.operation, status, problem)
  return { ...meaning, problem, message: sentence(label, `HTTP ${describeProblem(status, problem)}`, remedy) }
}

function statusMeaning(operation: OperationId, status: number, problem: Problem): Meaning {
  if (status === 409 && isStreamOperation(operation) && isAboutSlots(problem)) {
    return {
      ...refused,
      code: 'no-free-slots',
      retryable: true,
      remedy: 'Other streams hold all partitions; a lost stream gives its own back after its commit timeout.',
    }
  }
  const known = meaningOfStatus[status]
  if (known !== undefined) return known
  if (status >= 500) {
    return {
      code: 'server-error',
      outcome: 'unknown',
      retryable: true,
      remedy: 'The broker failed; its log has the reason under the flow id.',
    }
  }
  if (status >= 400)
    return { ...refused, code: 'validation', remedy: 'The request has to change before it can succeed.' }
  return {
    ...refused,
    code: 'protocol',
    remedy:
      'The Nakadi API does not answer so, and redirects are not followed; check that baseUrl leads to the broker.',
  }
}

function isStreamOperation(operation: OperationId): boolean {
  return operation === 'streamSubscription' || operation === 'streamSubscriptionPartitions'
}

function isAboutSlots(problem: Problem): boolean {
  return /no free slots|already requested/i.test(problem.detail ?? '')
}

function describeProblem(status: number, { title, detail }: Problem): string {
  const name = title === `Status ${status}` ? String(status) : `${status} ${title}`
  return detail === undefined || detail.trim() === '' ? name : `${name}: ${shorten(detail.trim())}`
}

/** Long enough for the broker's explanations, short enough for one screen at night. */
function shorten(text: string): string {
  return text.length <= 600 ? text : `${text.slice(0, 600)}...`
}

/** An answer with the right status that is not what the operation answers, such as a login page. */
export function failureOfAnswer(label: RequestLabel, status: number, what: string): NakadiErrorInit {
  return {
    code: 'protocol',
    outcome: 'unknown',
    message: sentence(label, `HTTP ${status} with ${what}`, 'Check that baseUrl leads to the broker itself.'),
  }
}

/** What an error of the transport means. */
export function failureOfTransport(label: RequestLabel, cause: unknown): NakadiErrorInit {
  const code = networkCode(cause)
  const { remedy, what, ...meaning } = proxyMeaning(cause) ?? networkMeaning(label, code)
  return { ...meaning, cause, message: sentence(label, `${what} (${code ?? textOf(cause)})`, remedy) }
}

/** No complete answer in time, or not even a token to send with the request. */
export function failureOfTimeout(label: RequestLabel, ms: number, sent: boolean): NakadiErrorInit {
  const [what, remedy] = sent
    ? [
        `no complete answer within ${ms} ms`,
        `${unknownFate(label)}; look at the load of the broker and the network.`,
      ]
    : [`no token within ${ms} ms`, 'Nothing was sent. Look at what the token function waits for.']
  return {
    code: 'timeout',
    outcome: sent ? 'unknown' : 'not-sent',
    retryable: true,
    message: sentence(label, what, remedy),
  }
}

/** The caller's own signal ended the request. */
export function failureOfAbort(label: RequestLabel, sent: boolean, cause: unknown): NakadiErrorInit {
  const outcome: RequestOutcome = sent ? 'unknown' : 'not-sent'
  return { code: 'aborted', outcome, cause, message: sentence(label, 'the caller aborted it', '') }
}

interface NetworkMeaning extends Meaning {
  readonly what: string
}

const unsent = { code: 'unreachable', outcome: 'not-sent' } as const satisfies {
  code: NakadiErrorCode
  outcome: RequestOutcome
}

/** undici has no code for a proxy that does not open a tunnel, only these words. */
function proxyMeaning(cause: unknown): NetworkMeaning | undefined {
  if (!(cause instanceof Error)) return undefined
  const [, status] = /^Proxy response \((\d+)\)/.exec(cause.message) ?? []
  if (status === undefined) return proxyMeaning(cause.cause)
  return {
    ...unsent,
    retryable: Number(status) >= 500,
    what: `the proxy answered HTTP ${status}`,
    remedy:
      'Nothing was sent. Check the proxy, its user and password, and whether it may connect to the broker.',
  }
}

/** What became of a request that went out, of which nothing came back. */
function unknownFate({ method }: RequestLabel): string {
  return method === 'GET' ? 'Nothing was changed by it' : 'The broker may have carried it out'
}

function networkMeaning(label: RequestLabel, code: string | undefined): NetworkMeaning {
  const nothing = 'Nothing was sent.'
  if (code !== undefined && ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'].includes(code)) {
    return {
      ...unsent,
      retryable: true,
      what: 'the host name cannot be resolved',
      remedy: `${nothing} Check baseUrl and DNS.`,
    }
  }
  if (code !== undefined && isConnectFailure(code)) {
    return {
      ...unsent,
      retryable: true,
      what: 'no connection',
      remedy: `${nothing} Check baseUrl and that the broker is running.`,
    }
  }
  if (code !== undefined && isTlsFailure(code)) {
    return {
      ...unsent,
      retryable: false,
      what: 'TLS failed',
      remedy: `${nothing} Check the certificate, the trusted authorities, and https against http in baseUrl.`,
    }
  }
  return {
    code: 'connection-lost',
    outcome: 'unknown',
    retryable: true,
    what: 'the connection was lost before the answer was complete',
    remedy: `${unknownFate(label)}.`,
  }
}

function isConnectFailure(code: string): boolean {
  return [
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EHOSTDOWN',
    'ENETDOWN',
    'UND_ERR_CONNECT_TIMEOUT',
  ].includes(code)
}

function isTlsFailure(code: string): boolean {
  return /CERT|SIGNATURE|SSL|TLS|^EPROTO$/.test(code)
}

/** The system's code for a network error. `fetch` hides it in a cause, parallel connects in a list. */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const own = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (own !== undefined && own !== '') return own
  return error instanceof AggregateError ? networkCode(error.errors[0]) : networkCode(error.cause)
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** `what` may end in the broker's own words, and those in a full stop of their own. */
function sentence(label: RequestLabel, what: string, remedy: string): string {
  const stop = /[.!?]$/.test(what) ? '' : '.'
  return `${label.operation} (${label.method} ${label.url}): ${what}${stop}${remedy === '' ? '' : ` ${remedy}`}`
}
