import { problem, type Violation, validationProblem } from './problem.ts'
import type { ReadBody } from './read-fields.ts'
import { type Read, readJson } from './request-body.ts'

/**
 * Reads the body of a request as its operation needs it. Answers 400 to one that is no JSON or has the wrong shape,
 * and with `refuse` to one with fields that break a rule.
 *
 * @param refuse the form of that answer, which is not the same everywhere
 */
export function readValidBody<T>(
  request: { readonly headers: Headers; readonly body: Uint8Array },
  read: (json: unknown) => ReadBody<T>,
  refuse: (violations: readonly Violation[]) => Response = validationProblem,
): Read<T> {
  const json = readJson(request)
  if (!json.ok) return json
  const body = read(json.value)
  switch (body.kind) {
    case 'read':
      return { ok: true, value: body.value }
    case 'unreadable':
      return { ok: false, response: problem(400, body.message) }
    case 'invalid':
      return { ok: false, response: refuse(body.violations) }
  }
}
