/** Checks that the broker answers an operation only as the table of operations declares. */

import { type Operation, operations } from '@rioni/protocol'

const table: readonly (Operation & { readonly pattern: RegExp })[] = Object.values(operations).map(
  (operation: Operation) => ({
    ...operation,
    pattern: new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }),
)

/** Throws when a status is not declared for the operation; paths that are no operation are not checked. */
export function checkDeclared(request: Request, response: Response): void {
  const { pathname } = new URL(request.url)
  const operation = table.find(({ method, pattern }) => method === request.method && pattern.test(pathname))
  if (operation === undefined) return
  const declared = isProblem(response) ? operation.problems : operation.answers
  if (declared.includes(response.status)) return
  const kind = isProblem(response) ? 'a problem' : 'an answer'
  throw new Error(`${request.method} ${operation.path} does not declare ${response.status} as ${kind}`)
}

/** The refusal of a content encoding, 406, is the one problem that comes without its content type. */
function isProblem(response: Response): boolean {
  return response.status === 406 || response.headers.get('content-type') === 'application/problem+json'
}
