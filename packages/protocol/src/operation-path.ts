import { type OperationId, operations } from './operations.ts'

type ParameterNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterNames<Rest>
  : never

/** The path parameters that an operation needs, by their names in its path. */
export type PathParameters<Id extends OperationId> = {
  readonly [Name in ParameterNames<(typeof operations)[Id]['path']>]: string
}

/** One query parameter: a list repeats its name, `undefined` leaves it out. */
export type QueryValue = string | number | boolean | readonly string[] | undefined

/**
 * The URL path of an operation, with encoded parameters, to be appended to the broker's base URL.
 *
 * @throws RangeError when a path parameter is empty, `.` or `..`. URL parsers drop such a segment even
 * when it is encoded, so that the request would go to another resource.
 */
export function operationPath<Id extends OperationId>(
  id: Id,
  parameters: PathParameters<Id>,
  query?: Readonly<Record<string, QueryValue>>,
): string {
  const values: Readonly<Record<string, string>> = parameters
  const path = operations[id].path.replace(/\{(\w+)\}/g, (_, name: string) => pathSegment(name, values[name]))
  if (query === undefined) return path
  const search = searchParameters(query).toString()
  return search === '' ? path : `${path}?${search}`
}

function pathSegment(name: string, value = ''): string {
  if (value === '' || value === '.' || value === '..') {
    throw new RangeError(`path parameter ${name} must not be ${JSON.stringify(value)}`)
  }
  return encodeURIComponent(value)
}

function searchParameters(query: Readonly<Record<string, QueryValue>>): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    const values = typeof value === 'object' ? value : [value]
    for (const item of values) search.append(name, String(item))
  }
  return search
}
