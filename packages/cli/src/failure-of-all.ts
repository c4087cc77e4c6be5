import type { NakadiError, NakadiErrorCode } from '@rioni/client'

const FAILURES_OF_ALL: ReadonlySet<NakadiErrorCode> = new Set<NakadiErrorCode>([
  'aborted',
  'connection-lost',
  'invalid-argument',
  'protocol',
  'timeout',
  'token',
  'unauthorized',
  'unreachable',
])

/** Whether a request failed, after all its attempts, in a way that leaves nothing to hope for from the next one. */
export function isFailureOfAll({ code }: NakadiError): boolean {
  return FAILURES_OF_ALL.has(code)
}
