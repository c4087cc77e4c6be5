/**
 * Why the broker refused or failed, as RFC 9457 shapes it (`application/problem+json`). Members that
 * the RFC does not name, such as `violations`, are kept as they came.
 */
export interface Problem {
  /** URI of the kind of problem. Absent means that `status` says it all. */
  readonly type?: string
  /** Short name of the kind of problem, mostly the reason phrase of the status. */
  readonly title: string
  /** The status of the HTTP response. */
  readonly status: number
  /** What was wrong this time. */
  readonly detail?: string
  /** URI of this occurrence. Nakadi never sets it. */
  readonly instance?: string
  readonly [extension: string]: unknown
}
