/** Checks that the broker answers an operation only as the API document declares: status, content type and body. */

import { readFileSync } from 'node:fs'
import { type Operation, type OperationId, operations } from '@rioni/protocol'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { recordAnswer } from './coverage.ts'

interface Row extends Operation {
  readonly id: OperationId
  readonly pattern: RegExp
}

const table: readonly Row[] = Object.entries<Operation>(operations).map(([id, operation]) => ({
  ...operation,
  // Object.entries widens the ids to strings.
  id: id as OperationId,
  pattern: new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`),
}))

/**
 * Rejects when an answer is not declared for the operation, or its body is not what is declared. The body of a stream
 * is not looked at here: `checkLine` does, line by line. Paths that are no operation are not checked.
 */
export async function checkDeclared(request: Request, response: Response): Promise<void> {
  const { pathname } = new URL(request.url)
  const row = table.find(({ method, pattern }) => method === request.method && pattern.test(pathname))
  if (row === undefined) return
  const { status } = response
  const isAProblem = isProblem(response)
  if (!(isAProblem ? row.problems : row.answers).includes(status)) {
    throw new Error(`${row.id} does not declare ${status} as ${isAProblem ? 'a problem' : 'an answer'}`)
  }
  recordAnswer({ operation: row.id, status })
  const content = contentOf(row, response)
  if (content === undefined) return
  const body: unknown = JSON.parse(await response.clone().text())
  expectValid(`${row.id} ${status}`, compile(content), body)
}

/** What the lines of a stream are: of a subscription, or of a low-level stream. */
export type LineSchema = 'StreamBatch' | 'EventStreamBatch'

/** Throws when a line of a stream is not as it is declared. */
export function checkLine(line: string, schema: LineSchema): void {
  expectValid('a line of a stream', compile(`/components/schemas/${schema}`), JSON.parse(line))
}

/** The refusal of a content encoding, 406, is the one problem that comes without its content type. */
function isProblem({ status, headers }: Response): boolean {
  return status === 406 || /^application\/(x\.)?problem\+json$/.test(headers.get('content-type') ?? '')
}

/** A part of the API document, found by its JSON pointer. */
type Part = Readonly<Record<string, unknown>>

const document: Part = parse(
  readFileSync(new URL('../../packages/protocol/openapi.yaml', import.meta.url), 'utf8'),
)

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
ajv.addSchema(document, 'openapi')
const compiled = new Map<string, ValidateFunction>()

function compile(pointer: string): ValidateFunction {
  const existing = compiled.get(pointer)
  if (existing !== undefined) return existing
  const validate = ajv.compile({ $ref: `openapi#${pointer}` })
  compiled.set(pointer, validate)
  return validate
}

function expectValid(what: string, validate: ValidateFunction, value: unknown): void {
  if (validate(value)) return
  throw new Error(`${what} is not what openapi.yaml declares: ${ajv.errorsText(validate.errors)}`)
}

/** The pointer to the schema of a body; undefined for a body that is not JSON, and for none. */
function contentOf({ id, method, path }: Row, { status, headers }: Response): string | undefined {
  const type = headers.get('content-type')?.split(';')[0]
  if (type === undefined || !/^application\/(problem\+)?json$/.test(type)) return undefined
  const own = `/paths/${escaped(path)}/${method.toLowerCase()}/responses/${status}`
  const { $ref: shared } = find(own)
  const pointer = `${typeof shared === 'string' ? shared.slice(1) : own}/content/${escaped(type)}`
  if (find(pointer)['schema'] === undefined) throw new Error(`${id} does not declare ${type} for ${status}`)
  return `${pointer}/schema`
}

function find(pointer: string): Part {
  let part: unknown = document
  for (const name of pointer.slice(1).split('/')) part = isPart(part) ? part[unescaped(name)] : undefined
  return isPart(part) ? part : {}
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null
}

function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function unescaped(name: string): string {
  return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
}
